package dev.billhook.simulator.resource.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /v1/subscription_items}: changes of one item are changes of its subscription. */
final class SubscriptionItemResource {
    private static final String OPTIONS = """
        payment_behavior:allow_incomplete|default_incomplete|error_if_incomplete|pending_if_incomplete
        proration_behavior:always_invoice|create_prorations|none proration_date:int
        """;
    private static final String ITEM =
            "price plan quantity:int metadata?:map billing_thresholds?:any discounts?:[{coupon discount promotion_code}]"
                    + " tax_rates?:[str] off_session:bool " + SubscriptionResource.PRICE_DATA;
    private static final ParamSchema CREATE = ParamSchema.of("subscription! " + OPTIONS + ITEM);
    private static final ParamSchema UPDATE = ParamSchema.of(OPTIONS + ITEM);
    private static final ParamSchema DELETE = ParamSchema.of("clear_usage:bool " + OPTIONS);
    private static final ParamSchema LIST = ParamSchema.ofList("subscription!");
    private static final List<String> TERMS = List.of("payment_behavior", "proration_behavior", "proration_date");
    private static final List<String> OWN =
            List.of("price", "price_data", "plan", "quantity", "metadata", "discounts", "tax_rates");

    private final ApiKit kit;
    private final BillingEngine billing;

    SubscriptionItemResource(ApiKit kit, BillingEngine billing) {
        this.kit = kit;
        this.billing = billing;
        kit.router()
                .post("/v1/subscription_items", CREATE, this::create)
                .post("/v1/subscription_items/{id}", UPDATE, this::update)
                .delete("/v1/subscription_items/{id}", DELETE, this::delete)
                .get("/v1/subscription_items/{id}", ApiKit.NOTHING, this::retrieve)
                .get("/v1/subscription_items", LIST, this::list);
    }

    private ObjectNode create(Call call) {
        String subscription = call.params().requireText("subscription");
        ObjectNode present = kit.world().finder().inParam("subscription", subscription, "subscription");
        Set<String> known = new HashSet<>();
        Docs.objects(present, "items").forEach(item -> known.add(Docs.textOf(item, "id")));
        ObjectNode changed = billing.changes().update(subscription, request(call.params(), null, false));
        return Docs.objects(changed, "items").stream()
                .filter(item -> !known.contains(Docs.textOf(item, "id")))
                .findFirst()
                .map(kit::show)
                .orElseThrow();
    }

    private ObjectNode update(Call call) {
        String subscription = Docs.textOf(billing.items().subscriptionOf(call.id()), "id");
        return kit.show(find(
                billing.changes().update(subscription, request(call.params(), call.id(), false)), call.id()));
    }

    private ObjectNode delete(Call call) {
        String subscription = Docs.textOf(billing.items().subscriptionOf(call.id()), "id");
        billing.changes().update(subscription, request(call.params(), call.id(), true));
        ObjectNode deleted = Docs.object();
        deleted.put("id", call.id());
        deleted.put("object", "subscription_item");
        deleted.put("deleted", true);
        return deleted;
    }

    private ObjectNode retrieve(Call call) {
        return kit.show(find(billing.items().subscriptionOf(call.id()), call.id()));
    }

    private ObjectNode list(Call call) {
        String id = call.params().requireText("subscription");
        ObjectNode subscription = kit.world().finder().inParam("subscription", id, "subscription");
        return Pager.pageOf(
                call,
                Docs.objects(subscription, "items").stream().map(kit::show).toList());
    }

    private static ObjectNode find(ObjectNode subscription, String id) {
        return Docs.objects(subscription, "items").stream()
                .filter(item -> id.equals(Docs.text(item, "id")))
                .findFirst()
                .orElseThrow();
    }

    private static Params request(Params params, @Nullable String id, boolean deleted) {
        ObjectNode request = Docs.object();
        TERMS.forEach(name -> copy(params, request, name));
        ObjectNode item = request.putArray("items").addObject();
        OWN.forEach(name -> copy(params, item, name));
        if (id != null) {
            item.put("id", id);
        }
        if (deleted) {
            item.put("deleted", true);
        }
        return Params.of(request);
    }

    private static void copy(Params params, ObjectNode target, String name) {
        if (params.has(name)) {
            target.set(name, params.tree().get(name));
        }
    }
}
