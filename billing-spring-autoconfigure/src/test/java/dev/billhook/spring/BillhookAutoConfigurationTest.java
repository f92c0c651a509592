package dev.billhook.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.CatalogException;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.PortalRequest;
import dev.billhook.checkout.ReturnUrlException;
import dev.billhook.enforcement.ShadowObserver;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.AccessState;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spring.jdbc.BillhookJdbcAutoConfiguration;
import dev.billhook.spring.stripe.BillhookStripeAutoConfiguration;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.FakeProvider;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.testing.TestClock;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

@Tag("spring-boot-4")
@DisplayName("Spring: the billing itself")
class BillhookAutoConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BillhookAutoConfiguration.class))
            .withUserConfiguration(FakeProviderConfiguration.class, FakeStoresConfiguration.class);

    @Test
    @DisplayName("there is a billing with the catalog of billhook.yaml, in test mode of the default account")
    void byDefault() {
        runner.run(context -> {
            assertThat(context).hasSingleBean(Billing.class);
            assertThat(context.getBean(Billing.class).catalog()).isSameAs(context.getBean(Catalog.class));
            assertThat(context.getBean(Catalog.class).findPlan(PlanKey.of("pro-monthly")))
                    .isPresent();
            assertThat(context.getBean(ProviderScope.class)).isEqualTo(ProviderScope.test());
            assertThat(context.getBean(AccessPolicy.class)).isEqualTo(AccessPolicy.STANDARD);
        });
    }

    @Test
    @DisplayName("D5 switched off, a host's code finds its billing, without key, database, provider and catalog")
    void switchedOff() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        BillhookAutoConfiguration.class,
                        BillhookStripeAutoConfiguration.class,
                        BillhookJdbcAutoConfiguration.class))
                .withPropertyValues("billhook.enabled=false", "billhook.catalog=classpath:none.yaml")
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .hasSingleBean(Billing.class)
                            .doesNotHaveBean(BillingBuilder.class)
                            .doesNotHaveBean(PaymentProvider.class);
                    Billing billing = context.getBean(Billing.class);
                    assertThat(billing.switchedOff()).isTrue();
                    assertThat(billing.entitlements()
                                    .resolve(BillingFixture.ACCOUNT)
                                    .allows("anything"))
                            .isTrue();
                });
    }

    @Test
    @DisplayName("D5 switched off, everybody has what the catalog sells; a host's own billing stays its own")
    void switchedOffWithCatalog() {
        ApplicationContextRunner off = runner.withPropertyValues("billhook.enabled=false");

        off.run(context -> assertThat(context.getBean(Billing.class)
                        .entitlements()
                        .resolve(BillingFixture.ACCOUNT)
                        .features())
                .contains("transcripts"));
        Billing own = mock(Billing.class);
        off.withBean(Billing.class, () -> own)
                .run(context -> assertThat(context.getBean(Billing.class)).isSameAs(own));
    }

    @Test
    @DisplayName(
            "D2 the catalog file's access policy counts, a property goes before what the file says of the same thing")
    void policyOfTheFile() {
        ApplicationContextRunner file = runner.withPropertyValues("billhook.catalog=classpath:with-access.yaml");

        file.run(context -> assertThat(context.getBean(AccessPolicy.class))
                .isEqualTo(AccessPolicy.STRICT
                        .withGrace(Duration.ofDays(3))
                        .withGrace(PlanKey.of("pro-monthly"), Duration.ofDays(9))));
        file.withPropertyValues("billhook.access.grace=5d", "billhook.access.meanings.unpaid=full")
                .run(context -> assertThat(context.getBean(AccessPolicy.class))
                        .isEqualTo(AccessPolicy.STRICT
                                .withGrace(Duration.ofDays(5))
                                .withGrace(PlanKey.of("pro-monthly"), Duration.ofDays(9))
                                .with(AccessPolicy.Situation.UNPAID, AccessPolicy.Meaning.FULL)));
    }

    @Test
    @DisplayName("D5 in shadow mode nothing is denied, and the host's observer is told")
    void shadow() {
        List<String> told = new ArrayList<>();
        runner.withPropertyValues("billhook.enforcement=shadow", "billhook.background.enabled=false")
                .withBean(ShadowObserver.class, () -> (computed, what) -> told.add(what))
                .run(context -> {
                    assertThat(context.getBean(Billing.class)
                                    .entitlements()
                                    .resolve(BillingFixture.ACCOUNT)
                                    .allows("roles"))
                            .isTrue();
                    assertThat(told).containsExactly("roles");
                });
        runner.withPropertyValues("billhook.background.enabled=false")
                .run(context -> assertThat(context.getBean(Billing.class)
                                .entitlements()
                                .resolve(BillingFixture.ACCOUNT)
                                .allows("roles"))
                        .isFalse());
    }

    @Test
    @DisplayName("the host's own catalog, policy and billing take precedence")
    void usersOwn() {
        runner.withUserConfiguration(OwnCatalog.class)
                .withPropertyValues("billhook.catalog=classpath:none.yaml")
                .run(context -> {
                    assertThat(context).hasSingleBean(Catalog.class).hasSingleBean(AccessPolicy.class);
                    assertThat(context.getBean(Billing.class).catalog().plans()).hasSize(5);
                    assertThat(context.getBean(AccessPolicy.class).grace()).isEqualTo(Duration.ZERO);
                });
        Billing own = mock(Billing.class);
        runner.withBean(Billing.class, () -> own)
                .run(context -> assertThat(context.getBean(Billing.class)).isSameAs(own));
    }

    @Test
    @DisplayName("a system clock unless the host has a clock; several clocks of the host disturb nothing")
    void clocks() {
        ApplicationContextRunner noClock = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BillhookAutoConfiguration.class))
                .withBean(
                        PaymentProvider.class,
                        () -> new FakeProvider(ProviderScope.test(), new TestClock(SubscriptionStates.START)))
                .withUserConfiguration(FakeStoresConfiguration.class);

        noClock.run(context -> assertThat(context).hasSingleBean(InstantSource.class));
        noClock.withBean("utc", Clock.class, Clock::systemUTC)
                .run(context ->
                        assertThat(context).getBeanNames(InstantSource.class).containsExactly("utc"));
        noClock.withBean("utc", Clock.class, Clock::systemUTC)
                .withBean("local", Clock.class, Clock::systemDefaultZone)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(Billing.class));
    }

    @Test
    @DisplayName(
            "B1 B6 browsers are sent back to the listed origins only; what is no origin fails at the start, by name")
    void allowedOrigins() {
        runner.withPropertyValues("billhook.allowed-origins=https://app.example,https://admin.example:8443")
                .run(context -> {
                    Billing billing = context.getBean(Billing.class);
                    PortalRequest foreign =
                            PortalRequest.home(BillingFixture.ACCOUNT, URI.create("https://evil.example/"));
                    assertThatThrownBy(() -> billing.portal().open(foreign))
                            .isInstanceOf(ReturnUrlException.class)
                            .hasMessageContaining("https://admin.example:8443");
                });
        runner.withPropertyValues("billhook.allowed-origins=app.example")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("'app.example' is no origin"));
    }

    @Test
    @DisplayName("C6 D2 the parts are connected: an event at the billing becomes access by the host's clock and policy")
    void connected() {
        runner.withPropertyValues(
                        "billhook.access.grace=3d",
                        "billhook.access.grace-of.pro-monthly=5d",
                        "billhook.access.meanings.unpaid=grace",
                        "billhook.background.enabled=false")
                .run(context -> {
                    Billing billing = context.getBean(Billing.class);
                    deliverActive(context.getBean(FakeProvider.class), billing);

                    assertThat(billing.entitlements()
                                    .resolve(BillingFixture.ACCOUNT)
                                    .state())
                            .isEqualTo(AccessState.ACTIVE);
                    assertThat(context.getBean(AccessPolicy.class))
                            .isEqualTo(new AccessPolicy(Duration.ofDays(3), null)
                                    .withGrace(PlanKey.of("pro-monthly"), Duration.ofDays(5))
                                    .with(AccessPolicy.Situation.UNPAID, AccessPolicy.Meaning.GRACE));
                });
    }

    @Test
    @DisplayName("D3 every listener bean hears of it; customizers have the last word, in their order")
    void listenersAndCustomizers() {
        runner.withUserConfiguration(Listeners.class)
                .withPropertyValues("billhook.background.enabled=false")
                .run(context -> {
                    Billing billing = context.getBean(Billing.class);
                    deliverActive(context.getBean(FakeProvider.class), billing);

                    Listeners listeners = context.getBean(Listeners.class);
                    assertThat(listeners.heard).hasAtLeastOneElementOfType(BillingEvent.SubscriptionActivated.class);
                    assertThat(listeners.customized).containsExactly("first", "last");
                });
    }

    @Test
    @DisplayName(
            "D3 a listener that is a lambda is known by its bean name, so that its undelivered events find it again")
    void lambdaListeners() {
        runner.withUserConfiguration(Listeners.class)
                .withPropertyValues("billhook.background.enabled=false")
                .run(context -> {
                    deliverActive(context.getBean(FakeProvider.class), context.getBean(Billing.class));

                    assertThat(context.getBean(BillingStores.class)
                                    .outbox()
                                    .claimDue(SubscriptionStates.START, Duration.ofMinutes(1), 10))
                            .extracting(entry -> entry.listener())
                            .containsOnly("mailer");
                });
    }

    @Test
    @DisplayName("the background thread ends with the context")
    void closed() {
        runner.withPropertyValues("billhook.background.interval=1h").run(context -> {
            assertThat(threads()).contains("billhook-inbox", "billhook-outbox");
            context.close();
            assertThat(threads()).doesNotContain("billhook-inbox", "billhook-outbox");
        });
    }

    @Test
    @DisplayName("without a catalog, a provider or a database the start fails with the remedy")
    void missingParts() {
        runner.withPropertyValues("billhook.catalog=classpath:none.yaml")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOfSatisfying(
                                SetupException.class,
                                failure -> assertThat(failure.action()).contains("billhook.catalog")));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BillhookAutoConfiguration.class))
                .withUserConfiguration(FakeStoresConfiguration.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("billing-stripe"));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BillhookAutoConfiguration.class))
                .withUserConfiguration(FakeProviderConfiguration.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("DataSource"));
    }

    @Test
    @DisplayName("a catalog with errors fails the start and all errors are told")
    void brokenCatalog() {
        runner.withPropertyValues("billhook.catalog=classpath:broken.yaml").run(context -> {
            assertThat(context).getFailure().rootCause().isInstanceOfSatisfying(CatalogException.class, failure -> {
                assertThat(failure.errors()).hasSizeGreaterThan(1);
                assertThat(new SetupFailureAnalyzer().analyze(failure).getDescription())
                        .contains(failure.errors());
            });
        });
    }

    @Test
    @DisplayName("a setup failure is told as description and action")
    void analysis() {
        var analysis =
                new SetupFailureAnalyzer().analyze(new IllegalStateException(new SetupException("What.", "Do.")));

        assertThat(analysis.getDescription()).isEqualTo("What.");
        assertThat(analysis.getAction()).isEqualTo("Do.");
    }

    private static void deliverActive(FakeProvider provider, Billing billing) {
        billing.accounts().register(BillingFixture.ACCOUNT, AccountProfile.empty());
        SubscriptionSnapshot state = SubscriptionStates.snapshot(
                SubscriptionStates.active("sub_1", "pro-monthly", 1), "cus_1", BillingFixture.ACCOUNT);
        billing.webhooks()
                .dispatch(provider.event(
                        "evt_1",
                        "customer.subscription.created",
                        SubscriptionStates.START,
                        new EventContent.State(state)));
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnCatalog {
        @Bean
        Catalog catalog() {
            return BillingFixture.catalog();
        }

        @Bean
        AccessPolicy policy() {
            return new AccessPolicy(Duration.ZERO, null);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Listeners {
        final List<BillingEvent> heard = new ArrayList<>();
        final List<String> customized = new ArrayList<>();

        @Bean
        BillingListener recorder() {
            return BillingListener.named("recorder", ListenerPhase.IN_TRANSACTION, heard::add);
        }

        @Bean
        BillingListener mailer() {
            return event -> {};
        }

        @Bean
        @Order(2)
        BillingBuilderCustomizer last() {
            return builder -> customized.add("last");
        }

        @Bean
        @Order(1)
        BillingBuilderCustomizer first() {
            return (BillingBuilder builder) -> customized.add("first");
        }
    }
}
