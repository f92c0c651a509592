package dev.billhook.benchmarks.snapshot;

import dev.billhook.AsOf;
import dev.billhook.benchmarks.Accounts;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.subscription.Subscription;

/** What every benchmarked snapshot says: a pending cancellation came or went. */
final class SubscriptionChange {
    private SubscriptionChange() {}

    static MirroredSubscription of(MirroredSubscription row) {
        Subscription before = row.subscription();
        Subscription after = before.toBuilder()
                .cancelAtPeriodEnd(!before.cancelAtPeriodEnd())
                .build();
        return new MirroredSubscription(
                row.account(), row.customerId(), after, AsOf.at(Accounts.NOW), Accounts.NOW, row.version() + 1);
    }
}
