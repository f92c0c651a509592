package dev.billhook.conversion;

import dev.billhook.catalog.Catalog;

/**
 * Decides which changes to a subscription's lines make it one of another plan, when they happen and how they are charged.
 * Pure: equal inputs give equal answers, nothing is called. Thread-safe.
 *
 * @since 0.1.0
 */
public interface PlanConverter {
    /** The converter for the plans of a catalog, by the standard policy. */
    static PlanConverter standard(Catalog catalog) {
        return of(catalog, ConversionPolicy.standard());
    }

    /** The converter for the plans of a catalog, by a policy. */
    static PlanConverter of(Catalog catalog, ConversionPolicy policy) {
        return new DefaultPlanConverter(catalog, policy);
    }

    /**
     * The changes that lead to the target. The line of the present tier takes it over; other tiers' lines go, their units
     * kept. Add-ons move to the plan of the target's interval. Lines that are not the catalog's stay as they are.
     *
     * @return the conversion; it has no changes if the subscription is on the target already
     * @throws ConversionException if the subscription cannot become one of the target plan
     */
    Conversion convert(ConversionRequest request);
}
