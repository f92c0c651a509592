package dev.billhook.lifecycle;

/**
 * How an account that left comes back.
 *
 * @param prices at which prices
 * @since 0.1.0
 */
public record Reactivation(Prices prices) {
    /** At its old prices as far as they are still sold. */
    public static Reactivation atOldPrices() {
        return new Reactivation(Prices.OLD_IF_SOLD);
    }

    /** At the present prices of its plans. */
    public static Reactivation atPresentPrices() {
        return new Reactivation(Prices.PRESENT);
    }

    /** At which prices. */
    public enum Prices {
        /** The old price of a line if the provider still sells it, else the plan's present one. */
        OLD_IF_SOLD,
        /** The plan's present price; a line without a plan in the catalog keeps its price if the provider still sells it. */
        PRESENT
    }
}
