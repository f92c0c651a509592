package dev.billhook.enforcement;

/**
 * What happens to what an account may not do.
 *
 * @since 0.1.0
 */
public enum Enforcement {
    /** It is denied. */
    ENFORCED,
    /**
     * Nothing is denied: everything is computed and shown, and what would have been denied is told to the
     * {@link ShadowObserver}. For the weeks before a billing that is introduced begins to count.
     */
    SHADOW
}
