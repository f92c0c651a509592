package dev.billhook.coupon;

/**
 * For how long a discount is given.
 *
 * @since 0.1.0
 */
public sealed interface CouponDuration {
    /** On the first invoice that costs something. */
    static CouponDuration once() {
        return new Once();
    }

    /** On all invoices of this many months. */
    static CouponDuration months(int months) {
        return new Months(months);
    }

    /** On all invoices. */
    static CouponDuration forever() {
        return new Forever();
    }

    /** On the first invoice that costs something. */
    record Once() implements CouponDuration {}

    /**
     * On all invoices of a time.
     *
     * @param months at least 1, counted from the day it is given
     */
    record Months(int months) implements CouponDuration {
        /**
         * @throws IllegalArgumentException if there are none
         */
        public Months {
            if (months < 1) {
                throw new IllegalArgumentException("A discount lasts at least 1 month, not " + months);
            }
        }
    }

    /** On all invoices. */
    record Forever() implements CouponDuration {}
}
