package dev.billhook.entitlement;

/**
 * What the account should be asked to do.
 *
 * @since 0.1.0
 */
public enum NextStep {
    /** Nothing. */
    NOTHING,
    /** Choose a plan and go to Checkout. */
    CHOOSE_PLAN,
    /** Update the payment method in the portal. */
    UPDATE_PAYMENT_METHOD
}
