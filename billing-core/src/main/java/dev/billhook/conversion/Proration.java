package dev.billhook.conversion;

/**
 * How a change within a period is charged.
 *
 * @since 0.1.0
 */
public enum Proration {
    /** Unused time is credited and the rest charged on the next invoice. */
    NEXT_INVOICE,
    /** Unused time is credited and the rest charged on an invoice made at once. */
    INVOICE_NOW,
    /** Nothing is credited or charged for the current period. */
    NONE
}
