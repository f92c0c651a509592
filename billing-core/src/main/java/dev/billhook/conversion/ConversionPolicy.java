package dev.billhook.conversion;

import dev.billhook.subscription.Timing;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a host wants plan changes to be made. The standard is what subscribers of software expect: what costs more is had and
 * paid at once, what costs less begins when the paid period ends, and a trial is changed freely.
 *
 * @param timings when a change of each kind happens
 * @param duringTrial when any change of a subscription in its free trial happens
 * @param units how units carry over
 * @param addOns what happens to add-ons the target cannot have
 * @param setUpFee whether a change of product charges the target's set-up fee
 * @since 0.1.0
 */
public record ConversionPolicy(
        Map<Conversion.Kind, Timing> timings, Timing duringTrial, UnitRule units, AddOnRule addOns, SetUpFee setUpFee) {
    /**
     * @throws IllegalArgumentException if a kind has no timing
     */
    public ConversionPolicy {
        timings = Map.copyOf(timings);
        if (timings.size() < Conversion.Kind.values().length) {
            throw new IllegalArgumentException("A conversion policy tells the timing of every kind of change");
        }
    }

    /**
     * Upgrades and longer intervals now and invoiced now: nobody uses the greater plan unpaid, and nobody is surprised weeks
     * later. Downgrades and shorter intervals at renewal: what is paid stays, and no credit piles up. Crossgrades, fewer units
     * and removed duplicates now and prorated. Present prices now without proration: they count from the renewal on.
     */
    public static ConversionPolicy standard() {
        return new ConversionPolicy(
                Map.of(
                        Conversion.Kind.NONE, Timing.NOW_PRORATE,
                        Conversion.Kind.UNITS, Timing.NOW_PRORATE,
                        Conversion.Kind.PRICE, Timing.NOW_WITHOUT_PRORATION,
                        Conversion.Kind.UPGRADE, Timing.NOW_INVOICE,
                        Conversion.Kind.DOWNGRADE, Timing.AT_RENEWAL,
                        Conversion.Kind.LONGER_INTERVAL, Timing.NOW_INVOICE,
                        Conversion.Kind.SHORTER_INTERVAL, Timing.AT_RENEWAL,
                        Conversion.Kind.CROSSGRADE, Timing.NOW_PRORATE),
                Timing.NOW_WITHOUT_PRORATION,
                UnitRule.KEEP,
                AddOnRule.REFUSE,
                SetUpFee.WAIVE);
    }

    /** When a change of the kind happens. */
    public Timing timing(Conversion.Kind kind) {
        return Objects.requireNonNull(timings.get(kind));
    }

    /** The same with another timing for a kind. */
    public ConversionPolicy with(Conversion.Kind kind, Timing timing) {
        Map<Conversion.Kind, Timing> changed = new EnumMap<>(timings);
        changed.put(kind, timing);
        return new ConversionPolicy(changed, duringTrial, units, addOns, setUpFee);
    }

    /** The same with another timing during trials. */
    public ConversionPolicy withDuringTrial(Timing timing) {
        return new ConversionPolicy(timings, timing, units, addOns, setUpFee);
    }

    /** The same with another rule for units. */
    public ConversionPolicy with(UnitRule rule) {
        return new ConversionPolicy(timings, duringTrial, rule, addOns, setUpFee);
    }

    /** The same with another rule for add-ons. */
    public ConversionPolicy with(AddOnRule rule) {
        return new ConversionPolicy(timings, duringTrial, units, rule, setUpFee);
    }

    /** The same with another rule for set-up fees. */
    public ConversionPolicy with(SetUpFee rule) {
        return new ConversionPolicy(timings, duringTrial, units, addOns, rule);
    }

    /** How units carry over to the target. Whatever the rule, at least the target's included units are bought. */
    public enum UnitRule {
        /** As many as before, at least the target's minimum; refused if the target does not allow that many. */
        KEEP,
        /** As many as before, within the target's minimum and maximum. */
        CAP,
        /** As few as the target allows. */
        MINIMUM
    }

    /** What happens to an add-on that is not sold at the target's interval or does not go with the target's tier. */
    public enum AddOnRule {
        /** The change is refused: nobody loses silently what he pays for. */
        REFUSE,
        /** The add-on goes. */
        REMOVE
    }

    /** Whether a subscriber who comes from another product pays the target's set-up fee. */
    public enum SetUpFee {
        /** No: it is for new subscribers. */
        WAIVE,
        /** Yes, together with the change. */
        CHARGE
    }
}
