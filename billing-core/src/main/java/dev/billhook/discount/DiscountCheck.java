package dev.billhook.discount;

import dev.billhook.coupon.Coupon;

/**
 * Whether a code can be redeemed.
 *
 * @since 0.1.0
 */
public sealed interface DiscountCheck {
    /** Whether it can. */
    default boolean valid() {
        return this instanceof Valid;
    }

    /**
     * It can, as things stand.
     *
     * @param code the code as the provider writes it
     * @param coupon what it gives
     */
    record Valid(String code, Coupon coupon) implements DiscountCheck {}

    /**
     * It cannot.
     *
     * @param reason why
     * @param message the reason in an English sentence for the person who entered the code; names nobody
     */
    record Refused(Reason reason, String message) implements DiscountCheck {}

    /** Why a code cannot be redeemed. */
    enum Reason {
        /** There is no such code. */
        MISSING,
        /** It belongs to another customer. */
        OTHER_CUSTOMER,
        /** What is bought is discounted by the same coupon already. */
        ALREADY_APPLIED,
        /** Its time has passed. */
        EXPIRED,
        /** It was redeemed as often as it may be. */
        EXHAUSTED,
        /** It is switched off. */
        INACTIVE,
        /** It is for those who never paid before. */
        FIRST_TIME_ONLY,
        /** It takes off an amount, or asks for one, in other currencies only. */
        WRONG_CURRENCY,
        /** Nothing that is bought is one of its products. */
        WRONG_PRODUCT,
        /** What is bought costs too little. */
        MINIMUM_AMOUNT,
        /** What is bought has as many discounts as it can have. */
        TOO_MANY
    }
}
