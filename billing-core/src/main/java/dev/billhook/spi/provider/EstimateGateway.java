package dev.billhook.spi.provider;

import dev.billhook.conversion.ItemChange;
import dev.billhook.invoice.Estimate;
import dev.billhook.subscription.Timing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Invoices that were not made. Nothing is written at the provider. Source: Stripe, "Create a preview invoice".
 *
 * @since 0.1.0
 */
public interface EstimateGateway {
    /** The subscription's next invoice, or empty if none will come. */
    Optional<Estimate> next(String subscriptionId);

    /**
     * The invoice that follows a change: the one the change makes at once, else the next one.
     *
     * @param changes what happens to the lines; none leaves them as they are
     * @param timing when and how it is charged; at renewal the next invoice is told
     * @param prorationDate until when the present lines count as used (UTC, whole seconds, within the present period); a change
     *     made with the same date charges the same
     * @return empty if no invoice will come
     */
    Optional<Estimate> afterChange(
            String subscriptionId, List<ItemChange> changes, Timing timing, Instant prorationDate);

    /**
     * What each period costs after a change: without prorations, what is charged once, and what waits for the next invoice.
     *
     * @return empty if no invoice will come
     */
    Optional<Estimate> recurring(String subscriptionId, List<ItemChange> changes);

    /**
     * The last invoice, if the subscription ended now: what was used and is not billed yet, less the unused time of what was
     * billed. A negative total is what would be given back.
     *
     * @param at until when its lines count as used (UTC, whole seconds, within the present period)
     * @return empty if there is nothing to bill or to give back
     */
    Optional<Estimate> afterEnd(String subscriptionId, Instant at);
}
