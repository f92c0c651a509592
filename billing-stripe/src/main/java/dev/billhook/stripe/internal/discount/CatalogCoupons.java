package dev.billhook.stripe.internal.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.CouponListParams;
import com.stripe.param.CouponUpdateParams;
import com.stripe.param.PromotionCodeCreateParams;
import com.stripe.param.PromotionCodeCreateParams.Promotion;
import com.stripe.param.PromotionCodeListParams;
import com.stripe.param.PromotionCodeUpdateParams;
import dev.billhook.RequestKey;
import dev.billhook.coupon.CodeTerms;
import dev.billhook.coupon.Coupon;
import dev.billhook.coupon.CouponOffer;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.spi.provider.discount.CouponGateway;
import dev.billhook.stripe.internal.catalog.OwnedProducts;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The catalog's coupons at Stripe, where nothing of a coupon can be changed but its name, and nothing of a code but its end. */
public final class CatalogCoupons implements CouponGateway {
    private static final String COUPONS = "/v1/coupons";
    private static final String CODES = "/v1/promotion_codes";

    private final StripeApi api;
    private final OwnedProducts products;

    /** Coupons of the account the calls go to. */
    public CatalogCoupons(StripeApi api) {
        this.api = api;
        this.products = new OwnedProducts(api);
    }

    @Override
    public List<CouponOffer> published() {
        List<JsonNode> owned = new ArrayList<>();
        CouponListParams.Builder params = CouponListParams.builder()
                .setLimit(Pages.SIZE)
                .addAllExpand(List.of("data.applies_to", "data.currency_options"));
        Pages.forEach(
                after -> api.get(
                        "list coupons", COUPONS, params.setStartingAfter(after).build()),
                coupon -> {
                    if (owned(coupon)) {
                        owned.add(coupon);
                    }
                });
        Map<String, String> keys = owned.isEmpty() ? Map.of() : productKeys();
        return owned.stream().map(coupon -> offer(coupon, keys)).toList();
    }

    private CouponOffer offer(JsonNode coupon, Map<String, String> keys) {
        Set<String> limitedTo = new HashSet<>();
        coupon.path("applies_to")
                .path("products")
                .forEach(id -> limitedTo.add(keys.getOrDefault(id.asText(), id.asText())));
        Map<String, CodeTerms> codes = new LinkedHashMap<>();
        String id = Json.requireText(coupon, "id");
        // Newest first: of each word the one that was made last.
        forEachCode(id, code -> codes.putIfAbsent(word(Json.requireText(code, "code")), terms(code)));
        return new CouponOffer(CouponReader.read(coupon, limitedTo), List.copyOf(codes.values()));
    }

    private static CodeTerms terms(JsonNode code) {
        JsonNode restrictions = code.path("restrictions");
        return new CodeTerms(
                Json.requireText(code, "code"),
                CouponReader.limits(code, "expires_at"),
                Json.flag(restrictions, "first_time_transaction"),
                CouponReader.amounts(restrictions, "minimum_amount", "minimum_amount_currency"));
    }

    @Override
    public void create(Coupon coupon, RequestKey key) {
        requireFree(coupon);
        Map<String, JsonNode> known = coupon.products().isEmpty() ? Map.of() : products.byKey();
        List<String> limitedTo = coupon.products().stream()
                .sorted()
                .map(product -> productId(known, product))
                .toList();
        api.post(
                "make coupon " + coupon.key(),
                "coupon.create",
                COUPONS,
                CouponParams.of(coupon, limitedTo, Map.of(Metadata.COUPON, coupon.key())),
                key);
    }

    @Override
    public void rename(Coupon coupon, RequestKey key) {
        CouponUpdateParams.Builder params = CouponUpdateParams.builder();
        if (coupon.name() == null) {
            params.putExtraParam("name", "");
        } else {
            params.setName(coupon.name());
        }
        api.post("rename coupon " + coupon.key(), "coupon.rename", path(coupon), params.build(), key);
    }

    @Override
    public void replace(Coupon coupon, RequestKey key) {
        forEachCode(coupon.key(), code -> end(code, key));
        api.delete("delete coupon " + coupon.key(), "coupon.delete", path(coupon), key);
        create(coupon, key);
    }

    @Override
    public void createCode(Coupon coupon, CodeTerms code, RequestKey key) {
        PromotionCodeCreateParams.Builder params = PromotionCodeCreateParams.builder()
                .setPromotion(Promotion.builder()
                        .setType(Promotion.Type.COUPON)
                        .setCoupon(coupon.key())
                        .build())
                .setCode(code.code())
                .putMetadata(Metadata.COUPON, coupon.key());
        CodeParams.limits(params, code.limits());
        CodeParams.restrictions(params, code.firstTimeOnly(), code.minimum());
        api.post("make promotion code " + code.code(), "code.create", CODES, params.build(), key);
    }

    @Override
    public void replaceCode(Coupon coupon, CodeTerms code, RequestKey key) {
        forEachCode(coupon.key(), present -> {
            if (word(Json.requireText(present, "code")).equals(word(code.code()))) {
                end(present, key);
            }
        });
        createCode(coupon, code, key);
    }

    private void end(JsonNode code, RequestKey key) {
        if (Json.flag(code, "active")) {
            String id = Json.requireText(code, "id");
            PromotionCodeUpdateParams params =
                    PromotionCodeUpdateParams.builder().setActive(false).build();
            api.post(
                    "end promotion code " + id,
                    "code.end",
                    StripeApi.path(CODES, id),
                    params,
                    RequestKey.derived("code.end", key.value(), id));
        }
    }

    /** Codes of single customers are not the catalog's. */
    private void forEachCode(String couponId, Consumer<JsonNode> visitor) {
        PromotionCodeListParams.Builder params = PromotionCodeListParams.builder()
                .setCoupon(couponId)
                .setLimit(Pages.SIZE)
                .addExpand("data.restrictions.currency_options");
        Pages.forEach(
                after -> api.get(
                        "list promotion codes",
                        CODES,
                        params.setStartingAfter(after).build()),
                code -> {
                    if (Json.id(code, "customer") == null) {
                        visitor.accept(code);
                    }
                });
    }

    private Map<String, String> productKeys() {
        Map<String, String> keys = new HashMap<>();
        products.byKey().forEach((key, product) -> keys.put(Json.requireText(product, "id"), key));
        return keys;
    }

    private static String productId(Map<String, JsonNode> known, String key) {
        JsonNode product = known.get(key);
        if (product == null) {
            throw ProviderException.of(
                    ProviderException.Category.NOT_FOUND,
                    "Stripe has no active product with metadata " + Metadata.PRODUCT + "=" + key
                            + "; run `catalog apply` for this Stripe account",
                    null,
                    null);
        }
        return Json.requireText(product, "id");
    }

    private void requireFree(Coupon coupon) {
        JsonNode holder;
        try {
            holder = api.get("read coupon " + coupon.key(), path(coupon)).body();
        } catch (ProviderObjectMissingException free) {
            return;
        }
        if (!owned(holder)) {
            throw ProviderException.of(
                    ProviderException.Category.INVALID_REQUEST,
                    "Coupon '" + coupon.key() + "' is there already and Billhook did not make it. Give it the metadata "
                            + Metadata.COUPON + "=" + coupon.key() + " to hand it over, or choose another key",
                    null,
                    null);
        }
    }

    private static boolean owned(JsonNode coupon) {
        String id = Json.text(coupon, "id");
        return id != null && id.equals(Metadata.value(coupon, Metadata.COUPON)) && CouponReader.readable(coupon);
    }

    private static String path(Coupon coupon) {
        return StripeApi.path(COUPONS, coupon.key());
    }

    private static String word(String code) {
        return code.toUpperCase(Locale.ROOT);
    }
}
