package dev.billhook.spring.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.catalog.Catalog;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.spi.store.endpoint.EndpointStore;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.FakeStoresConfiguration;
import dev.billhook.spring.SetupException;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.testing.FakeProvider;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.testing.TestClock;
import dev.billhook.webhook.endpoint.SecretKeys;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Tag("spring-boot-4")
@DisplayName("Spring: Stripe as the provider")
class BillhookStripeAutoConfigurationTest {
    private static final String TEST_KEY = "billhook.stripe.api-key=sk_test_4eC39HqLyjWDarjtT1zdp7dc";
    private static final String LIVE_KEY = "billhook.stripe.api-key=sk_live_4eC39HqLyjWDarjtT1zdp7dc";
    private static final String KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    private static final String SECRET = "billhook.stripe.webhook-secrets=whsec_one,whsec_two";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(BillhookAutoConfiguration.class, BillhookStripeAutoConfiguration.class))
            .withUserConfiguration(FakeStoresConfiguration.class);

    @Test
    @DisplayName("key and secrets are all it takes")
    void byDefault() {
        runner.withPropertyValues(TEST_KEY, SECRET).run(context -> {
            assertThat(context).hasSingleBean(StripePaymentProvider.class).hasSingleBean(Billing.class);
            assertThat(context.getBean(StripePaymentProvider.class).scope()).isEqualTo(ProviderScope.test());
            assertThat(context.getBean(StripeConnection.class).webhookSecrets())
                    .containsExactly("whsec_one", "whsec_two");
        });
    }

    @Test
    @DisplayName("D5 no key is asked for when billing is switched off")
    void switchedOff() {
        runner.withPropertyValues("billhook.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PaymentProvider.class));
    }

    @Test
    @DisplayName("the host's own provider, billing or connection takes precedence")
    void usersOwn() {
        runner.withBean(
                        PaymentProvider.class,
                        () -> new FakeProvider(ProviderScope.test(), new TestClock(SubscriptionStates.START)))
                .run(context -> assertThat(context)
                        .hasSingleBean(PaymentProvider.class)
                        .doesNotHaveBean(StripePaymentProvider.class));
        runner.withBean(Billing.class, () -> mock(Billing.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PaymentProvider.class));
        runner.withBean(StripeConnection.class, FromVault::new)
                .run(context -> assertThat(context).hasSingleBean(StripePaymentProvider.class));
    }

    @Test
    @DisplayName("without billing-stripe on the class path the host is told what is missing")
    void classMissing() {
        runner.withPropertyValues(TEST_KEY, SECRET)
                .withClassLoader(new FilteredClassLoader(StripePaymentProvider.class))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("billing-stripe"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"billhook.account=default", "billhook.stripe.api-key=", "billhook.stripe.api-key=  "})
    @DisplayName("without a key the start fails and names both remedies: a key, or the simulator")
    void noKey(String property) {
        runner.withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                SetupException.class,
                                failure -> assertThat(failure.action())
                                        .contains("billhook.stripe.api-key")
                                        .contains("billhook.simulator.enabled=true")
                                        .contains("dev, development and local")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"billhook.account=default", "billhook.stripe.webhook-secrets="})
    @DisplayName("C6 without a webhook secret the start fails, unless the application takes no webhooks")
    void noSecret(String property) {
        runner.withPropertyValues(TEST_KEY, property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("billhook.stripe.webhook-secrets"));
        runner.withPropertyValues(TEST_KEY, property, "billhook.webhook.enabled=false")
                .run(context -> assertThat(context).hasSingleBean(StripePaymentProvider.class));
    }

    @Test
    @DisplayName("D7 the secrets of a registered endpoint are read from the database, beside those of the properties")
    void registeredEndpoint() {
        SecretKeys keys = SecretKeys.of(KEY);
        InMemoryStores stores = InMemoryStores.create(ProviderScope.test());
        stores.endpoints()
                .save(new EndpointStore.Kept("we_1", "staging", keys.seal("whsec_kept", "webhook endpoint we_1")));
        ApplicationContextRunner registered = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(BillhookAutoConfiguration.class, BillhookStripeAutoConfiguration.class))
                .withBean(Catalog.class, () -> Catalog.of(List.of()))
                .withBean(BillingStores.class, () -> stores)
                .withPropertyValues(TEST_KEY, "billhook.stripe.webhook-environment=staging");

        registered.withPropertyValues("billhook.secrets.keys=" + KEY).run(context -> {
            assertThat(context.getBean(StripeConnection.class).webhookSecrets()).containsExactly("whsec_kept");
            assertThat(context.getBean(Billing.class).endpoints().secrets("staging"))
                    .hasSize(1);
        });
        registered
                .withPropertyValues("billhook.secrets.keys=" + KEY, SECRET)
                .run(context -> assertThat(
                                context.getBean(StripeConnection.class).webhookSecrets())
                        .containsExactly("whsec_one", "whsec_two", "whsec_kept"));
        registered.run(context ->
                assertThat(context).getFailure().rootCause().hasMessageContaining("give the key it was sealed with"));
        registered
                .withPropertyValues("billhook.secrets.keys=" + KEY, "billhook.stripe.webhook-environment=production")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                SetupException.class,
                                failure -> assertThat(failure.action())
                                        .contains("billing-cli endpoints register production URL")));
        registered
                .withPropertyValues("billhook.secrets.keys=hunter2")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("openssl rand -base64 32")
                        .hasMessageNotContaining("hunter2"));
    }

    @Test
    @DisplayName("D8 a live key is refused in test mode and a test key in live mode; no message tells the key")
    void modes() {
        runner.withPropertyValues(LIVE_KEY, SECRET)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("billhook.livemode")
                        .hasMessageNotContaining("4eC39HqLyjWDarjtT1zdp7dc"));
        runner.withPropertyValues(TEST_KEY, SECRET, "billhook.livemode=true")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("billhook.livemode"));
        runner.withPropertyValues(LIVE_KEY, SECRET, "billhook.livemode=true")
                .run(context -> assertThat(
                                context.getBean(PaymentProvider.class).scope())
                        .isEqualTo(ProviderScope.live()));
    }

    @Test
    @DisplayName("properties tell neither key nor secrets")
    void secretsStaySecret() {
        runner.withPropertyValues(TEST_KEY, SECRET)
                .run(context -> assertThat(
                                context.getBean(BillhookStripeProperties.class).toString())
                        .doesNotContain("4eC39HqLyjWDarjtT1zdp7dc", "whsec_one"));
    }

    private record FromVault() implements StripeConnection {
        @Override
        public String apiKey() {
            return "rk_test_vault";
        }

        @Override
        public List<String> webhookSecrets() {
            return List.of("whsec_vault");
        }
    }
}
