package dev.billhook.discount;

import dev.billhook.subscription.BillingTerms;

/**
 * A discount an account has, as mirrored.
 *
 * @param subscriptionId the subscription that is discounted; informational
 * @param discount the discount; its coupon's terms are the catalog's if the coupon is
 * @since 0.1.0
 */
public record AppliedDiscount(String subscriptionId, BillingTerms.Discount discount) {
    /** What {@link DiscountService#remove} takes. */
    public String id() {
        return discount.id();
    }
}
