package dev.billhook.testing;

import static dev.billhook.testing.BillingFixture.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.BillingBuilder;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.WebhookMode;
import dev.billhook.webhook.WebhookOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B7 C6 Queued webhooks: safe before the answer, applied in batches after it")
public abstract class QueuedWebhooksContract extends BillingContract {
    private static final Instant T = SubscriptionStates.START;
    private static final Subscription ACTIVE = SubscriptionStates.active("sub_1", "pro-monthly", 1);
    private static final Subscription CANCELLING = SubscriptionStates.cancelled(ACTIVE, Cancellation.atPeriodEnd());

    @Override
    BillingBuilder adapted(BillingBuilder builder) {
        return builder.webhookMode(WebhookMode.QUEUED);
    }

    @Test
    @DisplayName("an event is answered when it is stored, and applied by the background")
    void storedThenApplied() {
        WebhookOutcome outcome = fixture.deliver("evt_1", ACTIVE, T);

        assertThat(outcome).isEqualTo(new WebhookOutcome.Queued("evt_1", "customer.subscription.updated"));
        assertThat(outcome.httpStatus()).isEqualTo(200);
        assertThat(fixture.stores.subscriptions().find("sub_1")).isEmpty();

        fixture.billing.runDueWork();

        assertThat(fixture.mirrored("sub_1")).isEqualTo(ACTIVE);
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated");
        assertThat(fixture.billing.inbox().count()).containsExactly(Map.entry(InboxStatus.DONE, 1L));
        assertThat(fixture.billing.inbox().find("evt_1").orElseThrow().payload())
                .isNull();
    }

    @Test
    @DisplayName("an event delivered again is a duplicate, before and after it was applied")
    void duplicate() {
        fixture.deliver("evt_1", ACTIVE, T);

        assertThat(fixture.deliver("evt_1", ACTIVE, T)).isEqualTo(new WebhookOutcome.Duplicate("evt_1"));
        fixture.billing.runDueWork();
        assertThat(fixture.deliver("evt_1", ACTIVE, T)).isEqualTo(new WebhookOutcome.Duplicate("evt_1"));
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated");
    }

    @Test
    @DisplayName("of a batch, each change is told in the order of the events")
    void batchInOrder() {
        fixture.deliver("evt_2", CANCELLING, T.plusSeconds(1));
        fixture.deliver("evt_1", ACTIVE, T);
        fixture.deliver("evt_3", ACTIVE, T.plusSeconds(2));

        fixture.billing.runDueWork();

        assertThat(fixture.mirrored("sub_1")).isEqualTo(ACTIVE);
        assertThat(fixture.eventNames())
                .containsExactly("SubscriptionActivated", "CancellationScheduled", "CancellationWithdrawn");
        assertThat(fixture.inTransaction.stream().map(event -> event.id())).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("two subscriptions that begin in one batch are told to be two")
    void duplicateInBatch() {
        fixture.deliver("evt_1", ACTIVE, T);
        fixture.deliver("evt_2", SubscriptionStates.active("sub_2", "team-monthly", 3), T);

        fixture.billing.runDueWork();

        assertThat(fixture.inTransaction)
                .last()
                .isInstanceOfSatisfying(BillingEvent.DuplicateSubscriptionDetected.class, event -> {
                    assertThat(event.subscriptionId()).isEqualTo("sub_2");
                    assertThat(event.others()).containsExactly("sub_1");
                });
        assertThat(fixture.eventNames())
                .containsExactly("SubscriptionActivated", "SubscriptionActivated", "DuplicateSubscriptionDetected");
    }

    @Test
    @DisplayName("events of a batch that need the same object share one call")
    void oneFetch() {
        fixture.atProvider(CANCELLING);
        for (int i = 0; i < 5; i++) {
            fixture.deliver(
                    "evt_" + i,
                    "customer.subscription.updated",
                    new EventContent.State(new SubscriptionSnapshot(
                            SubscriptionStates.active("sub_1", "pro-monthly", i + 1), "cus_1", ACCOUNT, true)),
                    T);
        }

        fixture.billing.runDueWork();

        assertThat(fixture.provider.fetches()).isEqualTo(1);
        assertThat(fixture.mirrored("sub_1")).isEqualTo(CANCELLING);
        assertThat(fixture.billing.inbox().count()).containsExactly(Map.entry(InboxStatus.DONE, 5L));
    }

    @Test
    @DisplayName("one event that cannot be applied holds up no other of its batch")
    void poison() {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (BillingFixture host = fixture(builder ->
                builder.listener(BillingListener.named("host", ListenerPhase.IN_TRANSACTION, event -> {
                    if (broken.get() && event.toString().contains("sub_2")) {
                        throw new IllegalStateException("the host cannot take this one");
                    }
                })))) {
            for (int i = 1; i <= 3; i++) {
                host.deliver("evt_" + i, SubscriptionStates.active("sub_" + i, "pro-monthly", 1), T);
            }
            host.billing.runDueWork();

            assertThat(host.mirrored("sub_1").id()).isEqualTo("sub_1");
            assertThat(host.mirrored("sub_3").id()).isEqualTo("sub_3");
            assertThat(host.stores.subscriptions().find("sub_2")).isEmpty();
            assertThat(host.billing.inbox().find("evt_2").orElseThrow().error())
                    .contains("the host cannot take this one")
                    .contains("at dev.billhook");

            broken.set(false);
            host.clock.advance(Duration.ofSeconds(13));
            host.billing.runDueWork();
            assertThat(host.mirrored("sub_2").id()).isEqualTo("sub_2");
        }
    }

    @Test
    @DisplayName("requests that come at the same time lose nothing and store nothing twice")
    void concurrent() throws Exception {
        int threads = 16;
        int each = 20;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Long>> queued = IntStream.range(0, threads)
                    .mapToObj(thread -> pool.submit(() -> {
                        start.await();
                        return IntStream.range(0, each)
                                .mapToObj(i -> fixture.deliver(
                                        "evt_" + (thread / 2 * each + i), "x", new EventContent.Irrelevant(), T))
                                .filter(WebhookOutcome.Queued.class::isInstance)
                                .count();
                    }))
                    .toList();
            start.countDown();
            long stored = 0;
            for (Future<Long> count : queued) {
                stored += count.get();
            }

            assertThat(stored).isEqualTo(threads / 2 * each);
            assertThat(fixture.billing.inbox().count()).containsExactly(Map.entry(InboxStatus.PENDING, stored));
        } finally {
            pool.shutdownNow();
        }
    }
}
