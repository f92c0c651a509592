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
    private static final int PAGE = 100;

    private final PaymentProvider provider;
    private final BillingStores stores;
    private final Comparison comparison;
    private final SweepState state;
    private final Runnable pause;
    /** Where the mirror's list stands. */
    private @Nullable Instant scannedTo;

    private @Nullable String scannedId;

    SubscriptionSweep(
            PaymentProvider provider, BillingStores stores, Comparison comparison, SweepState state, Runnable pause) {
        this.provider = provider;
        this.stores = stores;
        this.comparison = comparison;
        this.state = state;
        this.pause = pause;
    }

    void run() {
        String last = state.lastOf(SweepState.Phase.SUBSCRIPTIONS);
        skipTo(last);
        Set<String> seen = new HashSet<>();
        boolean more = true;
        while (more) {
            Page<SubscriptionSnapshot> page = provider.subscriptions().list(last, PAGE);
            compare(page.items());
            page.items().forEach(each -> seen.add(each.objectId()));
            more = page.more();
            Instant oldest = oldest(page.items());
            scan(more ? oldest : null, seen);
            if (!page.items().isEmpty()) {
                last = page.items().get(page.items().size() - 1).objectId();
            }
            seen.removeIf(id -> page.items().stream()
                    .noneMatch(each -> each.objectId().equals(id)
                            && each.subscription().createdAt().equals(oldest)));
            state.reached(SweepState.Phase.SUBSCRIPTIONS, last, page.items().size());
            pause.run();
        }
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
            if (row == null || !row.subscription().equals(snapshot.subscription())) {
                confirm(snapshot.objectId(), snapshot.customerId());
            }
        }
    }

    /** Looks for rows newer than what was listed so far that were not listed; all that are left at the end. */
    private void scan(@Nullable Instant newerThan, Set<String> seen) {
        while (true) {
            List<MirroredSubscription> rows = stores.subscriptions().scan(scannedTo, scannedId, PAGE);
            for (MirroredSubscription row : rows) {
                Instant made = row.subscription().createdAt();
                if (newerThan != null && !made.isAfter(newerThan)) {
                    return;
                }
                if (!seen.contains(row.subscription().id())) {
                    confirm(row.subscription().id(), row.customerId());
                }
                scannedTo = made;
                scannedId = row.subscription().id();
            }
            if (rows.size() < PAGE) {
                return;
            }
        }
    }

    private void confirm(String id, String customerId) {
        state.found(comparison.confirm(
                id, () -> ours(id, customerId), () -> provider.subscriptions().fetch(id)));
        pause.run();
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
