package dev.billhook.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.Billing;
import dev.billhook.account.AccountProfile;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.FakeProviderConfiguration;
import dev.billhook.spring.FakeStoresConfiguration;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.FakeProvider;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.testing.TestClock;
import dev.billhook.webhook.RetryPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@Tag("spring-boot-4")
@DisplayName("Spring: what operators see")
class BillhookActuatorAutoConfigurationTest {
    private static final String HEALTH = "billhookHealthIndicator";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(BillhookAutoConfiguration.class, BillhookActuatorAutoConfiguration.class))
            .withUserConfiguration(FakeProviderConfiguration.class, FakeStoresConfiguration.class)
            .withPropertyValues("billhook.background.enabled=false", "billhook.retry.max-attempts=1");

    /** An event that cannot be applied, because the host's listener refuses everything. */
    private static void kill(AssertableApplicationContext context, String eventId) {
        FakeProvider provider = context.getBean(FakeProvider.class);
        Billing billing = context.getBean(Billing.class);
        billing.accounts().register(BillingFixture.ACCOUNT, AccountProfile.empty());
        billing.webhooks()
                .dispatch(provider.event(
                        eventId,
                        "customer.subscription.updated",
                        SubscriptionStates.START,
                        new EventContent.State(SubscriptionStates.snapshot(
                                SubscriptionStates.active("sub_1", "pro-monthly", 1),
                                "cus_1",
                                BillingFixture.ACCOUNT))));
    }

    private static BillingListener refusing() {
        return BillingListener.named("host", ListenerPhase.IN_TRANSACTION, event -> {
            throw new IllegalStateException("host is down");
        });
    }

    /** The classes of health are others in each generation of Spring Boot, their methods are the same. */
    private static String status(AssertableApplicationContext context) throws ReflectiveOperationException {
        Object bean = context.getBean(HEALTH);
        Object health = bean.getClass().getSuperclass().getMethod("health").invoke(bean);
        return health.getClass().getMethod("getStatus").invoke(health).toString();
    }

    @Test
    @DisplayName("the endpoint tells what waits and what failed")
    void endpoint() {
        runner.withBean(BillingListener.class, BillhookActuatorAutoConfigurationTest::refusing)
                .run(context -> {
                    kill(context, "evt_1");
                    context.getBean(Billing.class).reconciler().replay();

                    Map<String, Object> state =
                            context.getBean(BillhookEndpoint.class).state();

                    assertThat((Map<?, ?>) state.get("inbox"))
                            .extracting("dead", "done")
                            .containsExactly(1L, 0L);
                    assertThat(state)
                            .containsKeys(
                                    "inboxLagSeconds",
                                    "outbox",
                                    "outboxLagSeconds",
                                    "usage",
                                    "usageLagSeconds",
                                    "lastReplay");
                });
    }

    @Test
    @DisplayName("health is degraded by a dead event, says UP before, and the bound can be raised")
    void health() {
        ApplicationContextRunner refusing =
                runner.withBean(BillingListener.class, BillhookActuatorAutoConfigurationTest::refusing);
        refusing.run(context -> {
            assertThat(status(context)).isEqualTo("UP");
            kill(context, "evt_1");
            assertThat(status(context)).isEqualTo("DEGRADED");
        });
        refusing.withPropertyValues("billhook.health.max-dead=1").run(context -> {
            kill(context, "evt_1");
            assertThat(status(context)).isEqualTo("UP");
            kill(context, "evt_2");
            assertThat(status(context)).isEqualTo("DEGRADED");
        });
        refusing.withPropertyValues("billhook.health.status=OUT_OF_SERVICE").run(context -> {
            kill(context, "evt_1");
            assertThat(status(context)).isEqualTo("OUT_OF_SERVICE");
        });
    }

    @Test
    @DisplayName("meters tell the same, from one reading for all of them")
    void meters() {
        runner.withBean(BillingListener.class, BillhookActuatorAutoConfigurationTest::refusing)
                .run(context -> {
                    kill(context, "evt_1");
                    MeterRegistry registry = new SimpleMeterRegistry();
                    context.getBean(MeterBinder.class).bindTo(registry);

                    assertThat(registry.get("billhook.inbox.events")
                                    .tag("status", "dead")
                                    .gauge()
                                    .value())
                            .isEqualTo(1);
                    assertThat(registry.get("billhook.outbox.dead").gauge().value())
                            .isZero();
                    assertThat(List.of("pending", "failing", "dead", "lag"))
                            .allSatisfy(what -> assertThat(registry.get("billhook.usage." + what)
                                            .gauge()
                                            .value())
                                    .isZero());
                    kill(context, "evt_2");
                    assertThat(registry.get("billhook.inbox.events")
                                    .tag("status", "dead")
                                    .gauge()
                                    .value())
                            .as("read within ten seconds")
                            .isEqualTo(1);
                });
    }

    @Test
    @DisplayName("a reading is shared for ten seconds and then made anew")
    void sharedReading() {
        runner.run(context -> {
            long[] nanos = {0};
            TestClock clock = context.getBean(TestClock.class);
            BillingStateReader reader =
                    new BillingStateReader(context.getBean(Billing.class), Map.of(), clock, () -> nanos[0]);
            BillingState first = reader.recent();
            clock.advance(Duration.ofSeconds(1));

            nanos[0] = Duration.ofSeconds(10).toNanos();
            assertThat(reader.recent()).isSameAs(first);
            nanos[0]++;
            assertThat(reader.recent().at()).isEqualTo(first.at().plusSeconds(1));
        });
    }

    @Test
    @DisplayName("D5 where billing is switched off they see just that, and nothing is wrong with it")
    void switchedOff() {
        runner.withPropertyValues("billhook.enabled=false").run(context -> {
            assertThat(context.getBean(BillhookEndpoint.class).state()).isEqualTo(Map.of("switchedOff", true));
            assertThat(status(context)).isEqualTo("UP");
            MeterRegistry registry = new SimpleMeterRegistry();
            context.getBean(MeterBinder.class).bindTo(registry);
            assertThat(registry.get("billhook.outbox.pending").gauge().value()).isZero();
        });
    }

    @Test
    @DisplayName("D13 they see a further account under its bean's name, and its complaints count")
    void furtherAccount() {
        BillingFixture america = new BillingFixture(
                builder -> builder.retryPolicy(new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                        .listener(refusing()));
        runner.withBean(
                        "us",
                        Billing.class,
                        () -> america.billing,
                        definition -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
                .run(context -> {
                    assertThat(status(context)).isEqualTo("UP");

                    america.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStates.START);

                    assertThat(status(context)).isEqualTo("DEGRADED");
                    assertThat(context.getBean(BillhookEndpoint.class).state())
                            .extractingByKey("accounts")
                            .asInstanceOf(InstanceOfAssertFactories.MAP)
                            .extractingByKey("us")
                            .asString()
                            .contains("dead=1");
                });
    }

    @Test
    @DisplayName("nothing of it exists without its library or where the host says so")
    void conditions() {
        runner.withPropertyValues("billhook.health.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(BillhookEndpoint.class)
                        .doesNotHaveBean(HEALTH));
        runner.withClassLoader(new FilteredClassLoader(Endpoint.class, MeterBinder.class))
                .run(context -> assertThat(context)
                        .hasSingleBean(Billing.class)
                        .doesNotHaveBean("billhookEndpoint")
                        .doesNotHaveBean("billhookMeters"));
        runner.withBean(HEALTH, String.class, () -> "the host's own")
                .run(context -> assertThat(context.getBean(HEALTH)).isEqualTo("the host's own"));
    }
}
