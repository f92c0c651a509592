package dev.billhook.stripe.internal.discount;

import com.stripe.param.CouponCreateParams;
import com.stripe.param.CouponCreateParams.CurrencyOption;
import com.stripe.param.CouponCreateParams.Duration;
import dev.billhook.coupon.Coupon;
import dev.billhook.coupon.CouponDuration;
import dev.billhook.coupon.Reduction;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes coupons. {@link CouponReader} reads them back. */
final class CouponParams {
    private CouponParams() {}

    /**
     * The parameters of a coupon.
     *
     * @param products Stripe's ids of the products it is limited to; empty for all
     * @param metadata what Billhook recognises it by
     */
    static CouponCreateParams of(Coupon coupon, List<String> products, Map<String, String> metadata) {
        CouponCreateParams.Builder params = CouponCreateParams.builder()
                .setId(coupon.key())
                .setName(coupon.name())
                .putAllMetadata(metadata)
                .setMaxRedemptions(coupon.limits().most());
        if (coupon.limits().until() != null) {
            params.setRedeemBy(coupon.limits().until().getEpochSecond());
        }
        if (!products.isEmpty()) {
            params.setAppliesTo(CouponCreateParams.AppliesTo.builder()
                    .addAllProduct(products)
                    .build());
        }
        reduction(params, coupon.reduction());
        duration(params, coupon.duration());
        return params.build();
    }

    static String code(Currency currency) {
        return currency.getCurrencyCode().toLowerCase(Locale.ROOT);
    }

    private static void reduction(CouponCreateParams.Builder params, Reduction reduction) {
        if (reduction instanceof Reduction.Percent percent) {
            // Plain text: the Stripe client would write 10 without trailing zeros as 1E+1.
            params.putExtraParam("percent_off", percent.percent().toPlainString());
            return;
        }
        Map<Currency, Long> amounts = ((Reduction.Amount) reduction).amounts();
        Currency own = amounts.keySet().iterator().next();
        amounts.forEach((currency, amount) -> {
            if (currency.equals(own)) {
                params.setCurrency(code(own)).setAmountOff(amount);
            } else {
                params.putCurrencyOption(
                        code(currency),
                        CurrencyOption.builder().setAmountOff(amount).build());
            }
        });
    }

    private static void duration(CouponCreateParams.Builder params, CouponDuration duration) {
        if (duration instanceof CouponDuration.Months months) {
            params.setDuration(Duration.REPEATING).setDurationInMonths((long) months.months());
        } else {
            params.setDuration(duration instanceof CouponDuration.Once ? Duration.ONCE : Duration.FOREVER);
        }
    }
}
