package dev.billhook.examples.podcast.billing;

import dev.billhook.examples.podcast.pricing.PlanCard;
import java.time.Instant;

/**
 * What was bought once and is kept, as the pages show it.
 *
 * @param plan what was bought
 * @param boughtAt when (UTC)
 */
public record PurchaseView(PlanCard plan, Instant boughtAt) {
    /** Whether the plan gives nothing that is not owned already. */
    public boolean covers(PlanCard other) {
        return other.tier() <= plan.tier();
    }
}
