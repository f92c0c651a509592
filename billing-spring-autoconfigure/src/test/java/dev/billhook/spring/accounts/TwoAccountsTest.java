package dev.billhook.spring.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.billhook.Billing;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.entitlement.AccessState;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.simulator.event.Delivery;
import dev.billhook.spring.BillingBuilderCustomizer;
import dev.billhook.spring.actuate.BillhookEndpoint;
import dev.billhook.spring.webhook.BillhookWebhookProperties;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Tag("spring-boot-4")
@DisplayName("D13 Spring: an application with two accounts at Stripe, by properties alone")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoAccountsTest {
    private static final AccountRef ADA = AccountRef.of("user", "ada");
    private static final URI SHOP = URI.create("https://shop.example/");
    private static final Duration SOON = Duration.ofSeconds(15);

    private final StripeSimulator europe =
            StripeSimulator.builder().runningClock().start();
    private final StripeSimulator america =
            StripeSimulator.builder().apiKey("sk_test_america").runningClock().start();
    private @Nullable ConfigurableApplicationContext application;

    @BeforeAll
    void start() {
        application = SpringApplication.run(
                Host.class,
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--spring.datasource.generate-unique-name=true",
                "--billhook.account=eu",
                "--billhook.background.interval=100ms",
                "--billhook.stripe.api-base=" + europe.baseUrl(),
                "--billhook.stripe.api-key=" + europe.apiKey(),
                "--billhook.stripe.webhook-secrets=whsec_europe",
                "--billhook.accounts.us.api-base=" + america.baseUrl(),
                "--billhook.accounts.us.api-key=" + america.apiKey(),
                "--billhook.accounts.us.webhook-secrets=whsec_america",
                "--billhook.webhook.path=/billing/webhooks");
        billing("billing").catalogPublisher().apply();
        billing("us").catalogPublisher().apply();
        europe.registerWebhook(address(webhook().path()), "whsec_europe");
        america.registerWebhook(address(webhook().pathOf("us")), "whsec_america");
    }

    @AfterAll
    void stop() {
        application().close();
        europe.close();
        america.close();
    }

    @Test
    @DisplayName("D13 B7 what is bought at one account is told to that account's listener, and is nothing to the other")
    void apart() throws Exception {
        Billing us = billing("us");
        us.accounts().register(ADA, AccountProfile.ofEmail("ada@example.com"));
        billing("billing").accounts().register(ADA, AccountProfile.ofEmail("ada@example.com"));
        Checkout checkout = us.checkout().start(CheckoutRequest.of(ADA, PlanKey.of("pro-monthly"), SHOP, SHOP));
        assertThat(checkout.url().toString()).startsWith(america.baseUrl());
        assertThat(pay(checkout.url())).isEqualTo(303);

        // Nothing asks Stripe here: only a webhook can bring it.
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(us.entitlements().resolve(ADA).state()).isEqualTo(AccessState.ACTIVE));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(host().heardOfAmerica)
                        .hasAtLeastOneElementOfType(BillingEvent.SubscriptionActivated.class));

        assertThat(billing("billing").entitlements().resolve(ADA).state()).isEqualTo(AccessState.NONE);
        assertThat(host().heardOfEurope).isEmpty();
        assertThat(host().customized).containsExactly("eu", "us");
    }

    @Test
    @DisplayName("D13 C6 an event at the other account's endpoint, or with the other's secret, is refused")
    void wrongSecret() {
        europe.registerWebhook(address(webhook().pathOf("us")), "whsec_europe");
        america.registerWebhook(address(webhook().path()), "whsec_america");
        billing("billing").accounts().register(AccountRef.of("user", "bob"), AccountProfile.ofEmail("bob@example.com"));
        billing("us").accounts().register(AccountRef.of("user", "bob"), AccountProfile.ofEmail("bob@example.com"));
        visit(billing("billing"));
        visit(billing("us"));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(statuses(europe, webhook().pathOf("us"))).isNotEmpty().containsOnly(400);
            assertThat(statuses(america, webhook().path())).isNotEmpty().containsOnly(400);
            assertThat(statuses(europe, webhook().path())).isNotEmpty().containsOnly(200);
            assertThat(statuses(america, webhook().pathOf("us"))).isNotEmpty().containsOnly(200);
        });
    }

    @Test
    @DisplayName("D13 operators see both, and meters carry the account's name")
    void operators() {
        Map<String, Object> state =
                application().getBean(BillhookEndpoint.class).state();
        MeterRegistry registry = new SimpleMeterRegistry();
        application().getBean(MeterBinder.class).bindTo(registry);

        assertThat(state.get("accounts"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("us");
        assertThat(registry.get("billhook.inbox.lag").gauges())
                .extracting(gauge -> gauge.getId().getTag("account"))
                .containsExactlyInAnyOrder("eu", "us");
        assertThat(registry.get("billhook.inbox.events").tag("account", "us").gauges())
                .isNotEmpty();
    }

    /** Makes the account's customer, which Stripe tells. */
    private static void visit(Billing billing) {
        billing.checkout()
                .start(CheckoutRequest.of(AccountRef.of("user", "bob"), PlanKey.of("pro-monthly"), SHOP, SHOP));
    }

    private List<Integer> statuses(StripeSimulator simulator, String path) {
        return simulator.deliveries().stream()
                .filter(delivery -> delivery.url().equals(address(path)))
                .map(Delivery::status)
                .toList();
    }

    private static int pay(URI page) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(page)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        "card_number=4242424242424242&card_expiry=12%2F40&card_cvc=123&card_name=Ada"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private String address(String path) {
        return "http://localhost:" + application().getEnvironment().getRequiredProperty("local.server.port") + path;
    }

    private BillhookWebhookProperties webhook() {
        return application().getBean(BillhookWebhookProperties.class);
    }

    private Billing billing(String name) {
        return application().getBean(name, Billing.class);
    }

    private Host host() {
        return application().getBean(Host.class);
    }

    private ConfigurableApplicationContext application() {
        return Objects.requireNonNull(application);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Host {
        final List<BillingEvent> heardOfEurope = new CopyOnWriteArrayList<>();
        final List<BillingEvent> heardOfAmerica = new CopyOnWriteArrayList<>();
        final List<String> customized = new CopyOnWriteArrayList<>();

        @Bean
        BillingListener europe() {
            return BillingListener.named("mails", ListenerPhase.AFTER_COMMIT, heardOfEurope::add);
        }

        @Qualifier("us") @Bean
        BillingListener america() {
            return BillingListener.named("mails", ListenerPhase.AFTER_COMMIT, heardOfAmerica::add);
        }

        @Bean
        BillingBuilderCustomizer europeanRules() {
            return builder -> customized.add("eu");
        }

        @Qualifier("us") @Bean
        BillingBuilderCustomizer americanRules() {
            return builder -> customized.add("us");
        }
    }
}
