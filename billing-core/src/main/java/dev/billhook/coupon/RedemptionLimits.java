package dev.billhook.coupon;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long and how often something can be redeemed.
 *
 * @param until the last moment (UTC), or null for no end
 * @param most how often at most, at least 1; null for no bound
 * @since 0.1.0
 */
public record RedemptionLimits(
        @Nullable Instant until, @Nullable Long most) {
    /** Whenever, and as often as one likes. */
    public static final RedemptionLimits NONE = new RedemptionLimits(null, null);

    /**
     * @throws IllegalArgumentException if it could never be redeemed
     */
    public RedemptionLimits {
        if (most != null && most < 1) {
            throw new IllegalArgumentException("A limit of redemptions is at least 1, not " + most);
        }
    }

    /** Whether the last moment has passed. */
    public boolean passed(Instant now) {
        return until != null && now.isAfter(until);
    }

    /** Whether this many redemptions leave no more. */
    public boolean usedUp(long redeemed) {
        return most != null && redeemed >= most;
    }
}
