package dev.billhook.entitlement;

/**
 * Why an account's access is as it is, for the words a host finds.
 *
 * @since 0.1.0
 */
public enum AccessReason {
    /** It never had anything. */
    NOTHING_BOUGHT,
    /** A subscription in good standing. */
    SUBSCRIBED,
    /** A free trial. */
    IN_TRIAL,
    /** A plan that was paid once. */
    PURCHASED,
    /** It was given. */
    GRANTED,
    /** The first payment is open. */
    FIRST_PAYMENT_OPEN,
    /** The first payment never came. */
    FIRST_PAYMENT_FAILED,
    /** A renewal is late. */
    PAYMENT_LATE,
    /** A renewal is later than the grace lasts, or the provider gave up to collect it. */
    PAYMENT_MISSING,
    /** The trial ended without a payment method. */
    TRIAL_WITHOUT_PAYMENT_METHOD,
    /** Invoices are not collected for a time. */
    COLLECTION_PAUSED,
    /** What it had has ended. */
    ENDED,
    /** A purchase was paid back or disputed. */
    REVOKED,
    /** Billing is switched off: everything is allowed. */
    SWITCHED_OFF
}
