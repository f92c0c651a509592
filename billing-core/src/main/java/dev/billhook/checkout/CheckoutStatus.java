package dev.billhook.checkout;

/**
 * How far a visit to the payment page got.
 *
 * @since 0.1.0
 */
public enum CheckoutStatus {
    /** Waiting for the buyer. */
    OPEN,
    /** The buyer finished, and the money for what is paid once is on its way; that can take days. */
    PENDING,
    /** The buyer finished; access follows from the mirror. */
    COMPLETE,
    /** Can no longer be paid. */
    EXPIRED
}
