package dev.billhook.stripe.internal.quote;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.PriceRetrieveParams;
import com.stripe.param.QuoteCreateParams;
import com.stripe.param.QuoteCreateParams.LineItem;
import com.stripe.param.QuoteCreateParams.LineItem.PriceData;
import com.stripe.param.SubscriptionRetrieveParams;
import dev.billhook.spi.provider.invoice.QuoteGateway.Line;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.SubscriptionReader;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The terms a quote for a change takes from its subscription: currency, taxes and discounts, so that it offers what the renewals
 * will charge.
 */
final class QuotedTerms {
    private final StripeApi api;
    private final PriceLookup prices;
    private final @Nullable JsonNode subscription;

    private QuotedTerms(StripeApi api, PriceLookup prices, @Nullable JsonNode subscription) {
        this.api = api;
        this.prices = prices;
        this.subscription = subscription;
    }

    /** Terms of a new subscription. */
    static QuotedTerms fresh(StripeApi api, PriceLookup prices) {
        return new QuotedTerms(api, prices, null);
    }

    /** Terms of a subscription. */
    static QuotedTerms of(StripeApi api, PriceLookup prices, String subscriptionId) {
        SubscriptionRetrieveParams params = SubscriptionRetrieveParams.builder()
                .addExpand("discounts.source.coupon")
                .build();
        JsonNode subscription = api.get(
                        "read subscription " + subscriptionId,
                        StripeApi.path("/v1/subscriptions", subscriptionId),
                        params)
                .body();
        return new QuotedTerms(api, prices, subscription);
    }

    /** Puts the lines, taxes and discounts into the quote. */
    void put(QuoteCreateParams.Builder params, List<Line> lines) {
        lines.forEach(line -> params.addLineItem(item(line)));
        if (subscription == null) {
            return;
        }
        subscription.path("default_tax_rates").forEach(rate -> params.addDefaultTaxRate(idOf(rate)));
        if (Json.flag(subscription.path("automatic_tax"), "enabled")) {
            params.setAutomaticTax(
                    QuoteCreateParams.AutomaticTax.builder().setEnabled(true).build());
        }
        for (JsonNode discount : subscription.path("discounts")) {
            JsonNode coupon = discount.path("source").path("coupon");
            // Whoever has a discount keeps it; a quote gives a new one, which a coupon that is used up does not.
            if (Json.flag(coupon, "valid") && !"once".equals(Json.text(coupon, "duration"))) {
                params.addDiscount(QuoteCreateParams.Discount.builder()
                        .setCoupon(Json.requireText(coupon, "id"))
                        .build());
            }
        }
    }

    private LineItem item(Line line) {
        JsonNode price = price(line);
        LineItem.Builder item = LineItem.builder();
        if (offerable(price)) {
            item.setPrice(Json.requireText(price, "id"));
        } else {
            item.setPriceData(described(price));
        }
        if (!SubscriptionReader.metered(price)) {
            item.setQuantity(line.quantity());
        }
        if (subscription != null && line.itemId() != null) {
            for (JsonNode present : subscription.path("items").path("data")) {
                if (line.itemId().equals(Json.text(present, "id"))) {
                    present.path("tax_rates").forEach(rate -> item.addTaxRate(idOf(rate)));
                }
            }
        }
        return item.build();
    }

    private JsonNode price(Line line) {
        String id = priceId(line);
        PriceRetrieveParams params =
                PriceRetrieveParams.builder().addExpand("currency_options").build();
        return api.get("read price " + id, StripeApi.path("/v1/prices", id), params)
                .body();
    }

    private String priceId(Line line) {
        if (line.plan() != null) {
            return prices.get(line.plan()).id();
        }
        return Objects.requireNonNull(line.priceId(), "a quoted line has a plan or a price");
    }

    /** Stripe offers active prices only, in their own currency; what cannot be described otherwise is left to it to decide. */
    private boolean offerable(JsonNode price) {
        boolean asIs = Json.flag(price, "active") && currency(price).equals(Json.text(price, "currency"));
        return asIs || subscription == null || amount(price) == null;
    }

    private String currency(JsonNode price) {
        String own = Json.requireText(price, "currency");
        String billed = subscription == null ? null : Json.text(subscription, "currency");
        return billed == null ? own : billed;
    }

    /** The amount of one unit in the subscription's currency, or null if the price is more than that. */
    private @Nullable BigDecimal amount(JsonNode price) {
        JsonNode option = price.path("currency_options").path(currency(price));
        String amount = Json.text(option.isMissingNode() ? price : option, "unit_amount_decimal");
        boolean simple = "per_unit".equals(Json.text(price, "billing_scheme"))
                && Json.node(price, "transform_quantity") == null
                && !SubscriptionReader.metered(price);
        return amount == null || !simple ? null : new BigDecimal(amount);
    }

    private PriceData described(JsonNode price) {
        PriceData.Builder data = PriceData.builder()
                .setCurrency(currency(price))
                .setProduct(Json.id(price, "product"))
                .setUnitAmountDecimal(amount(price));
        String tax = Json.text(price, "tax_behavior");
        if (tax != null) {
            data.setTaxBehavior(PriceData.TaxBehavior.valueOf(tax.toUpperCase(Locale.ROOT)));
        }
        JsonNode recurring = Json.node(price, "recurring");
        if (recurring != null) {
            data.setRecurring(PriceData.Recurring.builder()
                    .setInterval(PriceData.Recurring.Interval.valueOf(
                            Json.requireText(recurring, "interval").toUpperCase(Locale.ROOT)))
                    .setIntervalCount(Json.requireNumber(recurring, "interval_count"))
                    .build());
        }
        return data.build();
    }

    private static String idOf(JsonNode reference) {
        return reference.isTextual() ? reference.textValue() : Json.requireText(reference, "id");
    }
}
