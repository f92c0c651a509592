package dev.billhook.stripe.internal.discount;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.discount.PromotionCode;
import dev.billhook.stripe.internal.read.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads promotion codes whose coupons are told in full. */
final class PromotionCodeReader {
    private PromotionCodeReader() {}

    /** Ids of the products the codes' coupons are limited to. */
    static Set<String> products(List<JsonNode> codes) {
        Set<String> ids = new LinkedHashSet<>();
        codes.forEach(code -> ids.addAll(productsOf(coupon(code))));
        return ids;
    }

    /**
     * The codes; one whose coupon was deleted is left out: it leads nowhere.
     *
     * @param keys what the catalog calls products, by Stripe's ids
     */
    static List<PromotionCode> read(List<JsonNode> codes, Map<String, String> keys) {
        return codes.stream()
                .filter(code -> CouponReader.readable(coupon(code)))
                .map(code -> read(code, keys))
                .toList();
    }

    private static PromotionCode read(JsonNode code, Map<String, String> keys) {
        JsonNode coupon = coupon(code);
        Set<String> products = new LinkedHashSet<>();
        productsOf(coupon).forEach(id -> products.add(keys.getOrDefault(id, id)));
        JsonNode restrictions = code.path("restrictions");
        return new PromotionCode(
                Json.requireText(code, "id"),
                Json.requireText(code, "code"),
                Json.flag(code, "active"),
                CouponReader.read(coupon, products),
                CouponReader.limits(code, "expires_at"),
                new PromotionCode.Used(
                        Json.requireNumber(code, "times_redeemed"), Json.requireNumber(coupon, "times_redeemed")),
                new PromotionCode.Restrictions(
                        Json.id(code, "customer"),
                        Json.flag(restrictions, "first_time_transaction"),
                        CouponReader.amounts(restrictions, "minimum_amount", "minimum_amount_currency")));
    }

    private static JsonNode coupon(JsonNode code) {
        return code.path("promotion").path("coupon");
    }

    private static List<String> productsOf(JsonNode coupon) {
        List<String> ids = new ArrayList<>();
        coupon.path("applies_to").path("products").forEach(id -> ids.add(id.asText()));
        return ids;
    }
}
