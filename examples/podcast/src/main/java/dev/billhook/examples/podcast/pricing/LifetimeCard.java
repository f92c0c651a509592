package dev.billhook.examples.podcast.pricing;

import dev.billhook.offer.Offer;
import org.jspecify.annotations.Nullable;

/**
 * A plan that is paid once and kept for ever, as the pricing page shows it.
 *
 * @param plan what it gives
 * @param offer how many places are left, or null if everybody can have it
 */
public record LifetimeCard(PlanCard plan, @Nullable Offer offer) {
    /** Whether every place belongs to somebody. */
    public boolean soldOut() {
        return offer != null && offer.taken() >= offer.places();
    }

    /** Whether the last places are in the hands of people who are paying just now, and may come back. */
    public boolean beingPaidFor() {
        return offer != null && offer.soldOut() && !soldOut();
    }
}
