package dev.billhook.discount;

import dev.billhook.account.AccountRef;
import dev.billhook.coupon.CouponDuration;
import dev.billhook.coupon.RedemptionLimits;
import dev.billhook.coupon.Reduction;
import dev.billhook.money.Money;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A wish for a code to be handed on. Immutable.
 *
 * @param reduction what it takes off
 * @param duration for how long
 * @param code the word to enter: letters, digits and {@code -}; null to let the provider make one up
 * @param limits how long and how often it can be redeemed
 * @param eligibility who may redeem it for what
 * @param metadata the host's notes, kept with the code at the provider
 * @since 0.1.0
 */
public record ReferralRequest(
        Reduction reduction,
        CouponDuration duration,
        @Nullable String code,
        RedemptionLimits limits,
        Eligibility eligibility,
        Map<String, String> metadata) {
    private static final int MOST_NOTES = 40;

    /**
     * Copies the notes.
     *
     * @throws IllegalArgumentException if the code or a note is not of the form the provider takes
     */
    public ReferralRequest {
        if (code != null && !code.matches("[A-Za-z0-9-]{3,64}")) {
            throw new IllegalArgumentException("A code is 3 to 64 letters, digits or '-'");
        }
        metadata = Map.copyOf(metadata);
        if (metadata.size() > MOST_NOTES || !metadata.entrySet().stream().allMatch(ReferralRequest::acceptable)) {
            throw new IllegalArgumentException("Metadata are at most 40 notes with keys of 1 to 40 letters, digits, '_'"
                    + " or '-' that do not begin with 'billhook', and values of at most 500 characters");
        }
    }

    private static boolean acceptable(Map.Entry<String, String> note) {
        return note.getKey().matches("(?!billhook)[A-Za-z0-9_-]{1,40}")
                && note.getValue().length() <= 500;
    }

    /** A code that takes this off the first invoice that costs something, of everybody and as often as one likes. */
    public static ReferralRequest of(Reduction reduction) {
        return new ReferralRequest(
                reduction, CouponDuration.once(), null, RedemptionLimits.NONE, Eligibility.EVERYBODY, Map.of());
    }

    /** The same for another time. */
    public ReferralRequest lasting(CouponDuration newDuration) {
        return new ReferralRequest(reduction, newDuration, code, limits, eligibility, metadata);
    }

    /** The same with a word of the host's. */
    public ReferralRequest withCode(String newCode) {
        return new ReferralRequest(reduction, duration, newCode, limits, eligibility, metadata);
    }

    /** The same, redeemable this often at most. */
    public ReferralRequest redeemableAtMost(long times) {
        return limited(new RedemptionLimits(limits.until(), times));
    }

    /** The same, redeemable until then (UTC). */
    public ReferralRequest redeemableUntil(Instant end) {
        return limited(new RedemptionLimits(end, limits.most()));
    }

    /** The same for those only who never paid before. */
    public ReferralRequest forFirstTimeBuyers() {
        return eligible(new Eligibility(true, eligibility.minimum(), eligibility.account()));
    }

    /** The same for purchases of at least this much, before discounts; such a code works in that currency only. */
    public ReferralRequest forAtLeast(Money minimum) {
        return eligible(new Eligibility(eligibility.firstTimeOnly(), minimum, eligibility.account()));
    }

    /** The same for this account only. */
    public ReferralRequest forAccount(AccountRef account) {
        return eligible(new Eligibility(eligibility.firstTimeOnly(), eligibility.minimum(), account));
    }

    /** The same with one more note. */
    public ReferralRequest withMetadata(String key, String value) {
        Map<String, String> more = new HashMap<>(metadata);
        more.put(key, value);
        return new ReferralRequest(reduction, duration, code, limits, eligibility, more);
    }

    private ReferralRequest limited(RedemptionLimits newLimits) {
        return new ReferralRequest(reduction, duration, code, newLimits, eligibility, metadata);
    }

    private ReferralRequest eligible(Eligibility newEligibility) {
        return new ReferralRequest(reduction, duration, code, limits, newEligibility, metadata);
    }

    /**
     * Who may redeem a code for what.
     *
     * @param firstTimeOnly only who never paid before
     * @param minimum the smallest purchase, or null for any
     * @param account the only account, or null for all
     */
    public record Eligibility(
            boolean firstTimeOnly,
            @Nullable Money minimum,
            @Nullable AccountRef account) {
        /** Everybody, for everything. */
        public static final Eligibility EVERYBODY = new Eligibility(false, null, null);

        /**
         * @throws IllegalArgumentException if the minimum is not positive
         */
        public Eligibility {
            if (minimum != null && minimum.minorUnits() < 1) {
                throw new IllegalArgumentException("A smallest purchase is greater than zero");
            }
        }
    }
}
