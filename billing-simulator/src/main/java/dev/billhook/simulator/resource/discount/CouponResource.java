package dev.billhook.simulator.resource.discount;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.discount.Coupons;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/coupons}. */
final class CouponResource {
    private static final String TYPE = "coupon";
    private static final String COMMON = "currency_options:<{amount_off!:int}> metadata?:map name ";
    private static final ParamSchema CREATE = ParamSchema.of(COMMON + """
        amount_off:int applies_to:{products:[str]} currency duration:forever|once|repeating duration_in_months:int id
        max_redemptions:int percent_off:dec redeem_by:int\
        """);
    private static final ParamSchema UPDATE = ParamSchema.of(COMMON);
    private static final ParamSchema LIST = ParamSchema.ofList("created:range");

    CouponResource(ApiKit kit, Coupons coupons) {
        kit.router()
                .post("/v1/coupons", CREATE, call -> kit.show(coupons.create(call.params())))
                .post("/v1/coupons/{id}", UPDATE, call -> kit.show(coupons.update(call.id(), call.params())))
                .delete("/v1/coupons/{id}", ApiKit.NOTHING, call -> coupons.delete(call.id()))
                .get("/v1/coupons", LIST, call -> kit.pager().page(call, TYPE, Pager.range(call.params(), "created")));
        kit.retrieve("/v1/coupons/{id}", TYPE);
        kit.expander().onDemand(TYPE, "applies_to", coupon -> appliesTo(coupons, coupon));
        kit.expander().onDemand(TYPE, "currency_options", coupon -> coupons.currencyOptions(Docs.textOf(coupon, "id")));
    }

    private static JsonNode appliesTo(Coupons coupons, ObjectNode coupon) {
        ObjectNode limited = coupons.appliesTo(Docs.textOf(coupon, "id"));
        return limited == null ? NullNode.getInstance() : limited;
    }
}
