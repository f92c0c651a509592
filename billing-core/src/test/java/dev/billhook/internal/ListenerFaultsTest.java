package dev.billhook.internal;

import static dev.billhook.testing.BillingFixture.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.WebhookMode;
import dev.billhook.webhook.WebhookOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("D3 Faults of listeners: each harms itself only, and is told again")
class ListenerFaultsTest {
    private static final Instant T = SubscriptionStates.START;
    private static final Subscription ACTIVE = SubscriptionStates.active("sub_1", "pro-monthly", 1);
    private static final Subscription CANCELLING = SubscriptionStates.cancelled(ACTIVE, Cancellation.atPeriodEnd());

    private final BlockingQueue<BillingEvent> told = new LinkedBlockingQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);

    @ParameterizedTest(name = "{0}")
    @EnumSource(WebhookMode.class)
    @DisplayName("one that hangs holds up no other listener and no webhook, and takes up its work when it comes back")
    void hangs(WebhookMode mode) throws Exception {
        BlockingQueue<BillingEvent> late = new LinkedBlockingQueue<>();
        try (BillingFixture host = new BillingFixture(builder -> builder.webhookMode(mode)
                .backgroundInterval(Duration.ofHours(1))
                .listener(afterCommit("hanging", event -> {
                    await(release);
                    late.add(event);
                }))
                .listener(afterCommit("other", told::add)))) {
            host.deliver(ACTIVE, T);
            assertThat(next(told)).isInstanceOf(BillingEvent.SubscriptionActivated.class);
            host.deliver(CANCELLING, T.plusSeconds(1));
            assertThat(next(told)).isInstanceOf(BillingEvent.CancellationScheduled.class);
            assertThat(host.mirrored("sub_1")).isEqualTo(CANCELLING);
            assertThat(late).isEmpty();

            release.countDown();

            assertThat(next(late)).isInstanceOf(BillingEvent.SubscriptionActivated.class);
            assertThat(next(late)).isInstanceOf(BillingEvent.CancellationScheduled.class);
        }
    }

    @Test
    @DisplayName("one whose class cannot be loaded is called again, alone and in order")
    void errorsAfterCommit() {
        AtomicInteger failures = new AtomicInteger(1);
        try (BillingFixture host = new BillingFixture(builder -> builder.listener(afterCommit("broken", event -> {
            if (failures.getAndDecrement() > 0) {
                throw new NoClassDefFoundError("com/example/Mail");
            }
            told.add(event);
        })))) {
            host.deliver(ACTIVE, T);
            host.deliver(CANCELLING, T.plusSeconds(1));
            host.drain();
            assertThat(host.afterCommit).hasSize(2);
            assertThat(told).isEmpty();

            host.clock.advance(Duration.ofSeconds(15));
            host.drain();
            assertThat(told).containsExactlyElementsOf(host.afterCommit);
        }
    }

    @Test
    @DisplayName("an error of a job does not end the thread it runs in")
    void errorsOfJobs() throws Exception {
        AtomicInteger failures = new AtomicInteger(1);
        CountDownLatch again = new CountDownLatch(1);
        try (DueWork work = new DueWork()) {
            work.start(
                    List.of(DueWork.Job.gathered("inbox", max -> {
                        if (failures.getAndDecrement() > 0) {
                            throw new NoClassDefFoundError("com/example/Mail");
                        }
                        again.countDown();
                        return 0;
                    })),
                    Duration.ofMillis(1),
                    () -> {});

            assertThat(again.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(WebhookMode.class)
    @DisplayName("one that fails with an error in the transaction has the event kept and applied later")
    void errorsInTransaction(WebhookMode mode) {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (BillingFixture host = new BillingFixture(builder -> builder.webhookMode(mode)
                .listener(BillingListener.named("host", ListenerPhase.IN_TRANSACTION, event -> {
                    if (broken.get()) {
                        throw new AssertionError("not implemented");
                    }
                })))) {
            WebhookOutcome outcome = host.deliver("evt_1", ACTIVE, T);
            host.billing.runDueWork();

            assertThat(outcome.httpStatus()).isEqualTo(200);
            assertThat(host.stores.subscriptions().find("sub_1")).isEmpty();
            assertThat(host.billing.inbox().find("evt_1").orElseThrow()).satisfies(event -> {
                assertThat(event.status()).isEqualTo(InboxStatus.PENDING);
                assertThat(event.attempts()).isEqualTo(1);
                assertThat(event.error()).contains("not implemented");
            });

            broken.set(false);
            host.clock.advance(Duration.ofSeconds(15));
            host.drain();
            assertThat(host.mirrored("sub_1")).isEqualTo(ACTIVE);
        }
    }

    @Test
    @DisplayName("one that is slower than its lease leaves the rest of its events for later, so that none comes twice")
    void slow() {
        List<AccountRef> calls = new ArrayList<>();
        AtomicInteger slow = new AtomicInteger(1);
        BillingFixture[] self = new BillingFixture[1];
        try (BillingFixture host = new BillingFixture(builder -> builder.listener(afterCommit("slow", event -> {
            calls.add(event.account());
            if (slow.getAndDecrement() > 0) {
                self[0].clock.advance(Duration.ofMinutes(6));
            }
        })))) {
            self[0] = host;
            AccountRef second = AccountRef.of("user", "second");
            host.billing.accounts().register(second, AccountProfile.empty());
            host.deliver(ACTIVE, T);
            host.deliver(
                    "evt_second",
                    "customer.subscription.created",
                    new EventContent.State(SubscriptionStates.snapshot(
                            SubscriptionStates.active("sub_2", "pro-monthly", 1), "cus_2", second)),
                    T);

            host.billing.runDueWork();
            assertThat(calls).containsExactly(ACCOUNT);

            host.drain();
            assertThat(calls).containsExactly(ACCOUNT, second);
            assertThat(host.stores.outbox().size()).isZero();
        }
    }

    @Test
    @DisplayName("a listener that is gone is given up after the last attempt, and says so")
    void gone() {
        try (BillingFixture before =
                new BillingFixture(builder -> builder.listener(afterCommit("renamed", told::add)))) {
            before.deliver(ACTIVE, T);
            try (BillingFixture after = new BillingFixture(before.stores, builder -> builder)) {
                for (int i = 0; i < 5; i++) {
                    after.clock.advance(Duration.ofMinutes(2));
                    after.drain();
                }

                assertThat(after.afterCommit).hasSize(1);
                assertThat(told).isEmpty();
                assertThat(after.stores.outbox().size()).isEqualTo(1);
                assertThat(after.stores.outbox().claimDue(T.plus(Duration.ofDays(9)), Duration.ofMinutes(1), 10))
                        .isEmpty();
            }
        }
    }

    @Test
    @DisplayName("closing interrupts work that does not end, and leaves what it had for the next start")
    void closedInMidWork() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        DueWork work = new DueWork(Duration.ofMillis(20));
        work.start(
                List.of(DueWork.Job.gathered("inbox", max -> {
                    entered.countDown();
                    await(release);
                    ends.add("interrupted");
                    return 1;
                })),
                Duration.ofMillis(1),
                () -> ends.add("closed"));
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

        work.close();

        assertThat(List.of(
                        String.valueOf(ends.poll(20, TimeUnit.SECONDS)),
                        String.valueOf(ends.poll(20, TimeUnit.SECONDS))))
                .containsExactlyInAnyOrder("closed", "interrupted");
    }

    private static BillingListener afterCommit(String name, BillingListener listener) {
        return BillingListener.named(name, ListenerPhase.AFTER_COMMIT, listener);
    }

    private static BillingEvent next(BlockingQueue<BillingEvent> queue) throws InterruptedException {
        BillingEvent event = queue.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("an event within 20 s").isNotNull();
        return java.util.Objects.requireNonNull(event);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
