package dev.billhook.subscription;

/**
 * When a change of lines happens, and how the running period is charged.
 *
 * @since 0.1.0
 */
public enum Timing {
    /** At once; unused time is credited and the rest of the period charged on the next invoice. */
    NOW_PRORATE,
    /**
     * At once, if the customer pays at once: unused time is credited and the rest of the period charged on an invoice made
     * now. If the payment fails, nothing changes.
     */
    NOW_INVOICE,
    /** At once; nothing is credited or charged for the running period. */
    NOW_WITHOUT_PRORATION,
    /** When the running period ends; until then everything stays as it is. */
    AT_RENEWAL;

    /** Whether the lines change at once. */
    public boolean now() {
        return this != AT_RENEWAL;
    }
}
