package dev.billhook.addon;

import dev.billhook.catalog.PlanKey;
import dev.billhook.subscription.Timing;
import org.jspecify.annotations.Nullable;

/**
 * A wish for an add-on.
 *
 * @param plan the add-on's plan
 * @param units how many; 1 where it is not sold by the unit
 * @param placement where it goes
 * @param timing when, and how it is charged, or null to let the {@link AddOnPolicy} decide
 * @since 0.1.0
 */
public record AddOnRequest(
        PlanKey plan,
        long units,
        Placement placement,
        @Nullable Timing timing) {
    /** One of the plan. */
    public static AddOnRequest of(PlanKey plan) {
        return new AddOnRequest(plan, 1, Placement.FITTING, null);
    }

    /** The same with a number of units. */
    public AddOnRequest withUnits(long newUnits) {
        return new AddOnRequest(plan, newUnits, placement, timing);
    }

    /** The same at a place. */
    public AddOnRequest in(Placement newPlacement) {
        return new AddOnRequest(plan, units, newPlacement, timing);
    }

    /** The same at a time. */
    public AddOnRequest at(Timing newTiming) {
        return new AddOnRequest(plan, units, placement, newTiming);
    }

    /** Where an add-on goes. */
    public enum Placement {
        /** A line where the intervals are the same, a subscription of its own where they are not. */
        FITTING,
        /** A line of the main subscription: one invoice, one payment; needs the same interval. */
        LINE,
        /** A subscription of its own, billed on the main one's billing date. */
        OWN_SUBSCRIPTION
    }
}
