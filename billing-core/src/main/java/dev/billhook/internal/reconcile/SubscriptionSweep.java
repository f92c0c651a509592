package dev.billhook.internal.reconcile;

import dev.billhook.account.BillingAccount;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.Page;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirroredSubscription;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares all subscriptions, both lists newest first and page by page, so that what is missing on either side shows without
 * keeping either list in memory.
 */
final class SubscriptionSweep {
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final Sweep sweep;
    /** Where the mirror's list stands. */
    private @Nullable Instant scannedTo;

    private @Nullable String scannedId;

    SubscriptionSweep(PaymentProvider provider, BillingStores stores, Sweep sweep) {
        this.provider = provider;
        this.stores = stores;
        this.sweep = sweep;
    }

    void run() {
        skipTo(sweep.state().lastOf(SweepState.Phase.SUBSCRIPTIONS));
        Set<String> seen = new HashSet<>();
        sweep.through(
                SweepState.Phase.SUBSCRIPTIONS,
                last -> provider.subscriptions().list(last, Sweep.PAGE),
                page -> visit(page, seen));
    }

    /** Only the ids of the oldest second seen are needed further: the next page may go on in that second. */
    private void visit(Page<SubscriptionSnapshot> page, Set<String> seen) {
        compare(page.items());
        page.items().forEach(each -> seen.add(each.objectId()));
        Instant oldest = oldest(page.items());
        scan(page.more() ? oldest : null, seen);
        seen.retainAll(page.items().stream()
                .filter(each -> each.subscription().createdAt().equals(oldest))
                .map(SubscriptionSnapshot::objectId)
                .toList());
    }

    /** What the run before has compared is not looked at again. */
    private void skipTo(@Nullable String last) {
        if (last != null) {
            stores.subscriptions().find(last).ifPresent(row -> {
                scannedTo = row.subscription().createdAt();
                scannedId = last;
            });
        }
    }

    private void compare(List<SubscriptionSnapshot> theirs) {
        Map<String, MirroredSubscription> ours = stores.subscriptions()
                .findAll(theirs.stream().map(SubscriptionSnapshot::objectId).toList());
        for (SubscriptionSnapshot snapshot : theirs) {
            MirroredSubscription row = ours.get(snapshot.objectId());
            if (row == null || differs(row, snapshot)) {
                confirm(snapshot.objectId(), snapshot.customerId());
            }
        }
    }

    /** What is kept of deleted accounts is less than the provider tells. */
    private static boolean differs(MirroredSubscription row, SubscriptionSnapshot snapshot) {
        return !row.account().deleted() && !row.subscription().equals(snapshot.subscription());
    }

    /** Looks for rows newer than what was listed so far that were not listed; all that are left at the end. */
    private void scan(@Nullable Instant newerThan, Set<String> seen) {
        while (true) {
            List<MirroredSubscription> rows = stores.subscriptions().scan(scannedTo, scannedId, Sweep.PAGE);
            for (MirroredSubscription row : rows) {
                Instant made = row.subscription().createdAt();
                if (newerThan != null && !made.isAfter(newerThan)) {
                    return;
                }
                if (!seen.contains(row.subscription().id()) && !row.account().deleted()) {
                    confirm(row.subscription().id(), row.customerId());
                }
                scannedTo = made;
                scannedId = row.subscription().id();
            }
            if (rows.size() < Sweep.PAGE) {
                return;
            }
        }
    }

    private void confirm(String id, String customerId) {
        sweep.confirm(
                id, () -> ours(id, customerId), () -> provider.subscriptions().fetch(id));
    }

    private Comparison.Ours ours(String id, String customerId) {
        return stores.subscriptions()
                .find(id)
                .map(row -> new Comparison.Ours(row.account(), row.subscription(), row.version()))
                .orElseGet(() -> {
                    BillingAccount owner = stores.accounts()
                            .findByCustomers(List.of(customerId))
                            .get(customerId);
                    return new Comparison.Ours(owner == null ? null : owner.ref(), null, 0);
                });
    }

    private static @Nullable Instant oldest(List<SubscriptionSnapshot> page) {
        return page.isEmpty() ? null : page.get(page.size() - 1).subscription().createdAt();
    }
}
