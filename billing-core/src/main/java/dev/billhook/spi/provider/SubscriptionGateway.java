package dev.billhook.spi.provider;

import dev.billhook.RequestKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Timing;
import java.time.Instant;
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

    /**
     * Changes lines in one step, at once. With {@link Timing#NOW_INVOICE} nothing changes if the payment fails.
     *
     * @throws IllegalArgumentException if the timing is not now
     */
    default Fetched<SubscriptionSnapshot> changeItems(
            String subscriptionId, List<ItemChange> changes, Timing timing, RequestKey key) {
        return changeItems(subscriptionId, changes, timing, null, key);
    }

    /**
     * Changes lines in one step, at once, as it was previewed.
     *
     * @param confirmation what was previewed, or null if nothing was
     * @throws IllegalArgumentException if the timing is not now
     */
    Fetched<SubscriptionSnapshot> changeItems(
            String subscriptionId,
            List<ItemChange> changes,
            Timing timing,
            @Nullable Confirmation confirmation,
            RequestKey key);

    /** Lets lines change when the running period ends, in place of whatever else was to change later. */
    default Fetched<SubscriptionSnapshot> scheduleItems(
            String subscriptionId, List<ItemChange> changes, RequestKey key) {
        return scheduleItems(subscriptionId, changes, null, key);
    }

    /**
     * Lets lines change when the running period ends, as it was previewed.
     *
     * @param confirmation what was previewed, or null if nothing was
     */
    Fetched<SubscriptionSnapshot> scheduleItems(
            String subscriptionId, List<ItemChange> changes, @Nullable Confirmation confirmation, RequestKey key);

    /** Charges this payment method of the subscription's customer for it from now on. */
    Fetched<SubscriptionSnapshot> useForPayments(String subscriptionId, String paymentMethodId, RequestKey key);

    /** Takes off the schedule that governs the subscription's future; what is now stays. Without one nothing happens. */
    Fetched<SubscriptionSnapshot> releaseSchedule(String subscriptionId, RequestKey key);

    /**
     * That a change is one that was previewed.
     *
     * @param prorationDate until when the lines so far count as used (UTC, whole seconds)
     * @param mark what the subscription's {@link SubscriptionSnapshot#confirmed()} tells from then on
     */
    record Confirmation(Instant prorationDate, String mark) {}
}
