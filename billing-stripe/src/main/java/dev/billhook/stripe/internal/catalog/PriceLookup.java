package dev.billhook.stripe.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.PriceListParams;
import dev.billhook.catalog.PlanKey;
import dev.billhook.error.ProviderException;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.SubscriptionReader;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.Optional;

/** Finds the price a plan is sold at now, by its lookup key. Not cached: the key moves when a price changes. */
public final class PriceLookup {
    private final StripeApi api;

    /** Prices of the account the calls go to. */
    public PriceLookup(StripeApi api) {
        this.api = api;
    }

    /**
     * The plan's price.
     *
     * @throws ProviderException of category NOT_FOUND if the catalog was not applied to this account
     */
    public Found get(PlanKey plan) {
        return find(plan, true)
                .map(price -> new Found(price, Json.requireText(price, "id")))
                .orElseThrow(() -> ProviderException.of(
                        ProviderException.Category.NOT_FOUND,
                        "Stripe has no active price with lookup key '" + plan
                                + "'; run `catalog apply` for this Stripe account first",
                        null,
                        null));
    }

    /** The document of the price that holds the plan's lookup key, an inactive one only if asked for. */
    Optional<JsonNode> find(PlanKey plan, boolean activeOnly) {
        PriceListParams.Builder params = PriceListParams.builder().addLookupKey(plan.value());
        if (activeOnly) {
            params.setActive(true);
        }
        return api.get("look up the price of plan " + plan, "/v1/prices", params.build())
                .read(list -> Optional.ofNullable(list.path("data").get(0)));
    }

    /**
     * A price.
     *
     * @param document as Stripe tells it
     * @param id Stripe's id
     */
    public record Found(JsonNode document, String id) {
        /** Whether its quantity is measured and must not be told. */
        public boolean metered() {
            return SubscriptionReader.metered(document);
        }
    }
}
