package dev.billhook.subscription;

/**
 * How a subscription's invoices are collected.
 *
 * @since 0.1.0
 */
public sealed interface CollectionMethod {
    /** From the default payment method, by itself. */
    static CollectionMethod automatic() {
        return new Automatic();
    }

    /**
     * By an invoice the customer pays by hand.
     *
     * @param daysUntilDue days from the invoice to its due date, at least 0
     */
    static CollectionMethod invoice(int daysUntilDue) {
        return new Invoice(daysUntilDue);
    }

    /** From the default payment method, by itself. */
    record Automatic() implements CollectionMethod {}

    /**
     * By an invoice the customer pays by hand.
     *
     * @param daysUntilDue days from the invoice to its due date, at least 0
     */
    record Invoice(int daysUntilDue) implements CollectionMethod {
        /**
         * @throws IllegalArgumentException if the days are negative
         */
        public Invoice {
            if (daysUntilDue < 0) {
                throw new IllegalArgumentException("An invoice is due after 0 or more days, not " + daysUntilDue);
            }
        }
    }
}
