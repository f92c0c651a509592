package dev.billhook.simulator.engine.entitlement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.Difference;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What customers are entitled to: the features of the products they subscribe to. What a subscription gives is settled when it
 * begins, when what it consists of changes, and with each new period, not when a product's features change. Source: Stripe
 * documentation, "Entitlements"; that a paused subscription keeps its features is what Stripe's support says.
 */
public final class Entitlements {
    /** Type of the document of an entitlement. */
    public static final String TYPE = "entitlements.active_entitlement";

    private static final String SUBSCRIPTION = "subscription";
    private static final String SETTLED = "_features_settled";
    private static final String GIVEN = "_features";
    private static final Set<String> GIVING = Set.of("active", "trialing", "past_due", "paused");

    private final World world;
    private final Features features;

    public Entitlements(World world, Features features) {
        this.world = world;
        this.features = features;
        world.events().listen("customer.subscription.", this::subscriptionChanged);
    }

    private void subscriptionChanged(ObjectNode changed) {
        String id = Docs.textOf(changed, "id");
        ObjectNode stored = world.store().find(SUBSCRIPTION, id);
        if (stored == null) {
            return;
        }
        boolean gives = GIVING.contains(Docs.text(stored, "status"));
        String now = gives ? composition(stored) : "";
        String settled = Docs.text(stored, SETTLED);
        if (now.equals(settled == null ? "" : settled)) {
            return;
        }
        ObjectNode subscription = world.store().edit(SUBSCRIPTION, id);
        subscription.put(SETTLED, now);
        ArrayNode given = subscription.putArray(GIVEN);
        if (gives) {
            featuresOf(subscription).forEach(given::add);
        }
        settle(Docs.textOf(subscription, "customer"));
    }

    private static String composition(ObjectNode subscription) {
        StringBuilder text = new StringBuilder();
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            text.append(Docs.textOf(item, "price"))
                    .append('@')
                    .append(Docs.numberOf(item, "current_period_start"))
                    .append(' ');
        }
        return text.toString();
    }

    private Set<String> featuresOf(ObjectNode subscription) {
        Set<String> result = new LinkedHashSet<>();
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            ObjectNode price = world.store().get("price", Docs.textOf(item, "price"));
            result.addAll(features.of(Docs.textOf(price, "product")));
        }
        return result;
    }

    /** Makes a customer's entitlements those its subscriptions give, and tells when they changed. */
    private void settle(String customer) {
        Set<String> due = new LinkedHashSet<>();
        world.store()
                .newestFirst(SUBSCRIPTION, "customer", customer)
                .forEach(subscription -> due.addAll(Docs.texts(subscription, GIVEN)));
        ObjectNode before = summary(customer);
        Set<String> missing = new LinkedHashSet<>(due);
        for (ObjectNode entitlement : of(customer)) {
            String feature = Docs.textOf(entitlement, "feature");
            if (!missing.remove(feature)) {
                world.store().delete(TYPE, Docs.textOf(entitlement, "id"));
            }
        }
        missing.forEach(feature -> give(customer, feature));
        ObjectNode after = summary(customer);
        ObjectNode previous = Difference.previousAttributes(before, after);
        if (!previous.isEmpty()) {
            world.events().emit("entitlements.active_entitlement_summary.updated", after, previous);
        }
    }

    private void give(String customer, String feature) {
        ObjectNode entitlement = Docs.object();
        entitlement.put("id", world.ids().next("ent_test"));
        entitlement.put("object", TYPE);
        entitlement.put("feature", feature);
        entitlement.put("livemode", world.simulation().settings().livemode());
        entitlement.put("lookup_key", Docs.textOf(world.store().get(Features.TYPE, feature), "lookup_key"));
        entitlement.put("_customer", customer);
        world.store().insert(entitlement);
    }

    private List<ObjectNode> of(String customer) {
        return world.store().newestFirst(TYPE, "customer", customer).toList();
    }

    private ObjectNode summary(String customer) {
        List<ObjectNode> shown = new ArrayList<>();
        of(customer).forEach(entitlement -> shown.add(world.renderer().render(entitlement)));
        ObjectNode summary = Docs.object();
        summary.put("object", "entitlements.active_entitlement_summary");
        summary.put("customer", customer);
        summary.set("entitlements", Docs.list("/v1/customer/" + customer + "/entitlements", shown));
        summary.put("livemode", world.simulation().settings().livemode());
        return summary;
    }
}
