package dev.billhook.examples.podcast.billing;

import dev.billhook.examples.podcast.pricing.PlanCard;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The subscription as the pages show it.
 *
 * @param plan what was bought
 * @param units how many
 * @param total what one period costs
 * @param trialing whether nothing was charged yet
 * @param periodEnd when the period that is paid for ends (UTC), or null
 * @param pendingEnd when it will end for good (UTC), or null
 * @param endedAt when it ended (UTC), or null while it lives
 * @param next the other plan it moves to, or null if it stays
 */
public record SubscriptionView(
        PlanCard plan,
        long units,
        String total,
        boolean trialing,
        @Nullable Instant periodEnd,
        @Nullable Instant pendingEnd,
        @Nullable Instant endedAt,
        @Nullable Next next) {
    /**
     * A plan it moves to.
     *
     * @param product the plan's name
     * @param at when (UTC)
     */
    public record Next(String product, Instant at) {}

    /** Whether the number of units can be changed. */
    public boolean unitsCanChange() {
        return plan.units() != null && pendingEnd == null && endedAt == null;
    }

    /** Whether this is the plan of the key. */
    public boolean isOn(String planKey) {
        return endedAt == null && plan.key().equals(planKey);
    }
}
