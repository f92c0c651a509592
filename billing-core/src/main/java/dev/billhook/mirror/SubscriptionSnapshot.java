package dev.billhook.mirror;

import dev.billhook.account.AccountRef;
import dev.billhook.subscription.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A subscription's state.
 *
 * @param subscription the state
 * @param customerId whose it is
 * @param accountHint see {@link Snapshot#accountHint()}
 * @param onTestClock see {@link Snapshot#onTestClock()}
 * @since 0.1.0
 */
public record SubscriptionSnapshot(
        Subscription subscription,
        String customerId,
        @Nullable AccountRef accountHint,
        boolean onTestClock) implements Snapshot {
    @Override
    public String objectId() {
        return subscription.id();
    }
}
