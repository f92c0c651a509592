package dev.billhook.benchmarks;

import dev.billhook.jdbc.JdbcStores;

/** Takes in a snapshot with Billhook's own stores: plain JDBC behind a small runner. */
final class SnapshotByStores {
    private final JdbcStores stores;

    SnapshotByStores(JdbcStores stores) {
        this.stores = stores;
    }

    boolean takeIn(String customerId, String subscriptionId) {
        return stores.transactor().inTransaction(() -> {
            if (stores.accounts().lockByCustomer(customerId).isEmpty()) {
                return false;
            }
            return stores.subscriptions()
                    .update(SubscriptionChange.of(
                            stores.subscriptions().find(subscriptionId).orElseThrow()));
        });
    }
}
