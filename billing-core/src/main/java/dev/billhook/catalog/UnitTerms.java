package dev.billhook.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which quantities of a plan can be bought.
 *
 * @param minimum fewest units, at least 0
 * @param maximum most units, or null for no bound
 * @since 0.1.0
 */
public record UnitTerms(long minimum, @Nullable Long maximum) {
    /** Exactly one: plans that are not sold by the unit. */
    public static final UnitTerms SINGLE = new UnitTerms(1, 1L);

    /** One or more. */
    public static final UnitTerms ANY = new UnitTerms(1, null);

    /**
     * @throws IllegalArgumentException if the minimum is negative or above the maximum
     */
    public UnitTerms {
        if (minimum < 0 || (maximum != null && maximum < minimum)) {
            throw new IllegalArgumentException("Units must satisfy 0 <= minimum <= maximum");
        }
    }

    /** The nearest quantity that can be bought. */
    public long clamp(long units) {
        long atLeast = Math.max(units, minimum);
        return maximum == null ? atLeast : Math.min(atLeast, maximum);
    }

    /** Whether the quantity can be bought. */
    public boolean allows(long units) {
        return clamp(units) == units;
    }
}
