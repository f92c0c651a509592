package dev.billhook.testing;

import static dev.billhook.testing.BillingFixture.ACCOUNT;
import static dev.billhook.testing.BillingFixture.PRO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.deletion.Deletion;
import dev.billhook.deletion.DeletionException;
import dev.billhook.deletion.DeletionPolicy;
import dev.billhook.deletion.DeletionPolicy.OpenInvoices;
import dev.billhook.deletion.DeletionPolicy.Running;
import dev.billhook.entitlement.AccessState;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.event.OutboxEntry;
import dev.billhook.event.OutboxQuery;
import dev.billhook.grant.GrantRequest;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Notice;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.store.CheckoutStore;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.offer.OfferStore;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageQuery;
import dev.billhook.usage.UsageRecord;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a deleted account, on whatever the rows are kept. */
public abstract class DeletionContract extends BillingContract {
    private static final DeletionPolicy POLICY =
            DeletionPolicy.STANDARD.running(Running.END).openInvoices(OpenInvoices.LEAVE);
    private static final Currency USD = Currency.getInstance("USD");

    private final String secret = "z" + UUID.randomUUID().toString().replace("-", "");
    private final PaymentMethod card = new PaymentMethod("pm_1", "card", secret + "-brand", secret + "-4242", 12, 2040);

    /** Every row of a scope in every table there is, as {@code table {column=value, …}}. */
    protected abstract List<String> everything(ProviderScope scope);

    private List<String> everything() {
        return everything(fixture.stores.scope());
    }

    /** An account that has everything an account can have. */
    private Subscription fullAccount() {
        fixture.billing.accounts().register(ACCOUNT, new AccountProfile(secret + "@example.com", "Ada " + secret));
        Customer customer = new Customer("cus_1", "usd", false, card, false);
        Instant start = SubscriptionStates.START;
        fixture.deliver(
                "evt_customer",
                "customer.updated",
                new EventContent.State(new CustomerSnapshot(customer, true, ACCOUNT, false)),
                start);
        Subscription subscription = SubscriptionStates.active("sub_1", "pro-monthly", 1).toBuilder()
                .paymentMethod(card)
                .build();
        fixture.atProvider(subscription);
        fixture.deliver(subscription, start.plusSeconds(1));
        fixture.deliver("evt_invoice", "invoice.finalized", new EventContent.Noted(issued()), start.plusSeconds(2));
        fixture.stores.accounts().addOtherCustomer("cus_old", ACCOUNT);
        fixture.billing.grants().give(GrantRequest.ofPlan(ACCOUNT, PRO, "support", "for Ada " + secret));
        fixture.stores.checkouts().save(visit());
        fixture.stores.offers().hold(new OfferStore.Hold(PRO, ACCOUNT, "visit_1", start.plusSeconds(1800)));
        fixture.stores
                .usage()
                .insertAll(List.of(UsageEntry.recorded(
                        new UsageRecord(ACCOUNT, "api_calls", 3, start, secret + "-minute-7"), start)));
        fixture.stores.inbox().insert(waiting("evt_pending", "cus_1"));
        fixture.stores
                .inbox()
                .insert(waiting("evt_parked", "cus_old").parked(new InboxEvent.Owner("cus_old", null, false)));
        fixture.stores.inbox().insert(waiting("evt_dead", "cus_1").failed(secret, null));
        fixture.billing
                .outbox()
                .list(OutboxQuery.all())
                .forEach(entry -> fixture.stores
                        .outbox()
                        .update(new OutboxEntry(
                                entry.event(),
                                entry.listener(),
                                OutboxEntry.Status.DEAD,
                                3,
                                entry.nextAttemptAt(),
                                "no mail to " + secret)));
        return subscription;
    }

    private Notice issued() {
        return new Notice.Invoice(
                Notice.InvoiceKind.ISSUED,
                "in_" + UUID.randomUUID(),
                "cus_1",
                "sub_1",
                Money.of(2900, USD),
                0,
                null,
                URI.create("https://invoice.example/" + secret));
    }

    private CheckoutStore.Visit visit() {
        return new CheckoutStore.Visit(
                "visit_1",
                Checkout.Kind.PLAN,
                ACCOUNT,
                PRO,
                1,
                "offer",
                CheckoutStatus.COMPLETE,
                new CheckoutStore.Page("cs_1", URI.create("https://pay.example/" + secret), fixture.clock.instant()),
                fixture.clock.instant());
    }

    private InboxEvent waiting(String id, String customer) {
        String payload = "{\"customer\": \"" + customer + "\", \"email\": \"" + secret + "@example.com\"}";
        Instant later = fixture.clock.instant().plus(Duration.ofDays(1));
        return InboxEvent.received(id, "customer.updated", later, later, payload);
    }

    private Deletion delete() {
        return fixture.billing.deletion().delete(ACCOUNT, POLICY).orElseThrow();
    }

    @Test
    @DisplayName("D14 nothing personal is left in any column of any table; ids, amounts and dates are, without a name")
    void erased() {
        fullAccount();
        assertThat(everything()).as("all of it is there before").anyMatch(row -> row.contains(secret));

        Deletion deletion = delete();

        assertThat(everything()).noneMatch(row -> row.contains(secret));
        List<MirroredSubscription> kept = fixture.stores.subscriptions().list(deletion.keptAs());
        assertThat(kept).extracting(MirroredSubscription::customerId).containsExactly("cus_1");
        assertThat(kept.get(0).subscription().status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(kept.get(0).subscription().plans()).containsExactly(PRO);
        assertThat(fixture.stores
                        .accounts()
                        .find(deletion.keptAs())
                        .orElseThrow()
                        .customer())
                .isNotNull();
        assertThat(fixture.stores.usage().list(UsageQuery.all().of(ACCOUNT))).isEmpty();
        assertThat(fixture.stores.usage().list(UsageQuery.all().of(deletion.keptAs())))
                .extracting(entry -> entry.usage().quantity())
                .containsExactly(3L);
        assertThat(fixture.stores.access().claims(ACCOUNT)).isEmpty();
        assertThat(fixture.stores.access().claims(deletion.keptAs()))
                .isNotEmpty()
                .isEqualTo(fixture.stores.access().facts(deletion.keptAs()).claims());
        assertThat(fixture.stores.erasure().customersOf(deletion.keptAs()))
                .containsExactlyInAnyOrder("cus_1", "cus_old");
        assertThat(fixture.provider.calls()).contains("delete cus_1", "delete cus_old");
        fixture.billing.outbox().retryAll(OutboxQuery.all());
        fixture.drain();
        assertThat(fixture.afterCommit).hasAtLeastOneElementOfType(BillingEvent.AccountDeleted.class);
        assertThat(everything())
                .as("once the listeners are told, not even the account's name is left")
                .noneMatch(row -> row.contains("account_id=" + ACCOUNT.id() + ", account_type=" + ACCOUNT.type() + ","))
                .noneMatch(row -> row.contains('"' + ACCOUNT.toString() + '"'));
    }

    @Test
    @DisplayName("D14 events that were not applied yet are discarded with the reason, finished ones stay")
    void inbox() {
        fullAccount();

        delete();

        assertThat(List.of("evt_pending", "evt_parked", "evt_dead"))
                .map(id -> fixture.stores.inbox().find(id).orElseThrow())
                .allSatisfy(event -> {
                    assertThat(event.status()).isEqualTo(InboxStatus.DISCARDED);
                    assertThat(event.payload()).isNull();
                    assertThat(event.error()).isEqualTo("the account is deleted");
                });
        assertThat(fixture.stores.inbox().find("evt_customer").orElseThrow().status())
                .isEqualTo(InboxStatus.DONE);
    }

    @Test
    @DisplayName("D14 what the provider tells later brings nothing personal back, and is told under the other name")
    void later() {
        Subscription subscription = fullAccount();
        Deletion deletion = delete();
        fixture.inTransaction.clear();
        Instant later = SubscriptionStates.PERIOD_END;

        fixture.deliver(
                "evt_late_customer",
                "customer.updated",
                new EventContent.State(
                        new CustomerSnapshot(new Customer("cus_1", "usd", true, card, false), true, ACCOUNT, false)),
                later);
        fixture.deliver("evt_late_subscription", subscription, later);
        fixture.deliver("evt_late_invoice", "invoice.finalized", new EventContent.Noted(issued()), later);
        fixture.deliver(
                "evt_unknown",
                "customer.created",
                new EventContent.State(new CustomerSnapshot(Customer.ofId("cus_new"), true, ACCOUNT, false)),
                later);

        assertThat(everything()).noneMatch(row -> row.contains(secret));
        assertThat(fixture.inTransaction)
                .isNotEmpty()
                .extracting(BillingEvent::account)
                .containsOnly(deletion.keptAs());
        assertThat(fixture.inTransaction.toString()).doesNotContain(secret).contains("InvoiceIssued");
        assertThat(fixture.stores.inbox().find("evt_unknown").orElseThrow().status())
                .as("nobody waits for an account that is deleted")
                .isEqualTo(InboxStatus.IGNORED);
    }

    @Test
    @DisplayName("D14 the same name may come back and inherits nothing")
    void comesBack() {
        fullAccount();
        delete();
        assertThat(fixture.billing.accounts().find(ACCOUNT)).isEmpty();
        assertThat(fixture.billing.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.NONE);

        fixture.billing.accounts().register(ACCOUNT, AccountProfile.empty());

        assertThat(fixture.billing.accounts().get(ACCOUNT).customerId()).isEmpty();
        assertThat(fixture.billing.subscriptions().list(ACCOUNT)).isEmpty();
        assertThat(fixture.billing.grants().list(ACCOUNT)).isEmpty();
        assertThat(delete().account()).isEqualTo(ACCOUNT);
        assertThat(fixture.billing.deletion().delete(ACCOUNT)).isEmpty();
    }

    @ParameterizedTest(name = "D14 {0}")
    @ValueSource(strings = {"list subscriptions of", "fetch sub_1", "cancel", "delete cus_1", "delete cus_old"})
    @DisplayName("D14 a deletion whose process dies is carried through by the background, each thing once")
    void dies(String call) {
        fullAccount();
        boolean begun = !call.startsWith("list") && !call.startsWith("fetch");
        fixture.provider.dieAt(call);

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::delete);
        assertThat(fixture.billing.accounts().find(ACCOUNT)).isPresent();
        if (!begun) {
            assertThat(fixture.eventNames()).doesNotContain("AccountDeletionStarted");
            delete();
        }
        untilDone();

        assertThat(fixture.billing.accounts().find(ACCOUNT)).isEmpty();
        assertThat(everything()).noneMatch(row -> row.contains(secret));
        assertThat(fixture.eventNames())
                .containsOnlyOnce("AccountDeletionStarted", "SubscriptionEnded", "AccountDeleted");
        assertThat(fixture.provider
                        .customers()
                        .fetch("cus_old")
                        .value()
                        .customer()
                        .deleted())
                .isTrue();
    }

    /** The own listener comes after the dead entries of others, and again some time after a failure. */
    private void untilDone() {
        for (int i = 0; i < 10; i++) {
            fixture.drain();
            fixture.clock.advance(Duration.ofMinutes(10));
        }
    }

    @Test
    @DisplayName("D14 a host's listener in the transaction that fails keeps the account, and it is tried again")
    void listenerFails() {
        fixture.close();
        AtomicBoolean down = new AtomicBoolean(true);
        fixture = fixture(builder ->
                builder.listener(BillingListener.named("host", ListenerPhase.IN_TRANSACTION, event -> {
                    if (event instanceof BillingEvent.AccountDeleted && down.getAndSet(false)) {
                        throw new IllegalStateException("the host's table is locked");
                    }
                })));
        fullAccount();

        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::delete);
        assertThat(fixture.billing.accounts().find(ACCOUNT)).isPresent();
        untilDone();

        assertThat(everything()).noneMatch(row -> row.contains(secret));
    }

    @Test
    @DisplayName("D14 deleted from several sides at once, it is deleted and told once")
    void atOnce() throws Exception {
        fullAccount();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Optional<Deletion>>> calls = threads.invokeAll(
                    Collections.nCopies(4, () -> fixture.billing.deletion().delete(ACCOUNT, POLICY)));
            Set<Deletion> answers = new HashSet<>();
            for (Future<Optional<Deletion>> call : calls) {
                call.get().ifPresent(answers::add);
            }
            assertThat(answers).as("all who began tell the same").hasSize(1);
        } finally {
            threads.shutdown();
        }

        assertThat(fixture.eventNames())
                .containsOnlyOnce("AccountDeletionStarted", "SubscriptionEnded", "AccountDeleted");
        assertThat(everything()).noneMatch(row -> row.contains(secret));
    }

    @Test
    @DisplayName("D14 a customer that is made while the account is deleted does not outlive it")
    void customerMeanwhile() {
        fixture.close();
        fixture = fixture(builder ->
                builder.listener(BillingListener.named("page", ListenerPhase.IN_TRANSACTION, event -> {
                    if (event instanceof BillingEvent.SubscriptionEnded) {
                        fixture.stores.accounts().addOtherCustomer("cus_meanwhile", ACCOUNT);
                    }
                })));
        fullAccount();

        Deletion deletion = delete();

        assertThat(fixture.provider.calls()).contains("delete cus_meanwhile");
        assertThat(fixture.stores.erasure().customersOf(deletion.keptAs())).contains("cus_meanwhile");
    }

    @Test
    @DisplayName("D14 an account with a running subscription is refused with the remedy, and nothing has changed")
    void refused() {
        Subscription subscription = fullAccount();
        fixture.inTransaction.clear();

        assertThatExceptionOfType(DeletionException.class)
                .isThrownBy(() -> fixture.billing.deletion().delete(ACCOUNT))
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo(DeletionException.Reason.SUBSCRIPTION_RUNNING);
                    assertThat(refusal.remedy()).contains("END_AND_REFUND");
                });

        assertThat(fixture.mirrored("sub_1")).isEqualTo(subscription);
        assertThat(fixture.inTransaction).isEmpty();
        assertThat(fixture.provider.calls()).noneMatch(call -> call.startsWith("delete"));
    }

    @Test
    @DisplayName("D14 a subscription that only the provider knows of stands in the way, too")
    void unseen() {
        fixture.deliver(
                "evt_customer",
                "customer.updated",
                new EventContent.State(new CustomerSnapshot(Customer.ofId("cus_1"), true, ACCOUNT, false)),
                SubscriptionStates.START);
        fixture.atProvider(SubscriptionStates.active("sub_1", "pro-monthly", 1));

        assertThatExceptionOfType(DeletionException.class)
                .isThrownBy(() -> fixture.billing.deletion().delete(ACCOUNT));
        assertThat(fixture.stores.subscriptions().find("sub_1"))
                .as("nothing has changed")
                .isEmpty();
    }

    @Test
    @DisplayName("D14 what the provider does not know any more stands in nobody's way")
    void gone() {
        fullAccount();
        fixture.provider.forget("sub_1");

        Deletion deletion = delete();

        assertThat(everything()).noneMatch(row -> row.contains(secret));
        assertThat(fixture.stores.subscriptions().list(deletion.keptAs())).hasSize(1);
    }

    @Test
    @DisplayName(
            "D14 an account without a customer is deleted too, an unknown one is none, and nobody registers as deleted")
    void small() {
        assertThat(fixture.billing.deletion().delete(ACCOUNT)).isPresent();
        assertThat(fixture.billing.deletion().delete(AccountRef.of("user", "nobody")))
                .isEmpty();
        AccountRef deleted = AccountRef.of(AccountRef.DELETED, "1");
        assertThat(fixture.billing.deletion().delete(deleted)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixture.billing.accounts().register(deleted, AccountProfile.empty()));
    }
}
