package dev.billhook.stripe.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.ProductListParams;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds the active products that name a product of the catalog in their metadata. Listed and not searched: Stripe's search
 * does not know what was written a moment ago.
 */
public final class OwnedProducts {
    private static final Comparator<JsonNode> OLDEST_FIRST = Comparator.<JsonNode>comparingLong(
                    product -> product.path("created").longValue())
            .thenComparing(product -> product.path("id").asText());

    private final StripeApi api;

    /** Products of the account the calls go to. */
    public OwnedProducts(StripeApi api) {
        this.api = api;
    }

    /** The documents by product key; of two with the same key the older one. */
    public Map<String, JsonNode> byKey() {
        Map<String, JsonNode> owned = new LinkedHashMap<>();
        ProductListParams.Builder params =
                ProductListParams.builder().setActive(true).setLimit(Pages.SIZE);
        Pages.forEach(
                after -> api.get(
                        "list products",
                        "/v1/products",
                        params.setStartingAfter(after).build()),
                product -> put(owned, product));
        return owned;
    }

    private static void put(Map<String, JsonNode> owned, JsonNode product) {
        String key = Metadata.value(product, Metadata.PRODUCT);
        if (key != null && Json.text(product, "id") != null) {
            owned.merge(key, product, (a, b) -> OLDEST_FIRST.compare(a, b) <= 0 ? a : b);
        }
    }
}
