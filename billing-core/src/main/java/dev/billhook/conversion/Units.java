package dev.billhook.conversion;

import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.conversion.ConversionException.Reason;
import dev.billhook.subscription.Timing;
import org.jspecify.annotations.Nullable;

/** How many units a line has after a conversion. */
final class Units {
    private final ConversionPolicy.UnitRule rule;

    Units(ConversionPolicy.UnitRule rule) {
        this.rule = rule;
    }

    /** The quantity of the plan's line when exactly this number is asked for. */
    static long asked(Plan plan, long units) {
        long one = withoutUnits(plan);
        if (plan.pricing().takesUnits() ? !plan.units().allows(units) : units != one) {
            throw notAllowed(plan, units);
        }
        return plan.pricing().takesUnits() ? plan.units().billed(units) : one;
    }

    /** The quantity of the plan's line that takes over units of others. */
    long carried(Plan plan, long units) {
        if (!plan.pricing().takesUnits()) {
            return withoutUnits(plan);
        }
        UnitTerms terms = plan.units();
        return switch (rule) {
            case MINIMUM -> terms.billed(terms.minimum());
            case CAP -> terms.billed(terms.clamp(units));
            case KEEP -> {
                long enough = Math.max(units, terms.minimum());
                if (!terms.allows(enough)) {
                    throw notAllowed(plan, enough);
                }
                yield terms.billed(enough);
            }
        };
    }

    /**
     * When a change from one quantity of a plan to another happens: more is bought as the plan's terms say.
     *
     * @param within when a change happens that buys no more
     */
    static Timing timing(Plan plan, long before, long after, Timing within) {
        UnitTerms.Beyond beyond = plan.units().beyond();
        boolean more = after > Math.max(before, plan.units().included());
        if (!more && beyond != UnitTerms.Beyond.REFUSE) {
            return within;
        }
        return switch (beyond) {
            case PRORATE -> Timing.NOW_PRORATE;
            case INVOICE_NOW -> Timing.NOW_INVOICE;
            case REFUSE ->
                throw new ConversionException(
                        Reason.UNITS_FIXED,
                        "The units of plan '" + plan.key() + "' are fixed within a period; there are " + before,
                        "ask for " + after + " at renewal, or change the plan");
        };
    }

    private static long withoutUnits(Plan plan) {
        return plan.pricing() instanceof Pricing.Metered ? 0 : 1;
    }

    private static ConversionException notAllowed(Plan plan, long units) {
        @Nullable Long maximum = plan.units().maximum();
        String range = !plan.pricing().takesUnits()
                ? "it is not sold by the unit"
                : "it is sold from " + plan.units().minimum()
                        + (maximum == null ? " units on" : " to " + maximum + " units");
        return new ConversionException(
                Reason.UNITS_NOT_ALLOWED,
                "Plan '" + plan.key() + "' cannot have " + units + " units: " + range,
                "ask for a number it allows");
    }
}
