package dev.billhook.stripe.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.PriceRetrieveParams;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.Map;

/** Prices with the amounts of all their currencies. */
final class PriceDocuments {
    private static final String PRICES = "/v1/prices";

    private final StripeApi api;

    PriceDocuments(StripeApi api) {
        this.api = api;
    }

    /** The price of an id. */
    JsonNode get(String id) {
        PriceRetrieveParams params = PriceRetrieveParams.builder()
                .addExpand("tiers")
                .addExpand("currency_options")
                .build();
        return complete(
                api.get("read price " + id, StripeApi.path(PRICES, id), params).body());
    }

    /** The same price; what was told neither tells the tiers of further currencies, they are expanded by name. */
    JsonNode complete(JsonNode price) {
        if (!"tiered".equals(Json.text(price, "billing_scheme"))) {
            return price;
        }
        PriceRetrieveParams.Builder params =
                PriceRetrieveParams.builder().addExpand("tiers").addExpand("currency_options");
        boolean missing = false;
        for (Map.Entry<String, JsonNode> option : price.path("currency_options").properties()) {
            if (!option.getKey().equals(Json.text(price, "currency"))
                    && Json.node(option.getValue(), "tiers") == null) {
                params.addExpand("currency_options." + option.getKey() + ".tiers");
                missing = true;
            }
        }
        return missing
                ? api.get("read a price", StripeApi.path(PRICES, Json.requireText(price, "id")), params.build())
                        .body()
                : price;
    }
}
