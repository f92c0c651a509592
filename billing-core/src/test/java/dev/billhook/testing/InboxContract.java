package dev.billhook.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.BillingBuilder;
import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.error.ProviderException;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.EventOutbox;
import dev.billhook.event.ListenerPhase;
import dev.billhook.event.OutboxEntry;
import dev.billhook.event.OutboxQuery;
import dev.billhook.event.OutboxSummary;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Notice;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.WebhookOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C6 The inbox: parked events are picked up, operators replay and discard, facts are told once")
public abstract class InboxContract extends BillingContract {
    private static final Instant T = SubscriptionStates.START;
    private static final AccountRef LATER = AccountRef.of("user", "later");
    private static final Subscription ACTIVE = SubscriptionStates.active("sub_9", "pro-monthly", 1);

    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicBoolean mailIsDown = new AtomicBoolean();
    private final List<BillingEvent> mailed = new CopyOnWriteArrayList<>();

    @Override
    BillingBuilder adapted(BillingBuilder builder) {
        return builder.listener(BillingListener.named("host", ListenerPhase.IN_TRANSACTION, event -> {
                    if (broken.get()) {
                        throw new IllegalStateException("host is down");
                    }
                }))
                .listener(BillingListener.named("mail", ListenerPhase.AFTER_COMMIT, event -> {
                    if (mailIsDown.get()) {
                        throw new IllegalStateException("mail is down");
                    }
                    mailed.add(event);
                }));
    }

    private WebhookOutcome deliverOf(String eventId, String customer, AccountRef account) {
        return fixture.deliver(
                eventId,
                "customer.subscription.updated",
                new EventContent.State(SubscriptionStates.snapshot(ACTIVE, customer, account)),
                T);
    }

    private static EventContent paid(String customer) {
        return new EventContent.Noted(new Notice.Invoice(
                Notice.InvoiceKind.PAID, "in_1", customer, "sub_9", Money.of(2900, "usd"), 1, null, null));
    }

    @Test
    @DisplayName("an event that came before its account is applied once the account is registered")
    void accountAppears() {
        assertThat(deliverOf("evt_1", "cus_9", LATER)).isInstanceOf(WebhookOutcome.Parked.class);
        assertThat(fixture.deliver("evt_2", "invoice.paid", paid("cus_9"), T.plusSeconds(1)))
                .isInstanceOf(WebhookOutcome.Parked.class);
        fixture.billing.runDueWork();
        assertThat(fixture.billing.inbox().count()).containsExactly(Map.entry(InboxStatus.PARKED, 2L));

        fixture.billing.accounts().register(LATER, AccountProfile.empty());
        fixture.drain();

        assertThat(fixture.mirrored("sub_9")).isEqualTo(ACTIVE);
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated", "InvoicePaid");
        assertThat(fixture.billing.inbox().count()).containsExactly(Map.entry(InboxStatus.DONE, 2L));
    }

    @Test
    @DisplayName("a page the account was sent to tells whose its customer is, and what was parked follows")
    void linkedByPage() {
        fixture.deliver("evt_1", "invoice.paid", paid("cus_page"), T);

        fixture.deliver(
                "evt_2",
                "checkout.session.completed",
                new EventContent.CheckoutEnded(
                        "cs_1", CheckoutStatus.COMPLETE, null, "cus_page", BillingFixture.ACCOUNT),
                T);
        fixture.drain();

        assertThat(fixture.billing.accounts().get(BillingFixture.ACCOUNT).customerId())
                .contains("cus_page");
        assertThat(fixture.eventNames()).containsExactly("InvoicePaid");
    }

    @Test
    @DisplayName("B9 an account that has a customer is not linked to another: the event stays parked")
    void neverRelinked() {
        fixture.deliver("evt_0", SubscriptionStates.active("sub_1", "pro-monthly", 1), T);

        assertThat(deliverOf("evt_1", "cus_other", BillingFixture.ACCOUNT)).isInstanceOf(WebhookOutcome.Parked.class);
        fixture.drain();

        assertThat(fixture.billing.inbox().find("evt_1").orElseThrow().status()).isEqualTo(InboxStatus.PARKED);
        assertThat(fixture.billing.accounts().get(BillingFixture.ACCOUNT).customerId())
                .contains("cus_1");
    }

    @Test
    @DisplayName("B9 what comes late of a customer that was deleted and replaced is still told to its account")
    void formerCustomer() {
        fixture.deliver("evt_0", SubscriptionStates.active("sub_1", "pro-monthly", 1), T);
        fixture.deliver("evt_1", "customer.deleted", deleted("cus_1"), T.plusSeconds(1));
        deliverOf("evt_2", "cus_new", BillingFixture.ACCOUNT);

        fixture.deliver(
                "evt_3",
                SubscriptionStates.withStatus(
                        SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStatus.CANCELED),
                T.plusSeconds(1));
        fixture.deliver("evt_4", "invoice.paid", paid("cus_1"), T);
        fixture.deliver("evt_5", "customer.deleted", deleted("cus_1"), T.plusSeconds(9));

        assertThat(fixture.mirrored("sub_1").status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(fixture.eventNames())
                .containsExactly(
                        "SubscriptionActivated",
                        "SubscriptionActivated",
                        "DuplicateSubscriptionDetected",
                        "SubscriptionEnded",
                        "InvoicePaid");
        assertThat(fixture.billing.accounts().get(BillingFixture.ACCOUNT).customerId())
                .contains("cus_new");
        assertThat(fixture.billing.inbox().count()).containsOnlyKeys(InboxStatus.DONE);
    }

    @Test
    @DisplayName("B9 a customer that was deleted before its account became another is told, and takes no place")
    void deletedFirst() {
        fixture.deliver("evt_0", SubscriptionStates.active("sub_1", "pro-monthly", 1), T);
        fixture.deliver("evt_1", "invoice.paid", paid("cus_early"), T);

        fixture.deliver("evt_2", "customer.deleted", deleted("cus_early"), T);
        fixture.drain();

        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated", "InvoicePaid");
        assertThat(fixture.billing.accounts().get(BillingFixture.ACCOUNT).customerId())
                .contains("cus_1");
        assertThat(fixture.billing.inbox().count()).containsOnlyKeys(InboxStatus.DONE);
    }

    private static EventContent deleted(String customer) {
        return deleted(customer, BillingFixture.ACCOUNT);
    }

    private static EventContent deleted(String customer, AccountRef account) {
        return new EventContent.State(
                new CustomerSnapshot(new Customer(customer, null, false, null, true), true, account, false));
    }

    @Test
    @DisplayName("B9 what was told of a former customer before the account was registered is applied,"
            + " though the account has its next one when the inbox is looked through")
    void replacedBeforeItsAccount() {
        fixture.deliver("evt_1", "invoice.paid", paid("cus_former"), T);
        fixture.deliver("evt_2", "customer.deleted", deleted("cus_former", LATER), T);
        fixture.billing.runDueWork();

        fixture.billing.accounts().register(LATER, AccountProfile.empty());
        assertThat(deliverOf("evt_3", "cus_next", LATER)).isInstanceOf(WebhookOutcome.Applied.class);
        fixture.drain();

        assertThat(fixture.billing.inbox().count()).containsOnlyKeys(InboxStatus.DONE);
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated", "InvoicePaid");
        assertThat(fixture.billing.accounts().get(LATER).customerId()).contains("cus_next");
    }

    @Test
    @DisplayName("a fact told by two events is told once to every listener")
    void factOnce() {
        fixture.deliver("evt_0", SubscriptionStates.active("sub_1", "pro-monthly", 1), T);

        fixture.deliver("evt_1", "invoice.paid", paid("cus_1"), T);
        fixture.deliver("evt_2", "invoice.paid", paid("cus_1"), T);

        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated", "InvoicePaid");
    }

    @Test
    @DisplayName("C23 a dispute names no customer: the one of its payment is told")
    void dispute() {
        fixture.deliver("evt_0", SubscriptionStates.active("sub_1", "pro-monthly", 1), T);
        fixture.provider.paid("ch_1", "cus_1");

        fixture.deliver("evt_1", "charge.dispute.created", disputed("ch_1"), T);
        WebhookOutcome ofNobody = fixture.deliver("evt_2", "charge.dispute.created", disputed("ch_2"), T);

        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated", "DisputeOpened");
        assertThat(fixture.inTransaction.get(1).account()).isEqualTo(BillingFixture.ACCOUNT);
        assertThat(ofNobody).isInstanceOf(WebhookOutcome.Ignored.class);
    }

    private static EventContent disputed(String payment) {
        return new EventContent.Noted(new Notice.Dispute(
                Notice.DisputeKind.OPENED, null, "du_" + payment, payment, Money.of(2900, "usd"), "fraudulent"));
    }

    @Test
    @DisplayName("what an event leaves out is asked for outside the transaction, and again if that fails")
    void thin() {
        fixture.deliver("evt_0", SubscriptionStates.active("sub_1", "pro-monthly", 1), T);
        fixture.provider.failWith(
                ProviderException.of(ProviderException.Category.NETWORK, "Stripe is not there", null, null));

        assertThat(fixture.billing
                        .webhooks()
                        .dispatch(fixture.provider.thinEvent("evt_1", "v1.invoice.paid", T, paid("cus_1"))))
                .isInstanceOf(WebhookOutcome.Deferred.class);
        fixture.provider.failWith(null);
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.drain();
        fixture.atProvider(SubscriptionStates.active("sub_1", "team-monthly", 5));
        fixture.billing
                .webhooks()
                .dispatch(fixture.provider.thinEvent(
                        "evt_2", "v1.customer.subscription.updated", T, new EventContent.SubscriptionTouched("sub_1")));
        fixture.billing
                .webhooks()
                .dispatch(fixture.provider.thinEvent("evt_3", "v1.invoice.paid", T, paid("cus_unknown")));

        assertThat(fixture.eventNames()).startsWith("SubscriptionActivated", "InvoicePaid", "PlanChanged");
        assertThat(fixture.mirrored("sub_1").items().get(0).quantity()).isEqualTo(5);
        assertThat(fixture.billing.inbox().find("evt_3").orElseThrow().status()).isEqualTo(InboxStatus.PARKED);
    }

    @Test
    @DisplayName("C2 a schedule that touched a subscription has it fetched")
    void subscriptionTouched() {
        fixture.atProvider(SubscriptionStates.active("sub_1", "team-monthly", 5));

        fixture.deliver("evt_1", "subscription_schedule.released", new EventContent.SubscriptionTouched("sub_1"), T);

        assertThat(fixture.mirrored("sub_1").items().get(0).quantity()).isEqualTo(5);
    }

    @Test
    @DisplayName("a second running subscription is told: the account may be paying twice")
    void duplicateSubscription() {
        fixture.deliver("evt_1", SubscriptionStates.active("sub_1", "pro-monthly", 1), T);
        fixture.deliver("evt_2", SubscriptionStates.active("sub_2", "team-monthly", 3), T);

        assertThat(fixture.inTransaction.get(2))
                .isInstanceOfSatisfying(BillingEvent.DuplicateSubscriptionDetected.class, event -> {
                    assertThat(event.subscriptionId()).isEqualTo("sub_2");
                    assertThat(event.others()).containsExactly("sub_1");
                });
    }

    @Test
    @DisplayName("C22 an add-on beside a plan is no duplicate, in either order; once it becomes a plan it is")
    void addOnIsNoDuplicate() {
        fixture.deliver("evt_1", SubscriptionStates.active("sub_1", "support-monthly", 1), T);
        fixture.deliver("evt_2", SubscriptionStates.active("sub_2", "pro-monthly", 1), T);
        fixture.deliver("evt_3", SubscriptionStates.active("sub_3", "support-monthly", 1), T);
        assertThat(fixture.eventNames()).containsOnly("SubscriptionActivated");

        fixture.deliver("evt_4", SubscriptionStates.active("sub_3", "team-monthly", 1), T.plusSeconds(5));

        assertThat(fixture.inTransaction)
                .last()
                .isInstanceOfSatisfying(BillingEvent.DuplicateSubscriptionDetected.class, event -> {
                    assertThat(event.subscriptionId()).isEqualTo("sub_3");
                    assertThat(event.others()).containsExactly("sub_2");
                });
    }

    @Test
    @DisplayName("a dead event is applied when an operator replays it, by id or by type")
    void replay() {
        broken.set(true);
        fixture.deliver("evt_1", SubscriptionStates.active("sub_1", "pro-monthly", 1), T);
        fixture.deliver("evt_2", SubscriptionStates.active("sub_2", "pro-monthly", 1), T);
        for (int i = 0; i < 5; i++) {
            fixture.clock.advance(Duration.ofMinutes(2));
            fixture.drain();
        }
        assertThat(fixture.billing.inbox().count()).containsExactly(Map.entry(InboxStatus.DEAD, 2L));

        broken.set(false);
        fixture.billing.inbox().replay("evt_1");
        fixture.drain();
        assertThat(fixture.stores.subscriptions().find("sub_1")).isPresent();
        assertThat(fixture.stores.subscriptions().find("sub_2")).isEmpty();

        int replayed = fixture.billing
                .inbox()
                .replayAll(InboxQuery.of(InboxStatus.DEAD).ofType("customer.subscription.*"));
        fixture.drain();
        assertThat(replayed).isEqualTo(1);
        assertThat(fixture.stores.subscriptions().find("sub_2")).isPresent();
        assertThat(fixture.billing.inbox().count()).containsExactly(Map.entry(InboxStatus.DONE, 2L));
    }

    @Test
    @DisplayName("an event that was applied and dropped is asked for again, and applying it again does no harm")
    void replayOfDone() {
        fixture.deliver("evt_1", SubscriptionStates.active("sub_1", "pro-monthly", 1), T);

        fixture.billing.inbox().replay("evt_1");
        fixture.drain();

        assertThat(fixture.billing.inbox().find("evt_1").orElseThrow().status()).isEqualTo(InboxStatus.DONE);
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated");

        fixture.provider.forgetEventsUpTo("evt_1");
        assertThatThrownBy(() -> fixture.billing.inbox().replay("evt_1"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("reconcile");
    }

    @Test
    @DisplayName("what an operator gives up keeps the reason and loses its body")
    void discard() {
        deliverOf("evt_1", "cus_9", LATER);

        fixture.billing.inbox().discard("evt_1", "belongs to the old shop");

        var event = fixture.billing.inbox().find("evt_1").orElseThrow();
        assertThat(event.status()).isEqualTo(InboxStatus.DISCARDED);
        assertThat(event.error()).isEqualTo("belongs to the old shop");
        assertThat(event.payload()).isNull();
        assertThatThrownBy(() -> fixture.billing.inbox().discard("evt_1", "again"))
                .isInstanceOf(InvalidStateException.class);
        assertThatThrownBy(() -> fixture.billing.inbox().discard("evt_none", "what?"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    @DisplayName("D3 what a listener failed on too often is listed, and delivered when an operator retries it")
    void deadDelivery() {
        mailIsDown.set(true);
        fixture.deliver("evt_1", SubscriptionStates.active("sub_1", "pro-monthly", 1), T);
        fixture.deliver("evt_2", "invoice.paid", paid("cus_1"), T);
        EventOutbox outbox = fixture.billing.outbox();
        assertThat(outbox.summary().pending()).isEqualTo(4);
        for (int i = 0; i < 8; i++) {
            fixture.clock.advance(Duration.ofMinutes(2));
            fixture.drain();
        }

        assertThat(outbox.summary()).isEqualTo(new OutboxSummary(0, 0, 2, null));
        List<OutboxEntry> dead = outbox.list(OutboxQuery.dead());
        assertThat(dead).extracting(OutboxEntry::listener).containsOnly("mail");
        assertThat(dead.get(0).error()).contains("mail is down");
        String first = dead.get(0).event().id();
        assertThat(outbox.find(first, "mail")).contains(dead.get(0));

        mailIsDown.set(false);
        outbox.discard(first, "mail", "the customer was told by phone");
        assertThat(outbox.retryAll(OutboxQuery.dead())).isEqualTo(1);
        fixture.drain();

        assertThat(mailed)
                .extracting(BillingEvent::id)
                .containsExactly(dead.get(1).event().id());
        assertThat(outbox.list(OutboxQuery.all())).isEmpty();
        assertThatThrownBy(() -> outbox.retry(first, "mail")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> outbox.discard(first, "mail", "again")).isInstanceOf(NotFoundException.class);
    }

    @Test
    @DisplayName("D14 finished events and told facts are forgotten after the retention, others never")
    void retention() {
        fixture.deliver("evt_0", SubscriptionStates.active("sub_1", "pro-monthly", 1), T);
        fixture.deliver("evt_1", "invoice.paid", paid("cus_1"), T);
        deliverOf("evt_2", "cus_9", LATER);

        fixture.clock.advance(Duration.ofDays(61));
        fixture.drain();

        assertThat(fixture.billing.inbox().list(InboxQuery.all()))
                .extracting(event -> event.id())
                .containsExactly("evt_2");
        fixture.deliver("evt_3", "invoice.paid", paid("cus_1"), T);
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated", "InvoicePaid", "InvoicePaid");
    }
}
