package dev.billhook.stripe.internal.discount;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.coupon.Coupon;
import dev.billhook.coupon.CouponDuration;
import dev.billhook.coupon.RedemptionLimits;
import dev.billhook.coupon.Reduction;
import dev.billhook.money.MinorUnits;
import dev.billhook.stripe.internal.read.Json;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads coupons whose {@code applies_to} and {@code currency_options} are told. {@link CouponParams} writes them. */
final class CouponReader {
    private CouponReader() {}

    /** Whether the document tells the terms; of a deleted coupon only the id is left. */
    static boolean readable(JsonNode coupon) {
        return Json.node(coupon, "percent_off") != null || Json.node(coupon, "amount_off") != null;
    }

    /**
     * The coupon's terms.
     *
     * @param products what it is limited to, as the catalog names it
     */
    static Coupon read(JsonNode coupon, Set<String> products) {
        return new Coupon(
                Json.requireText(coupon, "id"),
                Json.text(coupon, "name"),
                reduction(coupon),
                duration(coupon),
                products,
                limits(coupon, "redeem_by"));
    }

    /**
     * Limits of a coupon or a promotion code.
     *
     * @param end the field that tells the last moment
     */
    static RedemptionLimits limits(JsonNode redeemable, String end) {
        return new RedemptionLimits(Json.instant(redeemable, end), Json.number(redeemable, "max_redemptions"));
    }

    /** Amounts by currency: one that is the object's own, and the options for further ones. */
    static Map<Currency, Long> amounts(JsonNode object, String amountField, String currencyField) {
        Map<Currency, Long> amounts = new LinkedHashMap<>();
        Long own = Json.number(object, amountField);
        if (own != null) {
            amounts.put(MinorUnits.currency(Json.requireText(object, currencyField)), own);
        }
        object.path("currency_options").properties().forEach(option -> {
            Long amount = Json.number(option.getValue(), amountField);
            if (amount != null) {
                amounts.putIfAbsent(MinorUnits.currency(option.getKey()), amount);
            }
        });
        return amounts;
    }

    private static Reduction reduction(JsonNode coupon) {
        JsonNode percent = Json.node(coupon, "percent_off");
        return percent == null
                ? new Reduction.Amount(amounts(coupon, "amount_off", "currency"))
                : new Reduction.Percent(percent.decimalValue());
    }

    private static CouponDuration duration(JsonNode coupon) {
        return switch (Json.requireText(coupon, "duration")) {
            case "once" -> CouponDuration.once();
            case "forever" -> CouponDuration.forever();
            case "repeating" ->
                CouponDuration.months(Math.toIntExact(Json.requireNumber(coupon, "duration_in_months")));
            default -> throw Json.malformed(coupon, "duration");
        };
    }
}
