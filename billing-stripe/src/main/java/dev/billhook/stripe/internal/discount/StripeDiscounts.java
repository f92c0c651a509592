package dev.billhook.stripe.internal.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.net.ApiRequestParams;
import com.stripe.param.ChargeListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.ProductListParams;
import com.stripe.param.PromotionCodeCreateParams;
import com.stripe.param.PromotionCodeCreateParams.Promotion;
import com.stripe.param.PromotionCodeListParams;
import dev.billhook.RequestKey;
import dev.billhook.coupon.Coupon;
import dev.billhook.discount.PromotionCode;
import dev.billhook.discount.ReferralRequest;
import dev.billhook.error.ProviderObjectMissingException;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.money.Money;
import dev.billhook.spi.provider.discount.DiscountGateway;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.subscription.SubscriptionDiscounts;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Promotion codes and discounts at Stripe. */
public final class StripeDiscounts implements DiscountGateway {
    private static final String CODES = "/v1/promotion_codes";
    /** What a code only names unless it is asked to tell it. */
    private static final List<String> TOLD = List.of(
            "promotion.coupon.applies_to", "promotion.coupon.currency_options", "restrictions.currency_options");

    private final StripeApi api;
    private final SubscriptionDiscounts subscriptions;

    /** Codes and discounts of the account the calls go to. */
    public StripeDiscounts(StripeApi api, SubscriptionDiscounts subscriptions) {
        this.api = api;
        this.subscriptions = subscriptions;
    }

    @Override
    public List<PromotionCode> find(String code) {
        PromotionCodeListParams params = PromotionCodeListParams.builder()
                .setCode(code)
                .setLimit(Pages.SIZE)
                .addAllExpand(TOLD.stream().map(field -> "data." + field).toList())
                .build();
        return api.get("look up a promotion code", CODES, params).read(list -> {
            List<JsonNode> codes = new ArrayList<>();
            list.path("data").forEach(codes::add);
            return PromotionCodeReader.read(codes, keys(PromotionCodeReader.products(codes)));
        });
    }

    @Override
    public boolean paidBefore(String customerId) {
        ChargeListParams charges = ChargeListParams.builder()
                .setCustomer(customerId)
                .setLimit(Pages.SIZE)
                .build();
        InvoiceListParams invoices = InvoiceListParams.builder()
                .setCustomer(customerId)
                .setStatus(InvoiceListParams.Status.PAID)
                .setLimit(Pages.SIZE)
                .build();
        // An invoice can be paid without a charge: from a balance, or outside of Stripe.
        return any("list charges", "/v1/charges", charges, charge -> Json.flag(charge, "paid"))
                || any(
                        "list paid invoices",
                        "/v1/invoices",
                        invoices,
                        invoice -> Json.requireNumber(invoice, "amount_paid") > 0);
    }

    private boolean any(String operation, String path, ApiRequestParams params, Predicate<JsonNode> wanted) {
        return api.get(operation, path, params).read(list -> {
            for (JsonNode each : list.path("data")) {
                if (wanted.test(each)) {
                    return true;
                }
            }
            return false;
        });
    }

    @Override
    public Fetched<SubscriptionSnapshot> set(
            String subscriptionId, List<String> kept, @Nullable String promotionCodeId, RequestKey key) {
        return subscriptions.set(subscriptionId, kept, promotionCodeId, key);
    }

    @Override
    public void removeFromCustomer(String customerId, RequestKey key) {
        String path = StripeApi.path("/v1/customers", customerId) + "/discount";
        try {
            api.delete("take the discount off customer " + customerId, "customer.discount", path, key);
        } catch (ProviderObjectMissingException none) {
            // There is none, which is what was wanted.
        }
    }

    @Override
    public PromotionCode create(Coupon coupon, ReferralRequest request, @Nullable String customerId, RequestKey key) {
        makeSure(coupon, key);
        PromotionCodeCreateParams.Builder params = PromotionCodeCreateParams.builder()
                .setPromotion(Promotion.builder()
                        .setType(Promotion.Type.COUPON)
                        .setCoupon(coupon.key())
                        .build())
                .setCode(request.code())
                .setCustomer(customerId)
                .putAllMetadata(request.metadata())
                .addAllExpand(TOLD);
        CodeParams.limits(params, request.limits());
        Money minimum = request.eligibility().minimum();
        CodeParams.restrictions(
                params,
                request.eligibility().firstTimeOnly(),
                minimum == null ? Map.of() : Map.of(minimum.currency(), minimum.minorUnits()));
        return api.post("make a promotion code", "code.create", CODES, params.build(), key)
                .read(code -> PromotionCodeReader.read(List.of(code), Map.of()).get(0));
    }

    /** Coupons are found by their key, so another server may make the same one meanwhile. */
    private void makeSure(Coupon coupon, RequestKey key) {
        if (exists(coupon)) {
            return;
        }
        try {
            api.post(
                    "make coupon " + coupon.key(),
                    "coupon.create",
                    "/v1/coupons",
                    CouponParams.of(coupon, List.of(), Map.of()),
                    key);
        } catch (RequestRefusedException refused) {
            if (!exists(coupon)) {
                throw refused;
            }
        }
    }

    private boolean exists(Coupon coupon) {
        try {
            api.get("read coupon " + coupon.key(), StripeApi.path("/v1/coupons", coupon.key()));
            return true;
        } catch (ProviderObjectMissingException missing) {
            return false;
        }
    }

    /** What the catalog calls products. */
    private Map<String, String> keys(Set<String> ids) {
        Map<String, String> keys = new HashMap<>();
        if (!ids.isEmpty()) {
            ProductListParams params = ProductListParams.builder()
                    .addAllId(ids.stream().limit(Pages.SIZE).toList())
                    .setLimit(Pages.SIZE)
                    .build();
            for (JsonNode product : api.get("read a coupon's products", "/v1/products", params)
                    .body()
                    .path("data")) {
                String key = Metadata.value(product, Metadata.PRODUCT);
                if (key != null) {
                    keys.put(Json.requireText(product, "id"), key);
                }
            }
        }
        return keys;
    }
}
