package dev.billhook.stripe.internal.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.param.SubscriptionItemListParams;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.SubscriptionReader;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;

/** Completes subscription documents: Stripe lists only the first lines inside them. */
public final class SubscriptionDocuments {
    private final StripeApi api;

    /** Documents of the account the calls go to. */
    public SubscriptionDocuments(StripeApi api) {
        this.api = api;
    }

    /** The document with all its lines; the same one if it has them already. */
    public JsonNode complete(JsonNode subscription) {
        if (!SubscriptionReader.incomplete(subscription)) {
            return subscription;
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        SubscriptionItemListParams.Builder params = SubscriptionItemListParams.builder()
                .setSubscription(Json.requireText(subscription, "id"))
                .setLimit(Pages.SIZE);
        Pages.forEach(
                after -> {
                    if (after != null) {
                        params.setStartingAfter(after);
                    }
                    return api.get("list a subscription's lines", "/v1/subscription_items", params.build());
                },
                items::add);
        ObjectNode whole = subscription.deepCopy();
        whole.putObject("items").set("data", items);
        return whole;
    }
}
