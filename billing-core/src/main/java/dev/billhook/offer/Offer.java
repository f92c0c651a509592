package dev.billhook.offer;

import dev.billhook.catalog.PlanKey;

/**
 * How far a limited plan is sold.
 *
 * @param plan which plan
 * @param places how many accounts can have it, as the catalog says now
 * @param taken how many have it; more than there are places if those were made fewer, or if a payment came late
 * @param held how many more are paying for it just now
 * @since 0.1.0
 */
public record Offer(PlanKey plan, long places, long taken, long held) {
    /**
     * @throws IllegalArgumentException if a number is negative
     */
    public Offer {
        if (places < 0 || taken < 0 || held < 0) {
            throw new IllegalArgumentException("Places cannot be negative");
        }
    }

    /** How many can be sold now; never negative. */
    public long remaining() {
        return Math.max(0, places - taken - held);
    }

    /** Whether nobody else can have it unless somebody who is paying gives up. */
    public boolean soldOut() {
        return remaining() == 0;
    }
}
