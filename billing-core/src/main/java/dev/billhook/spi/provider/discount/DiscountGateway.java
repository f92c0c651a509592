package dev.billhook.spi.provider.discount;

import dev.billhook.RequestKey;
import dev.billhook.coupon.Coupon;
import dev.billhook.discount.PromotionCode;
import dev.billhook.discount.ReferralRequest;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Promotion codes and discounts at the provider.
 *
 * @since 0.1.0
 */
public interface DiscountGateway {
    /** All codes of a word, whatever its case, inactive ones too; the newest first, up to 100. */
    List<PromotionCode> find(String code);

    /** Whether the customer ever paid anything. */
    boolean paidBefore(String customerId);

    /**
     * Sets which discounts a subscription has. What is scheduled for it keeps them too.
     *
     * @param kept ids of the discounts it keeps, in their order
     * @param promotionCodeId the code that is redeemed after them, or null for none
     */
    Fetched<SubscriptionSnapshot> set(
            String subscriptionId, List<String> kept, @Nullable String promotionCodeId, RequestKey key);

    /** Takes off the discount the customer as a whole has, if there is one. */
    void removeFromCustomer(String customerId, RequestKey key);

    /**
     * Makes a code.
     *
     * @param coupon what it leads to; made if there is none of its key
     * @param customerId the only customer who may redeem it, or null for all
     */
    PromotionCode create(Coupon coupon, ReferralRequest request, @Nullable String customerId, RequestKey key);
}
