package dev.billhook.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What the pricing page sells: a product at an interval for a price.
 *
 * @param key stable name; the price's lookup key at the provider
 * @param product what it gives access to
 * @param interval how often it is charged
 * @param pricing how much
 * @param trial the free trial, or null for none
 * @param units which quantities can be bought
 * @since 0.1.0
 */
public record Plan(
        PlanKey key,
        Product product,
        BillingInterval interval,
        Pricing pricing,
        @Nullable TrialTerms trial,
        UnitTerms units) {
    /**
     * @throws IllegalArgumentException if interval and pricing contradict each other
     */
    public Plan {
        if (interval.recurring() == pricing instanceof Pricing.OneTime) {
            throw new IllegalArgumentException(
                    "Plan '" + key + "': one-time pricing goes with interval 'once', and nothing else does");
        }
        if (trial != null && !interval.recurring()) {
            throw new IllegalArgumentException("Plan '" + key + "': a one-time purchase has no trial");
        }
    }
}
