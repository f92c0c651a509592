package dev.billhook.discount;

import dev.billhook.coupon.Coupon;
import dev.billhook.coupon.RedemptionLimits;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A word customers enter for a coupon, as the provider knows it.
 *
 * @param id the provider's id
 * @param code the word; its case does not matter
 * @param active whether it is switched on
 * @param coupon what it leads to
 * @param limits how long and how often this code can be redeemed
 * @param used how often it was redeemed
 * @param restrictions who may redeem it for what
 * @since 0.1.0
 */
public record PromotionCode(
        String id,
        String code,
        boolean active,
        Coupon coupon,
        RedemptionLimits limits,
        Used used,
        Restrictions restrictions) {
    /** Whether its time, or the coupon's, has passed. */
    public boolean expired(Instant now) {
        return limits.passed(now) || coupon.limits().passed(now);
    }

    /** Whether it, or the coupon, was redeemed as often as it may be. */
    public boolean exhausted() {
        return limits.usedUp(used.code()) || coupon.limits().usedUp(used.coupon());
    }

    /** Whether it can be redeemed at all. */
    public boolean live(Instant now) {
        return active && !expired(now) && !exhausted();
    }

    /**
     * How often something was redeemed.
     *
     * @param code this code
     * @param coupon the coupon, by all its codes
     */
    public record Used(long code, long coupon) {}

    /**
     * Who may redeem a code for what.
     *
     * @param customerId the only customer who may, or null for all; the provider's id
     * @param firstTimeOnly whether only who never paid before may
     * @param minimum the smallest purchase in minor units by currency; empty for any. If there is one, the code works in these
     *     currencies only
     */
    public record Restrictions(@Nullable String customerId, boolean firstTimeOnly, Map<Currency, Long> minimum) {
        /** Everybody may, for everything. */
        public static final Restrictions NONE = new Restrictions(null, false, Map.of());

        /** Copies the amounts. */
        public Restrictions {
            minimum = Map.copyOf(minimum);
        }
    }
}
