package dev.billhook.spi.provider;

import dev.billhook.RequestKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.conversion.Proration;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.subscription.Cancellation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions at the provider. Every command answers the new state.
 *
 * @since 0.1.0
 */
public interface SubscriptionGateway {
    /** The subscription, also when it has ended. */
    Fetched<SubscriptionSnapshot> fetch(String subscriptionId);

    /**
     * Goes through all subscriptions, ended ones too, newest first.
     *
     * @param afterId the last one seen, or null to begin
     * @param max how many at most, 1 to 100
     */
    Page<SubscriptionSnapshot> list(@Nullable String afterId, int max);

    /** Ends it, now or later. */
    Fetched<SubscriptionSnapshot> cancel(String subscriptionId, Cancellation cancellation, RequestKey key);

    /** Clears every kind of pending end. */
    Fetched<SubscriptionSnapshot> uncancel(String subscriptionId, RequestKey key);

    /** Changes lines in one step. */
    Fetched<SubscriptionSnapshot> changeItems(
            String subscriptionId, List<ItemChange> changes, Proration proration, RequestKey key);
}
