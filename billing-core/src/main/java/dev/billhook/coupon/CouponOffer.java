package dev.billhook.coupon;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A coupon of the catalog with the words that lead to it.
 *
 * @param coupon the terms
 * @param codes its promotion codes; a word stands there once, whatever its case
 * @since 0.1.0
 */
public record CouponOffer(Coupon coupon, List<CodeTerms> codes) {
    /**
     * Copies the codes.
     *
     * @throws IllegalArgumentException if a word stands there twice, or a code outlives its coupon
     */
    public CouponOffer {
        codes = List.copyOf(codes);
        Set<String> words = new HashSet<>();
        for (CodeTerms code : codes) {
            if (!words.add(code.code().toUpperCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "Coupon '" + coupon.key() + "': code '" + code.code() + "' stands there twice");
            }
            checkWithin(coupon, code);
        }
    }

    /** The provider takes no code that outlives its coupon, or is redeemed more often. */
    private static void checkWithin(Coupon coupon, CodeTerms code) {
        RedemptionLimits whole = coupon.limits();
        RedemptionLimits part = code.limits();
        boolean longer =
                whole.until() != null && part.until() != null && part.until().isAfter(whole.until());
        boolean more = whole.most() != null && part.most() != null && part.most() > whole.most();
        if (longer || more) {
            throw new IllegalArgumentException("Coupon '" + coupon.key() + "': code '" + code.code()
                    + "' has to end with the coupon at the latest, and be redeemed no more often");
        }
    }
}
