package dev.billhook.discount;

import dev.billhook.coupon.Coupon;
import dev.billhook.coupon.RedemptionLimits;

/**
 * A code that was made to be handed on.
 *
 * @param code the word to enter
 * @param coupon what it gives
 * @param limits how long and how often it can be redeemed
 * @param redeemed how often it was redeemed so far
 * @since 0.1.0
 */
public record ReferralCode(String code, Coupon coupon, RedemptionLimits limits, long redeemed) {
    /** What the provider tells of it. */
    public static ReferralCode of(PromotionCode code) {
        return new ReferralCode(
                code.code(), code.coupon(), code.limits(), code.used().code());
    }
}
