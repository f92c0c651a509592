package dev.billhook.addon;

import dev.billhook.addon.AddOnException.Reason;
import dev.billhook.addon.AddOnPolicy.MainEnd;
import dev.billhook.addon.AddOnRequest.Placement;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Pricing;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import java.time.Instant;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which add-ons go with which subscriptions, where, and how long. Pure: equal inputs give equal answers.
 *
 * @since 0.1.0
 */
public final class AddOnRules {
    private AddOnRules() {}

    /**
     * Refuses what a subscription cannot have.
     *
     * @param tier the main subscription's plan
     * @throws AddOnException with the first reason that speaks against it
     */
    public static void check(Subscription main, Plan tier, Plan addOn, AddOnRequest request) {
        if (!addOn.product().addOn() || !addOn.interval().recurring()) {
            throw new AddOnException(
                    Reason.NOT_AN_ADD_ON,
                    "Plan '" + addOn.key() + "' is no recurring plan of an add-on",
                    "change plans with subscriptions().changePlan(…), or sell it through Checkout");
        }
        if (!addOn.product().goesWith(tier.product())) {
            throw new AddOnException(
                    Reason.NOT_WITH_TIER,
                    "Add-on '" + addOn.key() + "' does not go with '"
                            + tier.product().key() + "'",
                    "change to a tier it goes with first");
        }
        if (!main.status().running()) {
            throw new AddOnException(
                    Reason.NOT_RUNNING,
                    "Subscription " + main.id() + " is " + main.status() + " and takes no add-ons",
                    "let the account pay or resume it first");
        }
        Currency currency = main.terms().currency();
        if (currency != null && !addOn.pricing().currencies().contains(currency)) {
            throw new AddOnException(
                    Reason.CURRENCY,
                    "Add-on '" + addOn.key() + "' is not sold in " + currency,
                    "add the currency to the plan's prices");
        }
        checkUnits(addOn, request.units());
    }

    /**
     * Refuses a number of units the plan does not allow.
     *
     * @throws AddOnException if so
     */
    public static void checkUnits(Plan addOn, long units) {
        boolean allowed = addOn.pricing().takesUnits() ? addOn.units().allows(units) : units == 1;
        if (!allowed) {
            throw new AddOnException(
                    Reason.UNITS_NOT_ALLOWED,
                    "Add-on '" + addOn.key() + "' cannot be had " + units + " times",
                    "ask for a number its plan allows");
        }
    }

    /** What a number of units means for the line: metered plans have none, included units are bought in any case. */
    public static long quantity(Plan addOn, long units) {
        return addOn.pricing() instanceof Pricing.Metered
                ? 0
                : addOn.pricing().takesUnits() ? addOn.units().billed(units) : 1;
    }

    /**
     * Where it goes.
     *
     * @return {@link Placement#LINE} or {@link Placement#OWN_SUBSCRIPTION}
     * @throws AddOnException if it cannot go where it is wished
     */
    public static Placement place(Plan tier, Plan addOn, AddOnRequest request, Timing timing) {
        boolean same = tier.interval().equals(addOn.interval());
        if (request.placement() == Placement.LINE && !same) {
            throw new AddOnException(
                    Reason.OTHER_INTERVAL,
                    "Add-on '" + addOn.key() + "' has another interval than '" + tier.key() + "'",
                    "give it a subscription of its own, or take its plan of the same interval");
        }
        Placement place = request.placement() == Placement.FITTING
                ? same ? Placement.LINE : Placement.OWN_SUBSCRIPTION
                : request.placement();
        if (place == Placement.OWN_SUBSCRIPTION && !timing.now()) {
            throw new AddOnException(
                    Reason.BEGINS_NOW,
                    "Add-on '" + addOn.key() + "' gets a subscription of its own, which begins now",
                    "add it now, or when the main subscription renews");
        }
        return place;
    }

    /**
     * What follows for an add-on's subscription from the main one's.
     *
     * @param main the main subscription, or null if there is none any more
     */
    public static Step follow(@Nullable Subscription main, Subscription addOn, AddOnPolicy policy) {
        if (addOn.status().ended() || policy.mainEnd() == MainEnd.GO_ON) {
            return new Step.Nothing();
        }
        if (main == null || main.status().ended()) {
            return new Step.EndNow();
        }
        Optional<Instant> end = main.pendingEnd();
        if (end.isPresent()) {
            boolean later =
                    addOn.pendingEnd().map(own -> own.isAfter(end.get())).orElse(true);
            return later ? new Step.EndAt(end.get()) : new Step.Nothing();
        }
        // One that was removed by itself ends with its period; one that was to end with the main one ends at a date.
        return addOn.cancelAt() != null && !addOn.cancelAtPeriodEnd() ? new Step.GoOn() : new Step.Nothing();
    }

    /** What happens to an add-on's subscription. */
    public sealed interface Step {
        /** Nothing. */
        record Nothing() implements Step {}

        /** It ends now. */
        record EndNow() implements Step {}

        /**
         * It will end.
         *
         * @param end when (UTC)
         */
        record EndAt(Instant end) implements Step {}

        /** Its pending end is lifted. */
        record GoOn() implements Step {}
    }
}
