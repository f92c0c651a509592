package dev.billhook.stripe.internal.discount;

import com.stripe.param.PromotionCodeCreateParams;
import com.stripe.param.PromotionCodeCreateParams.Restrictions;
import com.stripe.param.PromotionCodeCreateParams.Restrictions.CurrencyOption;
import dev.billhook.coupon.RedemptionLimits;
import java.util.Currency;
import java.util.Map;

/** Writes limits and restrictions of promotion codes. */
final class CodeParams {
    private CodeParams() {}

    static void limits(PromotionCodeCreateParams.Builder params, RedemptionLimits limits) {
        params.setMaxRedemptions(limits.most());
        if (limits.until() != null) {
            params.setExpiresAt(limits.until().getEpochSecond());
        }
    }

    /**
     * @param minimum the smallest purchase in minor units by currency; empty for any
     */
    static void restrictions(
            PromotionCodeCreateParams.Builder params, boolean firstTimeOnly, Map<Currency, Long> minimum) {
        if (!firstTimeOnly && minimum.isEmpty()) {
            return;
        }
        Restrictions.Builder restrictions = Restrictions.builder();
        if (firstTimeOnly) {
            restrictions.setFirstTimeTransaction(true);
        }
        boolean own = true;
        for (Map.Entry<Currency, Long> each : minimum.entrySet()) {
            String currency = CouponParams.code(each.getKey());
            if (own) {
                restrictions.setMinimumAmount(each.getValue()).setMinimumAmountCurrency(currency);
                own = false;
            } else {
                restrictions.putCurrencyOption(
                        currency,
                        CurrencyOption.builder()
                                .setMinimumAmount(each.getValue())
                                .build());
            }
        }
        params.setRestrictions(restrictions.build());
    }
}
