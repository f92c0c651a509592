package dev.billhook;

/**
 * Something the host named does not exist: an account, a plan, a subscription.
 *
 * @since 0.1.0
 */
public final class NotFoundException extends BillingException {
    private static final long serialVersionUID = 1L;

    /**
     * @param kind what was looked for, e.g. "plan"
     * @param key the key it was looked for by
     * @param remedy what the caller can do about it
     */
    public NotFoundException(String kind, String key, String remedy) {
        super("No " + kind + " '" + key + "'. " + remedy);
    }
}
