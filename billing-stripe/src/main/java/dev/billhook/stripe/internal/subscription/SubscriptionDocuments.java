package dev.billhook.stripe.internal.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.stripe.param.SubscriptionItemListParams;
import com.stripe.param.SubscriptionRetrieveParams;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.SubscriptionReader;
import dev.billhook.stripe.internal.transport.Answer;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.List;

/** Reads subscription documents and completes them: Stripe lists only the first lines inside them, and of a list's
 * subscriptions it does not tell the schedules. */
public final class SubscriptionDocuments {
    /** What a subscription only names unless it is asked to tell it: four levels, the most Stripe allows. */
    static final List<String> TOLD =
            List.of("discounts", "default_payment_method", "default_source", "schedule.phases.items.price");

    private final StripeApi api;

    /** Documents of the account the calls go to. */
    public SubscriptionDocuments(StripeApi api) {
        this.api = api;
    }

    /** Asks for a subscription. */
    Answer get(String id) {
        SubscriptionRetrieveParams params =
                SubscriptionRetrieveParams.builder().addAllExpand(TOLD).build();
        return api.get("read subscription " + id, StripeApi.path("/v1/subscriptions", id), params);
    }

    /** The state an answer tells. A repeated answer tells the state of back then, so the present one is read. */
    Fetched<SubscriptionSnapshot> current(String id, Answer answer) {
        return read(answer.replayed() ? get(id) : answer);
    }

    /** The state an answer tells. */
    Fetched<SubscriptionSnapshot> read(Answer answer) {
        return answer.fetched(body -> SubscriptionReader.read(complete(body)));
    }

    /** The document with its schedule, its discounts and all its lines; the same one if it has them already. */
    public JsonNode complete(JsonNode given) {
        JsonNode subscription = SubscriptionReader.namesOnly(given)
                ? get(Json.requireText(given, "id")).body()
                : given;
        if (!SubscriptionReader.incomplete(subscription)) {
            return subscription;
        }
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        SubscriptionItemListParams.Builder params = SubscriptionItemListParams.builder()
                .setSubscription(Json.requireText(subscription, "id"))
                .setLimit(Pages.SIZE);
        Pages.forEach(
                after -> api.get(
                        "list a subscription's lines",
                        "/v1/subscription_items",
                        params.setStartingAfter(after).build()),
                items::add);
        ObjectNode whole = subscription.deepCopy();
        whole.putObject("items").set("data", items);
        return whole;
    }
}
