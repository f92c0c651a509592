package dev.billhook.catalog;

import org.jspecify.annotations.Nullable;

/**
 * How much of something a plan allows.
 *
 * @param value the allowance, not negative; null for unlimited
 * @param perUnit whether the allowance counts once for each unit of the subscription
 * @since 0.1.0
 */
public record Limit(@Nullable Long value, boolean perUnit) {
    /**
     * @throws IllegalArgumentException if the value is negative
     */
    public Limit {
        if (value != null && value < 0) {
            throw new IllegalArgumentException("A limit must not be negative");
        }
    }

    /** A fixed allowance. */
    public static Limit of(long value) {
        return new Limit(value, false);
    }

    /** An allowance for each unit. */
    public static Limit perUnit(long value) {
        return new Limit(value, true);
    }

    /** No bound. */
    public static Limit unlimited() {
        return new Limit(null, false);
    }

    /**
     * The allowance for so many units, as a limit that does not depend on units any more.
     *
     * @throws ArithmeticException on overflow
     */
    public Limit forUnits(long units) {
        return value == null || !perUnit ? new Limit(value, false) : of(Math.multiplyExact(value, units));
    }

    /** The more generous of two limits; both must not be {@link #perUnit()}. */
    public Limit max(Limit other) {
        if (value == null || other.value == null) {
            return unlimited();
        }
        return value >= other.value ? this : other;
    }

    /**
     * Both together, as an add-on adds to its tier; both must not be {@link #perUnit()}.
     *
     * @throws ArithmeticException on overflow
     */
    public Limit plus(Limit other) {
        return value == null || other.value == null ? unlimited() : of(Math.addExact(value, other.value));
    }
}
