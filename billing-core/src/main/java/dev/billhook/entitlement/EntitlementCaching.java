package dev.billhook.entitlement;

import java.time.Duration;

/**
 * How answers are remembered in this process. A change that comes through this process is seen at once after its commit; one
 * that comes through another node, after {@code maxStaleness} at the latest. No answer is given beyond its
 * {@link Entitlements#validUntil()}.
 *
 * @param maxAccounts how many accounts are asked for again and again, about; nearly all of so many are remembered, and four times as
 *     many at most; 0 for none
 * @param maxStaleness how old an answer may be
 * @since 0.1.0
 */
public record EntitlementCaching(int maxAccounts, Duration maxStaleness) {
    /** A hundred thousand accounts, for five seconds. */
    public static final EntitlementCaching STANDARD = new EntitlementCaching(100_000, Duration.ofSeconds(5));

    /** Every question goes to the database. */
    public static final EntitlementCaching NONE = new EntitlementCaching(0, Duration.ZERO);

    private static final int MOST = 100_000_000;

    /**
     * @throws IllegalArgumentException if the number is not between 0 and a hundred million, or the time negative
     */
    public EntitlementCaching {
        if (maxAccounts < 0 || maxAccounts > MOST || maxStaleness.isNegative()) {
            throw new IllegalArgumentException(
                    "Entitlements are cached for 0 to " + MOST + " accounts and for no negative time");
        }
    }
}
