package dev.billhook.simulator.engine.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;

/** The older view of a recurring price, which subscription items still carry beside the price. */
public final class Plans {
    private Plans() {}

    /** The plan that corresponds to a recurring price. */
    public static ObjectNode of(ObjectNode price) {
        ObjectNode recurring = Docs.child(price, "recurring");
        ObjectNode plan = Docs.object();
        plan.put("id", Docs.textOf(price, "id"));
        plan.put("object", "plan");
        plan.set("active", price.path("active"));
        plan.set("amount", price.path("unit_amount"));
        plan.set("amount_decimal", price.path("unit_amount_decimal"));
        plan.set("billing_scheme", price.path("billing_scheme"));
        plan.set("created", price.path("created"));
        plan.set("currency", price.path("currency"));
        plan.put("interval", Docs.text(recurring, "interval"));
        plan.put("interval_count", Docs.numberOf(recurring, "interval_count"));
        plan.set("livemode", price.path("livemode"));
        plan.set("metadata", price.path("metadata").deepCopy());
        plan.put("meter", Docs.text(recurring, "meter"));
        plan.set("nickname", price.path("nickname"));
        plan.set("product", price.path("product"));
        plan.set("tiers_mode", price.path("tiers_mode"));
        plan.putNull("transform_usage");
        plan.put("trial_period_days", Docs.number(recurring, "trial_period_days"));
        plan.put("usage_type", Docs.text(recurring, "usage_type"));
        return plan;
    }
}
