package dev.billhook.catalog;

/**
 * A plan's free trial.
 *
 * @param days length, 1 to 730 (the provider's limit)
 * @param cardRequired whether Checkout asks for a payment method at the start; without one the subscription ends with the
 *     trial
 * @since 0.1.0
 */
public record TrialTerms(int days, boolean cardRequired) {
    /**
     * @throws IllegalArgumentException if days is out of range
     */
    public TrialTerms {
        if (days < 1 || days > 730) {
            throw new IllegalArgumentException("A trial lasts 1 to 730 days, not " + days);
        }
    }
}
