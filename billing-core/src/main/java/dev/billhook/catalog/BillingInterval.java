package dev.billhook.catalog;

/**
 * How often a plan is charged.
 *
 * @param unit length of one step
 * @param count steps between two charges, 1 for {@link Unit#ONCE}
 * @since 0.1.0
 */
public record BillingInterval(Unit unit, int count) {
    /** Every month. */
    public static final BillingInterval MONTHLY = new BillingInterval(Unit.MONTH, 1);

    /** Every year. */
    public static final BillingInterval YEARLY = new BillingInterval(Unit.YEAR, 1);

    /** One payment, for ever. */
    public static final BillingInterval ONCE = new BillingInterval(Unit.ONCE, 1);

    /**
     * @throws IllegalArgumentException if count is below 1, above three years (the provider's limit), or not 1 for ONCE
     */
    public BillingInterval {
        if (count < 1 || count > unit.maximum) {
            throw new IllegalArgumentException(
                    "An interval of " + unit + " takes a count from 1 to " + unit.maximum + ", not " + count);
        }
    }

    /** Whether the plan renews. */
    public boolean recurring() {
        return unit != Unit.ONCE;
    }

    /** Which of two intervals is longer; twelve months are as long as a year, months have their average length. */
    public int compareLength(BillingInterval other) {
        return Long.compare(count * unit.length, other.count * other.unit.length);
    }

    /** A step of the calendar. */
    public enum Unit {
        /** Calendar day. */
        DAY(1095, 10_000),
        /** Seven days. */
        WEEK(156, 70_000),
        /** Calendar month. */
        MONTH(36, 304_375),
        /** Calendar year. */
        YEAR(3, 12 * 304_375),
        /** No renewal. */
        ONCE(1, Integer.MAX_VALUE);

        private final int maximum;
        /** In ten thousandths of a day. */
        private final long length;

        Unit(int maximum, long length) {
            this.maximum = maximum;
            this.length = length;
        }
    }
}
