package dev.billhook.checkout;

/**
 * Where in the Customer Portal a visit starts.
 *
 * @since 0.1.0
 */
public enum PortalFlow {
    /** The overview. */
    HOME,
    /** Cancelling the main subscription. */
    CANCEL,
    /** Switching the main subscription's plan. */
    SWITCH_PLAN,
    /** Replacing the payment method. */
    UPDATE_PAYMENT_METHOD
}
