package dev.billhook.simulator.resource.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.catalog.Plans;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;
import java.util.List;
import java.util.function.Predicate;

/** {@code /v1/plans}. */
final class PlanResource {
    private static final String PLAN = "/v1/plans/{id}";
    private static final ParamSchema CREATE =
            ParamSchema.of("""
        currency! interval!:day|week|month|year active:bool amount:int amount_decimal:dec id interval_count:int
        billing_scheme:per_unit|tiered metadata?:map meter nickname tiers_mode:graduated|volume trial_period_days:int
        transform_usage:{divide_by!:int round!:up|down} usage_type:licensed|metered
        """ + PriceResource.TIERS + "product!:str|{" + ProductResource.PRODUCT_DATA + "}");
    private static final ParamSchema UPDATE =
            ParamSchema.of("active:bool metadata?:map nickname product trial_period_days:int");
    private static final ParamSchema LIST = ParamSchema.ofList("active:bool created:range product");

    private final ApiKit kit;

    PlanResource(ApiKit kit, Plans plans) {
        this.kit = kit;
        kit.router()
                .post("/v1/plans", CREATE, call -> Plans.of(plans.create(call.params())))
                .post(PLAN, UPDATE, call -> Plans.of(plans.update(call.id(), call.params())))
                .delete(PLAN, ApiKit.NOTHING, call -> plans.delete(call.id()))
                .get(PLAN, ApiKit.NOTHING, call -> Plans.of(plans.inUrl(call.id())))
                .get("/v1/plans", LIST, this::list);
    }

    private ObjectNode list(Call call) {
        Predicate<ObjectNode> filter = Pager.equal(call.params(), "active").and(Pager.range(call.params(), "created"));
        ObjectNode page =
                kit.pager().page(call, "price", Pager.lookup(call.params(), "product"), filter.and(Plans::isPlan));
        List<ObjectNode> prices = Docs.objects(page, "data");
        page.set(
                "data",
                Docs.array().addAll(prices.stream().<JsonNode>map(Plans::of).toList()));
        return page;
    }
}
