package dev.billhook.stripe.internal.invoice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.catalog.PlanKey;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells to which plans the prices of an invoice's lines belong. Lines name their prices only, and in a preview they stand too
 * deep to be told in full, so each is asked for once. Lives as long as one answer; not thread-safe.
 */
public final class PlanOfPrice {
    private final StripeApi api;
    private final Map<String, JsonNode> prices = new HashMap<>();

    /** Knows no price yet. */
    public PlanOfPrice(StripeApi api) {
        this.api = api;
    }

    /** Takes a price that is known already. */
    public PlanOfPrice know(JsonNode price) {
        String id = Json.text(price, "id");
        if (id != null) {
            prices.put(id, price);
        }
        return this;
    }

    /** The plan of the price a line charges, or null if the price is not the catalog's or there is none. */
    public @Nullable PlanKey of(JsonNode line) {
        JsonNode price = priceOf(line);
        return price == null ? null : Metadata.plan(price);
    }

    /** The price a line charges, or null if there is none. */
    public @Nullable JsonNode priceOf(JsonNode line) {
        String id = InvoiceContents.price(line);
        return id == null ? null : Objects.requireNonNull(prices.computeIfAbsent(id, this::fetch));
    }

    private JsonNode fetch(String id) {
        return api.get("read price " + id, StripeApi.path("/v1/prices", id)).body();
    }
}
