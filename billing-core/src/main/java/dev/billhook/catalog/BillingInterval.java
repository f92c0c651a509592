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

    /** A step of the calendar. */
    public enum Unit {
        /** Calendar day. */
        DAY(1095),
        /** Seven days. */
        WEEK(156),
        /** Calendar month. */
        MONTH(36),
        /** Calendar year. */
        YEAR(3),
        /** No renewal. */
        ONCE(1);

        private final int maximum;

        Unit(int maximum) {
            this.maximum = maximum;
        }
    }
}
