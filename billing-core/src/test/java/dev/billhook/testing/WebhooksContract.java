package dev.billhook.testing;

import static dev.billhook.testing.BillingFixture.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.error.ProviderException;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.mirror.Notice;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.Rejection;
import dev.billhook.webhook.WebhookOutcome;
import dev.billhook.webhook.WebhookRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B7 C6 Webhooks: nothing lost, nothing twice, never stale")
public abstract class WebhooksContract extends BillingContract {
    private static final Instant T = SubscriptionStates.START;
    private static final Subscription ACTIVE = SubscriptionStates.active("sub_1", "pro-monthly", 1);
    private static final Subscription CANCELLING = SubscriptionStates.cancelled(ACTIVE, Cancellation.atPeriodEnd());

    @Test
    @DisplayName("an event changes the mirror, and its fact is told once to each listener")
    void applied() {
        WebhookOutcome outcome = fixture.deliver("evt_a", ACTIVE, T);
        fixture.billing.runDueWork();

        assertThat(outcome).isEqualTo(new WebhookOutcome.Applied("evt_a", "customer.subscription.updated"));
        assertThat(outcome.httpStatus()).isEqualTo(200);
        assertThat(fixture.mirrored("sub_1")).isEqualTo(ACTIVE);
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated");
        assertThat(fixture.afterCommit).isEqualTo(fixture.inTransaction);
        assertThat(fixture.stores.outbox().size()).isZero();
        assertThat(fixture.stores.inbox().find("evt_a").orElseThrow().payload()).isNull();
    }

    @Test
    @DisplayName("an event delivered twice is applied once")
    void duplicate() {
        fixture.deliver("evt_a", ACTIVE, T);

        assertThat(fixture.deliver("evt_a", ACTIVE, T)).isEqualTo(new WebhookOutcome.Duplicate("evt_a"));
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated");
    }

    @Test
    @DisplayName("two events of the same second end in the provider's state in this order")
    void sameSecondInOrder() {
        sameSecond(ACTIVE, CANCELLING);
    }

    @Test
    @DisplayName("two events of the same second end in the provider's state in the other order")
    void sameSecondReversed() {
        sameSecond(CANCELLING, ACTIVE);
    }

    private void sameSecond(Subscription first, Subscription second) {
        fixture.atProvider(CANCELLING);
        fixture.deliver("evt_1", first, T);
        fixture.deliver("evt_2", second, T);
        fixture.deliver("evt_1", first, T);

        assertThat(fixture.mirrored("sub_1")).isEqualTo(CANCELLING);
        assertThat(fixture.eventNames()).containsExactlyInAnyOrder("SubscriptionActivated", "CancellationScheduled");
        assertThat(fixture.provider.fetches()).isEqualTo(1);
    }

    @Test
    @DisplayName("an older event that comes late changes nothing")
    void stale() {
        fixture.deliver(CANCELLING, T.plusSeconds(5));

        fixture.deliver(ACTIVE, T);

        assertThat(fixture.mirrored("sub_1")).isEqualTo(CANCELLING);
        assertThat(fixture.provider.fetches()).isZero();
    }

    @Test
    @DisplayName("a late deletion of nothing newer removes no running subscription")
    void staleDeletion() {
        fixture.deliver(ACTIVE, T.plusSeconds(5));

        fixture.deliver(SubscriptionStates.withStatus(ACTIVE, SubscriptionStatus.CANCELED), T.plusSeconds(4));

        assertThat(fixture.billing.entitlements().resolve(ACCOUNT).writable()).isTrue();
    }

    @Test
    @DisplayName("a slow answer never overwrites what was written while it was under way")
    void slowFetch() {
        fixture.deliver(ACTIVE, T);
        fixture.atProvider(ACTIVE);
        fixture.provider.duringNextFetch(() -> {
            fixture.atProvider(CANCELLING);
            fixture.deliver("evt_newer", CANCELLING, T.plusSeconds(1));
        });

        fixture.deliver(SubscriptionStates.renewed(ACTIVE), T);

        assertThat(fixture.mirrored("sub_1")).isEqualTo(CANCELLING);
        assertThat(fixture.provider.fetches()).isEqualTo(2);
    }

    @Test
    @DisplayName("C5 an answer is not undone by an older event of a second in which it was still under way")
    void answerThenOlderEvent() {
        fixture.atProvider(ACTIVE);
        fixture.deliver(
                "evt_c",
                "checkout.session.completed",
                new EventContent.CheckoutEnded("cs_1", CheckoutStatus.COMPLETE, "sub_1", null, null),
                T);
        Subscription older = SubscriptionStates.withStatus(ACTIVE, SubscriptionStatus.INCOMPLETE);

        fixture.deliver("evt_created", older, fixture.clock.seconds());

        assertThat(fixture.mirrored("sub_1")).isEqualTo(ACTIVE);
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated");
    }

    @Test
    @DisplayName("objects on a test clock are fetched, whatever the event's time says")
    void testClock() {
        fixture.deliver(ACTIVE, T);
        fixture.atProvider(CANCELLING);

        fixture.deliver(
                "evt_clock",
                "customer.subscription.updated",
                new EventContent.State(
                        new SubscriptionSnapshot(SubscriptionStates.renewed(ACTIVE), "cus_1", ACCOUNT, true)),
                T.minusSeconds(1000));

        assertThat(fixture.mirrored("sub_1")).isEqualTo(CANCELLING);
    }

    @Test
    @DisplayName("a type that means nothing is noted and answered 200")
    void unknownType() {
        WebhookOutcome outcome =
                fixture.deliver("evt_x", "radar.early_fraud_warning.created", new EventContent.Irrelevant(), T);

        assertThat(outcome.httpStatus()).isEqualTo(200);
        assertThat(fixture.stores.inbox().find("evt_x").orElseThrow().status()).isEqualTo(InboxStatus.IGNORED);
    }

    @Test
    @DisplayName("an event of an unknown customer is kept with its payload")
    void parked() {
        WebhookOutcome outcome = fixture.deliver(
                "evt_p",
                "customer.subscription.updated",
                new EventContent.State(SubscriptionStates.snapshot(ACTIVE, "cus_9", AccountRef.of("user", "nobody"))),
                T);

        assertThat(outcome).isInstanceOf(WebhookOutcome.Parked.class);
        assertThat(fixture.stores.inbox().find("evt_p").orElseThrow().payload()).isEqualTo("evt_p");
    }

    @Test
    @DisplayName("D8 an event of the wrong mode is refused and not stored")
    void wrongMode() {
        WebhookOutcome outcome = fixture.billing.webhooks().dispatch(fixture.provider.eventOfWrongMode("evt_live"));

        assertThat(outcome.httpStatus()).isEqualTo(400);
        assertThat(fixture.stores.inbox().find("evt_live")).isEmpty();
    }

    @Test
    @DisplayName("a request without a valid signature is refused")
    void refused() {
        WebhookOutcome outcome = fixture.billing.webhooks().dispatch(new WebhookRequest(new byte[] {'{'}, "forged"));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        WebhookOutcome.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Rejection.SIGNATURE_MISMATCH));
    }

    @Test
    @DisplayName("a failing in-transaction listener loses nothing: the mirror waits with it and both come later")
    void failingListener() {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (BillingFixture host = fixture(builder -> builder.listener(
                BillingListener.named("host", ListenerPhase.IN_TRANSACTION, event -> failIf(broken.get()))))) {
            WebhookOutcome outcome = host.deliver("evt_f", ACTIVE, T);

            assertThat(outcome).isEqualTo(new WebhookOutcome.Deferred("evt_f", "customer.subscription.updated"));
            assertThat(host.stores.subscriptions().find("sub_1")).isEmpty();
            assertThat(host.stores.inbox().find("evt_f").orElseThrow().error()).contains("host is down");

            broken.set(false);
            host.clock.advance(Duration.ofSeconds(11));
            host.billing.runDueWork();

            assertThat(host.mirrored("sub_1")).isEqualTo(ACTIVE);
            assertThat(host.stores.inbox().find("evt_f").orElseThrow().status()).isEqualTo(InboxStatus.DONE);
        }
    }

    @Test
    @DisplayName("what fails too often stays in the inbox with its error and payload")
    void deadLetter() {
        try (BillingFixture host = fixture(builder ->
                builder.listener(BillingListener.named("host", ListenerPhase.IN_TRANSACTION, event -> failIf(true))))) {
            host.deliver("evt_d", ACTIVE, T);
            for (int i = 0; i < 5; i++) {
                host.clock.advance(Duration.ofMinutes(2));
                host.billing.runDueWork();
            }

            var dead = host.stores.inbox().find("evt_d").orElseThrow();
            assertThat(dead.status()).isEqualTo(InboxStatus.DEAD);
            assertThat(dead.attempts()).isEqualTo(3);
            assertThat(dead.payload()).isEqualTo("evt_d");
        }
    }

    @Test
    @DisplayName("a provider that cannot be reached while fetching defers the event")
    void fetchFails() {
        fixture.deliver(ACTIVE, T);
        fixture.atProvider(CANCELLING);
        fixture.provider.failWith(ProviderException.of(ProviderException.Category.NETWORK, "no answer", null, null));

        assertThat(fixture.deliver("evt_n", CANCELLING, T)).isInstanceOf(WebhookOutcome.Deferred.class);

        fixture.provider.failWith(null);
        fixture.clock.advance(Duration.ofMinutes(3));
        fixture.billing.runDueWork();
        assertThat(fixture.mirrored("sub_1")).isEqualTo(CANCELLING);
    }

    @Test
    @DisplayName(
            "a failed delivery to one after-commit listener is repeated for that one alone, in the account's order")
    void afterCommitRetries() {
        AtomicInteger failures = new AtomicInteger(1);
        List<BillingEvent> seen = new ArrayList<>();
        try (BillingFixture host = fixture(builder ->
                builder.listener(BillingListener.named("flaky", ListenerPhase.AFTER_COMMIT, event -> {
                    failIf(failures.getAndDecrement() > 0);
                    seen.add(event);
                })))) {
            host.deliver(ACTIVE, T);
            host.deliver(CANCELLING, T.plusSeconds(1));
            host.drain();
            assertThat(host.afterCommit).hasSize(2);
            assertThat(seen).isEmpty();

            host.clock.advance(Duration.ofSeconds(11));
            host.drain();
            assertThat(seen).isEqualTo(host.inTransaction);
        }
    }

    @Test
    @DisplayName("a finished payment page whose subscription is not known yet has it fetched")
    void checkoutEnded() {
        fixture.atProvider(ACTIVE);

        fixture.deliver(
                "evt_c",
                "checkout.session.completed",
                new EventContent.CheckoutEnded("cs_1", CheckoutStatus.COMPLETE, "sub_1", null, null),
                T);

        assertThat(fixture.stores.subscriptions().find("sub_1").map(MirroredSubscription::account))
                .contains(ACCOUNT);
    }

    @Test
    @DisplayName("invoice notices become events with stable ids")
    void invoices() {
        fixture.deliver(ACTIVE, T);
        Notice failed = invoice(Notice.InvoiceKind.PAYMENT_FAILED, 1);
        Notice paid = invoice(Notice.InvoiceKind.PAID, 2);

        fixture.deliver("evt_i1", "invoice.payment_failed", new EventContent.Noted(failed), T);
        fixture.deliver("evt_i2", "invoice.paid", new EventContent.Noted(paid), T.plusSeconds(1));

        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated", "PaymentFailed", "InvoicePaid");
        assertThat(fixture.inTransaction.stream().map(BillingEvent::id)).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("B8 something of a customer changed: it is fetched and the change of card is told")
    void customerTouched() {
        fixture.deliver(ACTIVE, T);

        WebhookOutcome outcome = fixture.deliver(
                "evt_t", "payment_method.updated", new EventContent.CustomerTouched("cus_1"), T.plusSeconds(3));

        assertThat(outcome).isInstanceOf(WebhookOutcome.Applied.class);
        assertThat(fixture.stores.accounts().find(ACCOUNT).orElseThrow().customerAsOf())
                .isNotNull();
    }

    @Test
    @DisplayName("of requests that come at once, each event twice, all are applied once but the one that fails")
    void concurrent() throws Exception {
        int accounts = 8;
        ExecutorService threads = Executors.newFixedThreadPool(accounts * 2);
        try (BillingFixture host = fixture(builder -> builder.listener(BillingListener.named(
                "host",
                ListenerPhase.IN_TRANSACTION,
                event -> failIf(event.account().id().equals("u5")))))) {
            List<Future<WebhookOutcome>> answers = new ArrayList<>();
            for (int i = 0; i < accounts; i++) {
                AccountRef account = AccountRef.of("user", "u" + i);
                host.billing.accounts().register(account, AccountProfile.ofEmail(i + "@example.com"));
            }
            for (int i = 0; i < accounts * 2; i++) {
                int number = i / 2;
                answers.add(threads.submit(() -> host.deliver(
                        "evt_" + number,
                        "customer.subscription.created",
                        new EventContent.State(SubscriptionStates.snapshot(
                                SubscriptionStates.active("sub_" + number, "pro-monthly", 1),
                                "cus_" + number,
                                AccountRef.of("user", "u" + number))),
                        T)));
            }
            List<WebhookOutcome> outcomes = new ArrayList<>();
            for (Future<WebhookOutcome> answer : answers) {
                outcomes.add(answer.get());
            }
            host.drain();

            assertThat(outcomes)
                    .filteredOn(WebhookOutcome.Applied.class::isInstance)
                    .hasSize(accounts - 1);
            assertThat(outcomes)
                    .filteredOn(WebhookOutcome.Deferred.class::isInstance)
                    .contains(new WebhookOutcome.Deferred("evt_5", "customer.subscription.created"));
            assertThat(host.afterCommit.stream().map(event -> event.account().id()))
                    .containsExactlyInAnyOrder("u0", "u1", "u2", "u3", "u4", "u6", "u7");
            assertThat(host.billing.inbox().count())
                    .containsOnly(Map.entry(InboxStatus.DONE, accounts - 1L), Map.entry(InboxStatus.PENDING, 1L));
        } finally {
            threads.shutdownNow();
        }
    }

    private static Notice invoice(Notice.InvoiceKind kind, long attempt) {
        return new Notice.Invoice(kind, "in_1", "cus_1", "sub_1", Money.of(2900, "usd"), attempt, null, null);
    }

    private static void failIf(boolean condition) {
        if (condition) {
            throw new IllegalStateException("host is down");
        }
    }
}
