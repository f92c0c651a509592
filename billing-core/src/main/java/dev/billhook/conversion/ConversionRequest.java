package dev.billhook.conversion;

import dev.billhook.catalog.Plan;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import org.jspecify.annotations.Nullable;

/**
 * What is to be decided: how a subscription becomes one of a plan.
 *
 * @param current the subscription
 * @param target the plan it shall have; may be the one it has
 * @param units how many units of the target are asked for, or null to derive them from the present ones
 * @param timing when, or null to let the policy decide
 * @param refreshPrice whether lines of plans that stay move to the plan's present price; otherwise subscribers of an older
 *     price stay on it
 * @since 0.1.0
 */
public record ConversionRequest(
        Subscription current,
        Plan target,
        @Nullable Long units,
        @Nullable Timing timing,
        boolean refreshPrice) {
    /**
     * What an account wishes of its subscription.
     *
     * @param target the plan the wish names
     */
    public static ConversionRequest of(Subscription current, Plan target, PlanChange wish) {
        return new ConversionRequest(current, target, wish.units(), wish.timing(), wish.toPresentPrices());
    }

    /** From the subscription to the plan, by the policy. */
    public static ConversionRequest of(Subscription current, Plan target) {
        return new ConversionRequest(current, target, null, null, false);
    }

    /** The same with a number of units. */
    public ConversionRequest withUnits(long newUnits) {
        return new ConversionRequest(current, target, newUnits, timing, refreshPrice);
    }

    /** The same at a time. */
    public ConversionRequest at(Timing newTiming) {
        return new ConversionRequest(current, target, units, newTiming, refreshPrice);
    }
}
