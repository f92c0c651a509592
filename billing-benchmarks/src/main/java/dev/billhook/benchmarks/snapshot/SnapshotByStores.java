package dev.billhook.benchmarks.snapshot;

import dev.billhook.jdbc.JdbcStores;
import dev.billhook.spi.store.MirrorStore;
import dev.billhook.spi.store.MirroredSubscription;
import java.util.List;

/** Takes in a snapshot with Billhook's own stores: plain JDBC behind a small runner. */
final class SnapshotByStores {
    private final JdbcStores stores;

    SnapshotByStores(JdbcStores stores) {
        this.stores = stores;
    }

    boolean takeIn(String customerId, String subscriptionId) {
        return stores.transactor().inTransaction(() -> {
            MirrorStore.Rows rows = stores.mirror().lock(List.of(customerId), List.of(subscriptionId));
            MirroredSubscription before = rows.subscriptions().get(subscriptionId);
            if (before == null || !rows.accounts().containsKey(customerId)) {
                return false;
            }
            stores.mirror()
                    .write(
                            List.of(),
                            List.of(new MirrorStore.SubscriptionWrite(before, SubscriptionChange.of(before))),
                            List.of());
            return true;
        });
    }
}
