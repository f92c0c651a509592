package dev.billhook.subscription;

import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of a subscription.
 *
 * @param id the provider's id; informational
 * @param priceId the provider's price; informational
 * @param plan the plan the price belongs to, also for older versions of the price; null if the price is not the catalog's
 * @param quantity units; 0 for metered lines
 * @param periodStart start of the current period (UTC)
 * @param periodEnd end of the current period (UTC), exclusive
 * @param priceVersion name of the plan's version the price was made for, or null if it has none
 * @since 0.1.0
 */
public record SubscriptionItem(
        String id,
        String priceId,
        @Nullable PlanKey plan,
        long quantity,
        Instant periodStart,
        Instant periodEnd,
        @Nullable String priceVersion) {
    /** A line whose price names no version. */
    public SubscriptionItem(
            String id, String priceId, @Nullable PlanKey plan, long quantity, Instant periodStart, Instant periodEnd) {
        this(id, priceId, plan, quantity, periodStart, periodEnd, null);
    }

    /** The version of the plan it is on. */
    public String version() {
        return Objects.requireNonNullElse(priceVersion, Plan.FIRST_VERSION);
    }

    /** The same line with other units. */
    public SubscriptionItem withQuantity(long units) {
        return new SubscriptionItem(id, priceId, plan, units, periodStart, periodEnd, priceVersion);
    }
}
