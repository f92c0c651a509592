package dev.billhook.unit;

import dev.billhook.RequestKey;
import dev.billhook.subscription.Timing;
import org.jspecify.annotations.Nullable;

/**
 * A wish for another number of units.
 *
 * @param kind how the number is meant
 * @param units the number, at least 0
 * @param timing when and how it is charged, or null to let the plan's terms and the conversion policy decide
 * @param key makes the wish repeatable: with a key that was carried out lately it does nothing more; null for a wish that is
 *     not repeated
 * @since 0.1.0
 */
public record UnitChange(
        Kind kind,
        long units,
        @Nullable Timing timing,
        @Nullable RequestKey key) {
    /**
     * @throws IllegalArgumentException if the number is negative
     */
    public UnitChange {
        if (units < 0) {
            throw new IllegalArgumentException("Units are counted from 0, not " + units);
        }
    }

    /** So many more. */
    public static UnitChange add(long units) {
        return new UnitChange(Kind.ADD, units, null, null);
    }

    /** So many fewer. */
    public static UnitChange remove(long units) {
        return new UnitChange(Kind.REMOVE, units, null, null);
    }

    /** Exactly so many. */
    public static UnitChange set(long units) {
        return new UnitChange(Kind.SET, units, null, null);
    }

    /** The same at a time. */
    public UnitChange at(Timing newTiming) {
        return new UnitChange(kind, units, newTiming, key);
    }

    /** The same, repeatable. */
    public UnitChange with(RequestKey newKey) {
        return new UnitChange(kind, units, timing, newKey);
    }

    /**
     * The number that results from the number there is.
     *
     * @throws ArithmeticException if it is beyond all bounds
     */
    public long from(long present) {
        return switch (kind) {
            case ADD -> Math.addExact(present, units);
            case REMOVE -> present - units;
            case SET -> units;
        };
    }

    /** How a number is meant. */
    public enum Kind {
        /** On top of what there is. */
        ADD,
        /** Off what there is. */
        REMOVE,
        /** In place of what there is. */
        SET
    }
}
