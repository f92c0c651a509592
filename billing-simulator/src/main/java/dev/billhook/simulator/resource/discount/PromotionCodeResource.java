package dev.billhook.simulator.resource.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.discount.PromotionCodes;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;
import java.util.function.Predicate;

/** {@code /v1/promotion_codes}. */
final class PromotionCodeResource {
    private static final String TYPE = "promotion_code";
    private static final String OPTIONS = "currency_options:<{minimum_amount:int}>";
    private static final ParamSchema CREATE = ParamSchema.of("""
        promotion!:{type!:coupon coupon} active:bool code customer expires_at:int max_redemptions:int metadata:map
        restrictions:{first_time_transaction:bool minimum_amount:int minimum_amount_currency
        """ + OPTIONS + "}");
    private static final ParamSchema UPDATE =
            ParamSchema.of("active:bool metadata?:map restrictions:{" + OPTIONS + "}");
    private static final ParamSchema LIST =
            ParamSchema.ofList("active:bool code coupon created:range customer customer_account");

    private final ApiKit kit;
    private final PromotionCodes codes;

    PromotionCodeResource(ApiKit kit, PromotionCodes codes) {
        this.kit = kit;
        this.codes = codes;
        kit.router()
                .post("/v1/promotion_codes", CREATE, call -> kit.show(codes.create(call.params())))
                .post("/v1/promotion_codes/{id}", UPDATE, call -> kit.show(codes.update(call.id(), call.params())))
                .get("/v1/promotion_codes", LIST, this::list);
        kit.retrieve("/v1/promotion_codes/{id}", TYPE);
        kit.expander()
                .onDemand(
                        TYPE, "restrictions.currency_options", code -> codes.currencyOptions(Docs.textOf(code, "id")));
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        long now = kit.world().now(null);
        String text = params.text("code");
        String coupon = params.text("coupon");
        Predicate<ObjectNode> filter = Pager.range(params, "created")
                .and(Pager.equal(params, "customer"))
                .and(Pager.equal(params, "customer_account"))
                .and(code -> !params.has("active") || codes.isActive(code, now) == params.flag("active"))
                .and(code -> text == null || text.equalsIgnoreCase(Docs.text(code, "code")))
                .and(code -> coupon == null || coupon.equals(Docs.text(Docs.child(code, "promotion"), "coupon")));
        return kit.pager().page(call, TYPE, filter);
    }
}
