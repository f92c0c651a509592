package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.money.MinorUnits;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.SubscriptionStatus;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the terms of subscriptions. Old API versions tell one whole {@code discount}; newer ones list {@code discounts},
 * mostly by id only, and since 2025-09-30 a discount's coupon stands in its {@code source}.
 */
final class TermsReader {
    private TermsReader() {}

    static BillingTerms read(JsonNode subscription, SubscriptionStatus status) {
        return new BillingTerms(
                currency(subscription), collection(subscription), status.ended() ? List.of() : discounts(subscription));
    }

    /** Whether a discount is told by its id only. */
    static boolean namesOnly(JsonNode subscription) {
        for (JsonNode discount : subscription.path("discounts")) {
            if (discount.isTextual()) {
                return true;
            }
        }
        return false;
    }

    /** Before 2022 only the prices told the currency. */
    private static @Nullable Currency currency(JsonNode subscription) {
        String own = Json.text(subscription, "currency");
        JsonNode firstPrice = subscription.path("items").path("data").path(0).path("price");
        String code = own == null ? Json.text(firstPrice, "currency") : own;
        return code == null ? null : MinorUnits.currency(code);
    }

    private static CollectionMethod collection(JsonNode subscription) {
        if (!"send_invoice".equals(Json.text(subscription, "collection_method"))) {
            return CollectionMethod.automatic();
        }
        Long days = Json.number(subscription, "days_until_due");
        return CollectionMethod.invoice(days == null ? 0 : Math.toIntExact(days));
    }

    private static List<BillingTerms.Discount> discounts(JsonNode subscription) {
        List<BillingTerms.Discount> discounts = new ArrayList<>();
        subscription.path("discounts").forEach(discount -> discounts.add(discount(discount)));
        JsonNode only = Json.node(subscription, "discount");
        if (discounts.isEmpty() && only != null) {
            discounts.add(discount(only));
        }
        return discounts;
    }

    private static BillingTerms.Discount discount(JsonNode discount) {
        JsonNode source = Json.node(discount, "source");
        String coupon = Json.id(source == null ? discount : source, "coupon");
        if (coupon == null) {
            throw Json.malformed(discount, "coupon");
        }
        return new BillingTerms.Discount(
                Json.requireText(discount, "id"),
                coupon,
                Json.id(discount, "promotion_code"),
                Json.instant(discount, "end"));
    }
}
