package dev.billhook.conversion;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.subscription.Subscription;

/**
 * Decides which changes to a subscription's lines make it one of another plan. Pure: equal inputs give equal answers,
 * nothing is called. Thread-safe.
 *
 * @since 0.1.0
 */
public interface PlanConverter {
    /** The converter for the plans of a catalog. */
    static PlanConverter standard(Catalog catalog) {
        return new DefaultPlanConverter(catalog);
    }

    /**
     * The changes that lead to the target. Lines that are not the catalog's stay as they are.
     *
     * @return the conversion; it has no changes if the subscription is on the target already
     * @throws ConversionException if the subscription cannot become one of the target plan
     */
    Conversion convert(Subscription current, Plan target);
}
