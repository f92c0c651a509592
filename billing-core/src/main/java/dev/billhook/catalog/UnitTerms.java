package dev.billhook.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which quantities of a plan can be bought, and how more than the included ones are.
 *
 * @param minimum fewest units that can be asked for, at least 0
 * @param maximum most units, or null for no bound
 * @param included units that are bought with the plan in any case: up to this number more units change nothing
 * @param beyond what happens when more are asked for than are included or bought already
 * @since 0.1.0
 */
public record UnitTerms(long minimum, @Nullable Long maximum, long included, Beyond beyond) {
    /** Exactly one: plans that are not sold by the unit. */
    public static final UnitTerms SINGLE = new UnitTerms(1, 1L);

    /** One or more. */
    public static final UnitTerms ANY = new UnitTerms(1, null);

    /**
     * @throws IllegalArgumentException if the minimum is negative or above the maximum, or the included units are
     */
    public UnitTerms {
        if (minimum < 0 || (maximum != null && maximum < minimum)) {
            throw new IllegalArgumentException("Units must satisfy 0 <= minimum <= maximum");
        }
        if (included < 0 || (maximum != null && included > maximum)) {
            throw new IllegalArgumentException("Included units must satisfy 0 <= included <= maximum");
        }
    }

    /** Terms without included units; more are prorated. */
    public UnitTerms(long minimum, @Nullable Long maximum) {
        this(minimum, maximum, 0, Beyond.PRORATE);
    }

    /** The nearest number that can be asked for. */
    public long clamp(long units) {
        long atLeast = Math.max(units, minimum);
        return maximum == null ? atLeast : Math.min(atLeast, maximum);
    }

    /** Whether the number can be asked for. */
    public boolean allows(long units) {
        return clamp(units) == units;
    }

    /** What is bought when this number is asked for: at least the included units. */
    public long billed(long units) {
        return Math.max(units, included);
    }

    /** How units beyond the included ones, or beyond those bought already, are bought within a period. */
    public enum Beyond {
        /** Not at all; the number is fixed until another plan is taken. */
        REFUSE,
        /** At once; the rest of the period is charged on the next invoice. */
        PRORATE,
        /** At once; the rest of the period is invoiced at once. */
        INVOICE_NOW
    }
}
