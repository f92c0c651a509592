package dev.billhook.internal.mirror;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.event.BillingEvent;
import dev.billhook.internal.event.EventPublisher;
import dev.billhook.internal.notice.NoticeLooks;
import dev.billhook.mirror.ApplyResult;
import dev.billhook.mirror.MirrorChange;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirrorStore;
import dev.billhook.spi.store.purchase.PurchaseStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The door; see {@link MirrorWriter}. Any number of changes take as many round trips as one. */
public final class DefaultMirrorWriter implements MirrorWriter {
    private final BillingStores stores;
    private final EventPublisher publisher;
    private final InstantSource clock;
    private final Runnable onLink;
    private final Predicate<PlanKey> mainPlan;
    private final Consumer<Set<AccountRef>> onAccess;
    private final Supplier<NoticeLooks> looks;

    /**
     * A door to the given stores.
     *
     * @param onLink called after a commit that linked a customer to an account
     * @param mainPlan whether an account needs at most one subscription to such plans
     * @param onAccess told, within the transaction, whose access may change
     * @param looks notes what must be looked at again because of a call's changes
     */
    public DefaultMirrorWriter(
            BillingStores stores,
            EventPublisher publisher,
            InstantSource clock,
            Runnable onLink,
            Predicate<PlanKey> mainPlan,
            Consumer<Set<AccountRef>> onAccess,
            Supplier<NoticeLooks> looks) {
        this.stores = stores;
        this.publisher = publisher;
        this.clock = clock;
        this.onLink = onLink;
        this.mainPlan = mainPlan;
        this.onAccess = onAccess;
        this.looks = looks;
    }

    @Override
    public List<ApplyResult> applyAll(List<MirrorChange> changes) {
        return changes.isEmpty()
                ? List.of()
                : stores.transactor().inTransaction(() -> {
                    Keys keys = Keys.of(changes);
                    return applyAll(changes, stores.mirror().lock(keys.customers(), keys.subscriptions()));
                });
    }

    /** Like {@link #applyAll(List)}, where the open transaction has locked and read the rows of at least these changes. */
    public List<ApplyResult> applyAll(List<MirrorChange> changes, MirrorStore.Rows rows) {
        Owners owners = new Owners(stores, rows.accounts(), onLink);
        NoticeLooks due = looks.get();
        MirrorSession session = new MirrorSession(stores, owners, rows, clock.instant(), mainPlan, due);
        List<ApplyResult> results = new ArrayList<>(changes.size());
        for (MirrorChange change : changes) {
            results.add(session.take(change));
        }
        List<BillingEvent> events = session.events();
        List<MirrorStore.SubscriptionWrite> written = session.changed();
        List<PurchaseStore.Row> bought = session.purchases();
        stores.mirror().write(owners.changed(), written, publisher.entries(events), due.marks());
        due.writeReminders();
        if (!bought.isEmpty()) {
            stores.purchases().write(bought);
        }
        onAccess.accept(Stream.concat(
                        written.stream().map(write -> write.after().account()),
                        bought.stream().map(row -> row.purchase().account()))
                .collect(Collectors.toSet()));
        publisher.tell(events);
        return results;
    }

    /**
     * What changes are about.
     *
     * @param customers their ids
     * @param subscriptions ids of those whose state changes
     */
    public record Keys(Set<String> customers, Set<String> subscriptions) {
        /** The keys of all the changes. */
        public static Keys of(List<MirrorChange> changes) {
            Keys keys = new Keys(new LinkedHashSet<>(), new LinkedHashSet<>());
            for (MirrorChange change : changes) {
                keys.customers.add(change.customerId());
                if (change instanceof MirrorChange.State state && state.snapshot() instanceof SubscriptionSnapshot) {
                    keys.subscriptions.add(state.snapshot().objectId());
                }
            }
            return keys;
        }
    }
}
