package dev.billhook.internal.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.BillingBuilder;
import dev.billhook.account.Customer;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.reconcile.PastReplay;
import dev.billhook.reconcile.ReconcileSchedule;
import dev.billhook.reconcile.ReplayReport;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.subscription.Subscription;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C5 Reconciling by schedule")
class ReconcileTimerTest {
    private static final Instant T = SubscriptionStates.START;
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Subscription ACTIVE = SubscriptionStates.active("sub_1", "pro-monthly", 1);

    private final CountDownLatch activated = new CountDownLatch(1);

    private BillingFixture fixture(ReconcileSchedule schedule) {
        return new BillingFixture(builder -> background(builder).reconcile(schedule));
    }

    private BillingBuilder background(BillingBuilder builder) {
        return builder.backgroundInterval(Duration.ofHours(1))
                .listener(BillingListener.named("host", ListenerPhase.IN_TRANSACTION, this::heard));
    }

    private void heard(BillingEvent event) {
        if (event instanceof BillingEvent.SubscriptionActivated) {
            activated.countDown();
        }
    }

    @Test
    @DisplayName("takes in and applies an event that never arrived, and tells when it last looked")
    void replay() throws InterruptedException {
        try (BillingFixture fixture = fixture(ReconcileSchedule.NONE)) {
            fixture.deliver(
                    "evt_0",
                    "customer.updated",
                    new EventContent.State(
                            new CustomerSnapshot(Customer.ofId("cus_1"), true, BillingFixture.ACCOUNT, false)),
                    T);
            assertThat(fixture.billing.reconciler().lastReplay()).isEmpty();
            fixture.billing.reconciler().replay();
            assertThat(fixture.billing.reconciler().lastReplay())
                    .contains(new PastReplay(T, new ReplayReport(0, 0, true)));
            fixture.provider.event(
                    "evt_lost",
                    "customer.subscription.updated",
                    T.plusSeconds(1),
                    new EventContent.State(SubscriptionStates.snapshot(ACTIVE, "cus_1", BillingFixture.ACCOUNT)));
            ReconcileTimer timer = new ReconcileTimer(
                    fixture.billing.reconciler(),
                    fixture.stores,
                    new ReconcileSchedule(SOON, null, false),
                    fixture.clock);
            timer.start();

            assertThat(activated.await(10, TimeUnit.SECONDS)).isTrue();
            timer.close();
        }
    }

    @Test
    @DisplayName("a sweep repairs what differs if it is told to")
    void sweep() throws InterruptedException {
        try (BillingFixture fixture = fixture(ReconcileSchedule.NONE)) {
            fixture.provider.put(Customer.ofId("cus_1"));
            fixture.atProvider(ACTIVE);
            ReconcileTimer timer = new ReconcileTimer(
                    fixture.billing.reconciler(),
                    fixture.stores,
                    new ReconcileSchedule(null, SOON, true),
                    fixture.clock);
            timer.start();

            assertThat(activated.await(10, TimeUnit.SECONDS)).isTrue();
            timer.close();
        }
    }

    @Test
    @DisplayName("a billing that has background work replays by itself, and stops when it is closed")
    void ofBilling() {
        Set<Thread> before = reconciling();
        BillingFixture fixture = fixture(new ReconcileSchedule(SOON, null, false));
        Set<Thread> running = reconciling();

        fixture.close();

        assertThat(running).hasSize(before.size() + 1);
        assertThat(reconciling()).isEqualTo(before);
    }

    private static Set<Thread> reconciling() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("billhook-reconcile"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(longs = {0, -1})
    @DisplayName("a time between two runs is positive")
    void positive(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        assertThatThrownBy(() -> new ReconcileSchedule(time, null, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReconcileSchedule(null, time, false)).isInstanceOf(IllegalArgumentException.class);
    }
}
