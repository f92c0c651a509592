package dev.billhook;

/**
 * The request makes sense, but not in the account's present state, e.g. cancelling without a running subscription.
 *
 * @since 0.1.0
 */
public final class InvalidStateException extends BillingException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message the state that stands in the way and the remedy
     */
    public InvalidStateException(String message) {
        super(message);
    }
}
