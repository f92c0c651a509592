package dev.billhook.simulator.resource.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;
import java.util.List;
import java.util.function.Predicate;

/** {@code /v1/prices}. */
final class PriceResource {
    private static final int MAX_LOOKUP_KEYS = 10;
    static final String TIERS = """
        tiers:[{flat_amount:int flat_amount_decimal:dec unit_amount:int unit_amount_decimal:dec up_to!:int|inf}]
        """;
    private static final String OPTIONS = "currency_options?:<{unit_amount:int unit_amount_decimal:dec"
            + " custom_unit_amount:any tax_behavior:inclusive|exclusive|unspecified " + TIERS + "}> ";
    private static final ParamSchema CREATE =
            ParamSchema.of("""
                currency! active:bool billing_scheme:per_unit|tiered lookup_key metadata:map nickname product
                custom_unit_amount:{enabled!:bool maximum:int minimum:int preset:int}
                recurring:{interval!:day|week|month|year interval_count:int meter trial_period_days:int
                  usage_type:licensed|metered}
                tax_behavior:inclusive|exclusive|unspecified tiers_mode:graduated|volume transfer_lookup_key:bool
                transform_quantity:{divide_by!:int round!:up|down} unit_amount:int unit_amount_decimal:dec
                """ + TIERS + OPTIONS + "product_data:{" + ProductResource.PRODUCT_DATA + "}");
    private static final ParamSchema UPDATE = ParamSchema.of("""
        active:bool lookup_key? metadata?:map nickname? tax_behavior:inclusive|exclusive|unspecified
        transfer_lookup_key:bool
        """ + " " + OPTIONS);
    private static final ParamSchema LIST = ParamSchema.ofList("""
        active:bool created:range currency lookup_keys:[str] product type:one_time|recurring
        recurring:{interval:day|week|month|year meter usage_type:licensed|metered}\
        """);

    private final ApiKit kit;

    PriceResource(ApiKit kit, Prices prices) {
        this.kit = kit;
        kit.router()
                .post("/v1/prices", CREATE, call -> kit.show(prices.create(call.params())))
                .post("/v1/prices/{id}", UPDATE, call -> kit.show(prices.update(call.id(), call.params())))
                .get("/v1/prices", LIST, this::list);
        kit.retrieve("/v1/prices/{id}", "price");
        kit.search("/v1/prices/search", "price");
        kit.expander().onDemand("price", "tiers", this::tiers);
        kit.expander().onDemand("plan", "tiers", this::tiers);
        kit.expander().onDemand("price", "currency_options", price -> PriceAmounts.shownOptions(stored(price)));
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        List<String> keys = params.texts("lookup_keys");
        if (keys.size() > MAX_LOOKUP_KEYS) {
            throw ApiError.invalid(null, "lookup_keys", "Up to " + MAX_LOOKUP_KEYS + " lookup keys can be given.");
        }
        Params recurring = params.group("recurring");
        Predicate<ObjectNode> filter = Pager.equal(params, "active")
                .and(Pager.equal(params, "currency"))
                .and(Pager.equal(params, "type"))
                .and(Pager.range(params, "created"))
                .and(price -> keys.isEmpty() || keys.contains(Docs.text(price, "lookup_key")));
        for (String field : new String[] {"interval", "meter", "usage_type"}) {
            Predicate<ObjectNode> equal = Pager.equal(recurring, field);
            filter = filter.and(price -> equal.test(Docs.child(price, "recurring")));
        }
        return kit.pager().page(call, "price", Pager.lookup(params, "product"), filter);
    }

    private JsonNode tiers(ObjectNode price) {
        JsonNode tiers = stored(price).get("_tiers");
        return tiers == null ? NullNode.getInstance() : tiers.deepCopy();
    }

    private ObjectNode stored(ObjectNode price) {
        return kit.world().store().get("price", Docs.textOf(price, "id"));
    }
}
