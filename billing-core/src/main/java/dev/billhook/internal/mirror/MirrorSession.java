package dev.billhook.internal.mirror;

import dev.billhook.AsOf;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.catalog.PlanKey;
import dev.billhook.event.BillingEvent;
import dev.billhook.internal.event.EventIds;
import dev.billhook.internal.notice.NoticeLooks;
import dev.billhook.mirror.ApplyResult;
import dev.billhook.mirror.Basis;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.EventDerivation;
import dev.billhook.mirror.MirrorChange;
import dev.billhook.mirror.Notice;
import dev.billhook.mirror.PurchaseSnapshot;
import dev.billhook.mirror.Snapshot;
import dev.billhook.mirror.SnapshotRules;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirrorStore;
import dev.billhook.spi.store.MirrorStore.SubscriptionWrite;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.purchase.PurchaseStore;
import dev.billhook.subscription.Subscription;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One call of the door: takes changes one after the other and collects what is to be written and told. */
final class MirrorSession {
    private final BillingStores stores;
    private final Owners owners;
    private final Set<AccountRef> readWhole;
    private final Map<String, MirroredSubscription> before;
    private final Map<String, MirroredSubscription> rows;
    private final PurchaseRows purchases;
    private final Set<String> written = new LinkedHashSet<>();
    private final News news;
    private final NoticeLooks looks;
    private final Instant now;
    private final Predicate<PlanKey> mainPlan;

    /**
     * @param mainPlan whether two subscriptions to such plans may mean paying twice; add-ons stand beside another subscription
     */
    MirrorSession(
            BillingStores stores,
            Owners owners,
            MirrorStore.Rows read,
            Instant now,
            Predicate<PlanKey> mainPlan,
            NoticeLooks looks) {
        this.stores = stores;
        this.news = new News(stores.mirror(), now);
        this.looks = looks;
        this.owners = owners;
        this.readWhole =
                read.accounts().values().stream().map(BillingAccount::ref).collect(Collectors.toSet());
        this.before = new HashMap<>(read.subscriptions());
        this.rows = new HashMap<>(read.subscriptions());
        this.purchases = new PurchaseRows(stores, now);
        this.now = now;
        this.mainPlan = mainPlan;
    }

    ApplyResult take(MirrorChange change) {
        if (change instanceof MirrorChange.State state) {
            return ownerOf(state.snapshot())
                    .map(account -> state(account, state.snapshot(), state.basis()))
                    .orElseGet(() -> owners.found(state.snapshot().accountHint())
                            ? ApplyResult.ACCOUNT_TAKEN
                            : ApplyResult.UNLINKED);
        }
        if (change instanceof MirrorChange.Noted noted) {
            return owners.of(noted.customerId(), null)
                    .map(account -> note(account, noted))
                    .orElse(ApplyResult.UNLINKED);
        }
        MirrorChange.Linked linked = (MirrorChange.Linked) change;
        return owners.ofPage(linked.customerId(), linked.account()).isPresent()
                ? ApplyResult.APPLIED
                : ApplyResult.UNLINKED;
    }

    private ApplyResult state(BillingAccount account, Snapshot snapshot, Basis basis) {
        if (snapshot instanceof SubscriptionSnapshot subscription) {
            return subscription(account, subscription, basis);
        }
        return snapshot instanceof PurchaseSnapshot purchase
                ? resultOf(purchases.take(account, purchase, basis, this::ofPurchase))
                : customer(account, (CustomerSnapshot) snapshot, basis);
    }

    private void ofPurchase(BillingEvent event) {
        news.add(event);
        looks.access(event.account());
    }

    private Optional<BillingAccount> ownerOf(Snapshot snapshot) {
        if (snapshot instanceof PurchaseSnapshot purchase && purchase.accountHint() != null) {
            return owners.ofPage(purchase.customerId(), purchase.accountHint());
        }
        return snapshot instanceof CustomerSnapshot customer
                        && customer.customer().deleted()
                ? owners.ofDeleted(snapshot.customerId(), snapshot.accountHint())
                : owners.of(snapshot.customerId(), snapshot.accountHint());
    }

    /** Subscriptions to write. */
    List<SubscriptionWrite> changed() {
        return written.stream()
                .map(id -> new SubscriptionWrite(before.get(id), Objects.requireNonNull(rows.get(id), id)))
                .toList();
    }

    /** Purchases to write. */
    List<PurchaseStore.Row> purchases() {
        return purchases.written();
    }

    /** Events to publish; facts that were told before are left out. */
    List<BillingEvent> events() {
        return news.events();
    }

    private ApplyResult subscription(BillingAccount account, SubscriptionSnapshot snapshot, Basis basis) {
        MirroredSubscription known = rows.get(snapshot.objectId());
        Subscription state = account.ref().deleted()
                ? snapshot.subscription().withoutPaymentMethod()
                : snapshot.resolvedWith(known == null ? null : known.subscription())
                        .orElse(null);
        if (state == null) {
            return ApplyResult.FETCH_NEEDED;
        }
        SnapshotRules.Known knownState = known == null
                ? null
                : new SnapshotRules.Known(
                        known.asOf(), known.version(), known.subscription().equals(state));
        SnapshotRules.Verdict verdict = SnapshotRules.judge(knownState, basis, snapshot.onTestClock());
        if (verdict == SnapshotRules.Verdict.WRITE || verdict == SnapshotRules.Verdict.TOUCH) {
            write(new Write(account, known, snapshot.customerId(), state, basis));
        }
        return resultOf(verdict);
    }

    /** A state that is to be written. */
    private record Write(
            BillingAccount account,
            @Nullable MirroredSubscription known,
            String customerId,
            Subscription state,
            Basis basis) {}

    private void write(Write write) {
        MirroredSubscription known = write.known();
        Subscription state = write.state();
        Basis basis = write.basis();
        long version = known == null ? 1 : known.version() + 1;
        MirroredSubscription row = new MirroredSubscription(
                known == null ? write.account().ref() : known.account(),
                write.customerId(),
                state,
                advanced(known == null ? null : known.asOf(), basis),
                now,
                version);
        rows.put(state.id(), row);
        written.add(state.id());
        EventIds ids = new EventIds(
                stores.scope(), state.id(), version, row.account(), basis.asOf().latest());
        EventDerivation.ofSubscription(known == null ? null : known.subscription(), state, ids::meta)
                .forEach(news::add);
        looks.subscription(
                row.account(), write.account().customer(), known == null ? null : known.subscription(), state);
        if (isMain(row) && (known == null || !isMain(known))) {
            tellDuplicates(row, ids);
        }
    }

    /** A second running subscription to a main plan may mean paying twice. */
    private void tellDuplicates(MirroredSubscription row, EventIds ids) {
        String id = row.subscription().id();
        List<String> others = rowsOf(row.account()).stream()
                .filter(this::isMain)
                .map(other -> other.subscription().id())
                .filter(other -> !other.equals(id))
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            BillingEvent event = new BillingEvent.DuplicateSubscriptionDetected(
                    ids.meta("DuplicateSubscriptionDetected"), id, others);
            news.add(event);
        }
    }

    private boolean isMain(MirroredSubscription row) {
        return row.subscription().status().running()
                && row.subscription().plans().stream().anyMatch(mainPlan);
    }

    /** Rows of an account as this call leaves them: at least those that run. An account just linked was not read before. */
    private List<MirroredSubscription> rowsOf(AccountRef account) {
        if (!readWhole.contains(account)) {
            // What this call takes for new stays new: if it is there by now, another wrote it, and writing it must
            // fail.
            stores.subscriptions().list(account).stream()
                    .filter(row -> rows.putIfAbsent(row.subscription().id(), row) == null)
                    .forEach(row -> before.put(row.subscription().id(), row));
            readWhole.add(account);
        }
        return rows.values().stream()
                .filter(row -> row.account().equals(account))
                .toList();
    }

    private ApplyResult customer(BillingAccount account, CustomerSnapshot snapshot, Basis basis) {
        Customer known = account.customer();
        if (account.ref().deleted() || (known != null && !known.id().equals(snapshot.objectId()))) {
            return ApplyResult.UNCHANGED;
        }
        Customer customer = snapshot.resolvedWith(known).orElse(null);
        if (customer == null) {
            return ApplyResult.FETCH_NEEDED;
        }
        SnapshotRules.Known knownState = account.customerAsOf() == null
                ? null
                : new SnapshotRules.Known(account.customerAsOf(), account.version(), customer.equals(known));
        SnapshotRules.Verdict verdict = SnapshotRules.judge(knownState, basis, snapshot.onTestClock());
        if (verdict == SnapshotRules.Verdict.WRITE || verdict == SnapshotRules.Verdict.TOUCH) {
            owners.put(account.withCustomer(customer, advanced(account.customerAsOf(), basis)));
            EventIds ids = new EventIds(
                    stores.scope(),
                    snapshot.objectId(),
                    account.version() + 1,
                    account.ref(),
                    basis.asOf().latest());
            EventDerivation.ofCustomer(known, customer, ids::meta).forEach(news::add);
            looks.customer(account.ref(), known, customer);
        }
        return resultOf(verdict);
    }

    private ApplyResult note(BillingAccount account, MirrorChange.Noted noted) {
        if (noted.notice() instanceof Notice.Reminder) {
            looks.reminded(account.ref(), noted.occurredAt());
            return ApplyResult.APPLIED;
        }
        EventIds ids = new EventIds(stores.scope(), noted.notice().key(), 0, account.ref(), noted.occurredAt());
        news.add(EventDerivation.ofNotice(noted.notice(), ids::meta), noted.notice());
        return ApplyResult.APPLIED;
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
