package dev.billhook.simulator.engine.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;

/**
 * The older view of recurring prices, which subscription items still carry beside the price. A plan is stored as the price it is,
 * so either can be read as the other.
 */
public final class Plans {
    private static final String PRICE = "price";
    private static final String DELETED = "_plan_deleted";
    private static final String[] RECURRING = {"interval", "interval_count", "meter", "trial_period_days", "usage_type"
    };

    private final World world;
    private final Prices prices;

    public Plans(World world, Prices prices) {
        this.world = world;
        this.prices = prices;
    }

    /** A new plan, as the price it is. */
    public ObjectNode create(Params params) {
        String id = params.text("id", world.ids().next("plan"));
        if (world.store().find(PRICE, id) != null) {
            throw ApiError.invalid("resource_already_exists", "id", "Plan already exists.");
        }
        if (!params.hasValue("amount") && !params.hasValue("amount_decimal") && !params.hasValue("tiers")) {
            throw ApiError.missing("amount");
        }
        ObjectNode input = Docs.object();
        params.copyTo(input, "active", "billing_scheme", "currency", "metadata", "nickname", "tiers", "tiers_mode");
        move(params, "amount", input, "unit_amount");
        move(params, "amount_decimal", input, "unit_amount_decimal");
        move(params, "transform_usage", input, "transform_quantity");
        move(params, "product", input, params.text("product") == null ? "product_data" : "product");
        params.copyTo(input.putObject("recurring"), RECURRING);
        return prices.create(Params.of(input), id, true);
    }

    /** Changes a plan. */
    public ObjectNode update(String id, Params params) {
        inUrl(id);
        ObjectNode price = world.store().edit(PRICE, id);
        params.copyTo(price, "active", "nickname");
        params.mergeMetadata(price);
        params.copyTo(Docs.child(price, "recurring"), "trial_period_days");
        String product = params.text("product");
        if (product != null) {
            world.finder().inParam("product", product, "product");
            price.put("product", product);
        }
        prices.announceChange(price);
        return price;
    }

    /** Deletes a plan: nobody can subscribe to it any more; who does already goes on. */
    public ObjectNode delete(String id) {
        inUrl(id);
        ObjectNode price = world.store().edit(PRICE, id);
        world.events().emit("plan.deleted", of(price));
        world.events().emit("price.deleted", price);
        price.put("active", false);
        price.put(DELETED, true);
        return Docs.object().put("id", id).put("object", "plan").put("deleted", true);
    }

    /** The price of the plan the URL names. */
    public ObjectNode inUrl(String id) {
        ObjectNode price = world.store().find(PRICE, id);
        if (price == null || !isPlan(price)) {
            throw ApiError.noSuch("plan", id, "plan", true);
        }
        return price;
    }

    /** Whether a price can be read as a plan: it is recurring, and the plan was not deleted. */
    public static boolean isPlan(ObjectNode price) {
        return price.path("recurring").isObject() && !Docs.flag(price, DELETED);
    }

    private static void move(Params from, String name, ObjectNode to, String newName) {
        if (from.hasValue(name)) {
            to.set(newName, from.tree().get(name));
        }
    }

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
        plan.set("transform_usage", price.path("transform_quantity").deepCopy());
        plan.put("trial_period_days", Docs.number(recurring, "trial_period_days"));
        plan.put("usage_type", Docs.text(recurring, "usage_type"));
        return plan;
    }
}
