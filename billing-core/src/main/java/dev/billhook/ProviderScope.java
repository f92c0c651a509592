package dev.billhook;

/**
 * Which account at the payment provider a {@link Billing} works with. Every row of the mirror belongs to one scope.
 *
 * @param account the host's name for the provider account, e.g. {@code default} or {@code eu}; 1 to 64 letters, digits,
 *     {@code _} or {@code -}
 * @param livemode whether real money moves
 * @since 0.1.0
 */
public record ProviderScope(String account, boolean livemode) {
    /**
     * @throws IllegalArgumentException if the name is not of the form above
     */
    public ProviderScope {
        if (!account.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("'" + account + "' is no scope name; use letters, digits, '_' and '-'");
        }
    }

    /** Test mode of the only provider account. */
    public static ProviderScope test() {
        return new ProviderScope("default", false);
    }

    /** Live mode of the only provider account. */
    public static ProviderScope live() {
        return new ProviderScope("default", true);
    }
}
