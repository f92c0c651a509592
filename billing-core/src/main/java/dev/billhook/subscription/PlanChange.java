package dev.billhook.subscription;

import dev.billhook.catalog.PlanKey;
import org.jspecify.annotations.Nullable;

/**
 * A wish to change to a plan.
 *
 * @param target the plan; may be the present one
 * @param units how many units of it, or null to keep the present ones as the conversion policy says
 * @param timing when, or null to let the conversion policy decide
 * @param toPresentPrices whether lines of plans that stay move to the plan's present price; otherwise subscribers of an older
 *     price stay on it
 * @since 0.1.0
 */
public record PlanChange(
        PlanKey target, @Nullable Long units, @Nullable Timing timing, boolean toPresentPrices) {
    /** To the plan, by the policy. */
    public static PlanChange to(PlanKey target) {
        return new PlanChange(target, null, null, false);
    }

    /** The same with a number of units. */
    public PlanChange withUnits(long newUnits) {
        return new PlanChange(target, newUnits, timing, toPresentPrices);
    }

    /** The same at a time. */
    public PlanChange at(Timing newTiming) {
        return new PlanChange(target, units, newTiming, toPresentPrices);
    }

    /** The same at present prices. */
    public PlanChange atPresentPrices() {
        return new PlanChange(target, units, timing, true);
    }
}
