package dev.billhook.internal.mirror;

import dev.billhook.AsOf;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.event.BillingEvent;
import dev.billhook.internal.event.EventPublisher;
import dev.billhook.mirror.ApplyResult;
import dev.billhook.mirror.Basis;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.EventDerivation;
import dev.billhook.mirror.InvoiceNotice;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.mirror.Snapshot;
import dev.billhook.mirror.SnapshotRules;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirroredSubscription;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The door; see {@link MirrorWriter}. */
public final class DefaultMirrorWriter implements MirrorWriter {
    private final BillingStores stores;
    private final AccountLinker linker;
    private final EventPublisher publisher;
    private final InstantSource clock;

    /** A door to the given stores. */
    public DefaultMirrorWriter(BillingStores stores, EventPublisher publisher, InstantSource clock) {
        this.stores = stores;
        this.linker = new AccountLinker(stores.accounts());
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public ApplyResult apply(Snapshot snapshot, Basis basis) {
        return stores.transactor()
                .inTransaction(() -> linker.lockOwner(snapshot.customerId(), snapshot.accountHint())
                        .map(account -> snapshot instanceof SubscriptionSnapshot subscription
                                ? applySubscription(account, subscription, basis)
                                : applyCustomer(account, (CustomerSnapshot) snapshot, basis))
                        .orElse(ApplyResult.UNLINKED));
    }

    @Override
    public ApplyResult note(InvoiceNotice notice, Instant occurredAt) {
        return stores.transactor()
                .inTransaction(() -> stores.accounts()
                        .lockByCustomer(notice.customerId())
                        .map(account -> {
                            publisher.publish(List.of(eventOf(notice, account, occurredAt)));
                            return ApplyResult.APPLIED;
                        })
                        .orElse(ApplyResult.UNLINKED));
    }

    private ApplyResult applySubscription(BillingAccount account, SubscriptionSnapshot snapshot, Basis basis) {
        MirroredSubscription known =
                stores.subscriptions().find(snapshot.objectId()).orElse(null);
        SnapshotRules.Known knownState = known == null
                ? null
                : new SnapshotRules.Known(
                        known.asOf(), known.version(), known.subscription().equals(snapshot.subscription()));
        SnapshotRules.Verdict verdict = SnapshotRules.judge(knownState, basis, snapshot.onTestClock());
        if (verdict == SnapshotRules.Verdict.WRITE || verdict == SnapshotRules.Verdict.TOUCH) {
            write(account, known, snapshot, basis);
        }
        return resultOf(verdict);
    }

    private void write(
            BillingAccount account, @Nullable MirroredSubscription known, SubscriptionSnapshot snapshot, Basis basis) {
        long version = known == null ? 1 : known.version() + 1;
        MirroredSubscription row = new MirroredSubscription(
                known == null ? account.ref() : known.account(),
                snapshot.customerId(),
                snapshot.subscription(),
                advanced(known == null ? null : known.asOf(), basis),
                clock.instant(),
                version);
        if (known == null) {
            stores.subscriptions().insert(row);
        } else if (!stores.subscriptions().update(row)) {
            throw new IllegalStateException(
                    "Subscription " + snapshot.objectId() + " moved although its account's row was locked");
        }
        EventIds ids = new EventIds(
                stores.scope(),
                snapshot.objectId(),
                version,
                row.account(),
                basis.asOf().latest());
        publisher.publish(EventDerivation.ofSubscription(
                known == null ? null : known.subscription(), snapshot.subscription(), ids::meta));
    }

    private ApplyResult applyCustomer(BillingAccount account, CustomerSnapshot snapshot, Basis basis) {
        Customer known = account.customer();
        Optional<Customer> resolved = resolve(known, snapshot);
        if (resolved.isEmpty()) {
            return ApplyResult.FETCH_NEEDED;
        }
        Customer customer = resolved.get();
        SnapshotRules.Known knownState = account.customerAsOf() == null
                ? null
                : new SnapshotRules.Known(account.customerAsOf(), account.version(), customer.equals(known));
        SnapshotRules.Verdict verdict = SnapshotRules.judge(knownState, basis, snapshot.onTestClock());
        if (verdict == SnapshotRules.Verdict.WRITE || verdict == SnapshotRules.Verdict.TOUCH) {
            stores.accounts().update(account.withCustomer(customer, advanced(account.customerAsOf(), basis)));
            EventIds ids = new EventIds(
                    stores.scope(),
                    snapshot.objectId(),
                    account.version() + 1,
                    account.ref(),
                    basis.asOf().latest());
            publisher.publish(EventDerivation.ofCustomer(known, customer, ids::meta));
        }
        return resultOf(verdict);
    }

    /** Events name only the payment method's id: the mirror's details of the same one stay, those of another are fetched. */
    private static Optional<Customer> resolve(@Nullable Customer known, CustomerSnapshot snapshot) {
        Customer customer = snapshot.customer();
        PaymentMethod told = customer.defaultPaymentMethod();
        if (snapshot.paymentMethodResolved() || told == null) {
            return Optional.of(customer);
        }
        PaymentMethod kept = known == null ? null : known.defaultPaymentMethod();
        if (kept == null || !kept.id().equals(told.id())) {
            return Optional.empty();
        }
        return Optional.of(
                new Customer(customer.id(), customer.currency(), customer.delinquent(), kept, customer.deleted()));
    }

    private BillingEvent eventOf(InvoiceNotice notice, BillingAccount account, Instant occurredAt) {
        EventIds ids = new EventIds(stores.scope(), notice.invoiceId(), notice.attempt(), account.ref(), occurredAt);
        return switch (notice.kind()) {
            case PAID ->
                new BillingEvent.InvoicePaid(
                        ids.meta("InvoicePaid"), notice.subscriptionId(), notice.invoiceId(), notice.amount());
            case PAYMENT_FAILED ->
                new BillingEvent.PaymentFailed(
                        ids.meta("PaymentFailed"),
                        notice.subscriptionId(),
                        notice.invoiceId(),
                        notice.amount(),
                        notice.nextAttempt());
        };
    }

    private static AsOf advanced(@Nullable AsOf known, Basis basis) {
        return known == null ? basis.asOf() : known.advancedTo(basis.asOf());
    }

    private static ApplyResult resultOf(SnapshotRules.Verdict verdict) {
        return switch (verdict) {
            case WRITE -> ApplyResult.APPLIED;
            case TOUCH, NOTHING_NEW -> ApplyResult.UNCHANGED;
            case STALE -> ApplyResult.STALE;
            case FETCH -> ApplyResult.FETCH_NEEDED;
            case CONFLICT -> ApplyResult.CONFLICT;
        };
    }
}
