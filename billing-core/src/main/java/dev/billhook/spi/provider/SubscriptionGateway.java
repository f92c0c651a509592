package dev.billhook.spi.provider;

import dev.billhook.RequestKey;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Cancellation.Settlement;
import dev.billhook.subscription.Cancellation.Why;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Timing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** Ends it, now or later, without telling why. */
    default Fetched<SubscriptionSnapshot> cancel(String subscriptionId, Cancellation cancellation, RequestKey key) {
        return cancel(subscriptionId, cancellation, Why.UNSAID, key);
    }

    /**
     * Ends it, now or later. At once with {@link Settlement#NOTHING} what is not billed yet is not billed; with another settlement
     * a last invoice bills it less the unused time, and what is more given back than charged goes to the credit balance.
     */
    Fetched<SubscriptionSnapshot> cancel(String subscriptionId, Cancellation cancellation, Why why, RequestKey key);

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

    /** Makes invoices from now on without collecting them. */
    Fetched<SubscriptionSnapshot> pauseCollection(String subscriptionId, CollectionPause pause, RequestKey key);

    /** Collects invoices again. */
    Fetched<SubscriptionSnapshot> resumeCollection(String subscriptionId, RequestKey key);

    /** Lets a subscription go on whose trial ended without a payment method; a period begins and is charged now. */
    Fetched<SubscriptionSnapshot> resume(String subscriptionId, RequestKey key);

    /** Collects further invoices in another way, also once what is scheduled has happened. */
    Fetched<SubscriptionSnapshot> collectBy(String subscriptionId, CollectionMethod method, RequestKey key);

    /**
     * Makes a new subscription of the same customer like one that ended: its payment method, collection, tax and currency, without a
     * trial and without its discounts. If its first payment fails nothing is made.
     *
     * @param lines what it consists of
     */
    Fetched<SubscriptionSnapshot> beginAgain(String endedId, List<NewLine> lines, RequestKey key);

    /** The subscription that lives and was begun like this ended one, if there is one. */
    Optional<Fetched<SubscriptionSnapshot>> findSuccessor(String endedId);

    /** Of these prices, those that can be sold: of an older version too, if it was not archived. */
    Set<String> sellable(Set<String> priceIds);

    /** Whether a subscription like an ended one could be collected: its customer has a payment method, or pays by hand. */
    boolean canBeCharged(String endedId);

    /**
     * A line of a new subscription.
     *
     * @param plan the plan at whose present price it is sold; null for a price of its own
     * @param priceId the price; null for the plan's present one
     * @param quantity units; of metered prices it does not count
     */
    record NewLine(@Nullable PlanKey plan, @Nullable String priceId, long quantity) {}

    /**
     * That a change is one that was previewed.
     *
     * @param prorationDate until when the lines so far count as used (UTC, whole seconds)
     * @param mark what the subscription's {@link SubscriptionSnapshot#confirmed()} tells from then on
     */
    record Confirmation(Instant prorationDate, String mark) {}
}
