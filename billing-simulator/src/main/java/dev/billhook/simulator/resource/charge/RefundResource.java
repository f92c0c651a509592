package dev.billhook.simulator.resource.charge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.charge.Refunds;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/refunds}. */
final class RefundResource {
    private static final ParamSchema CREATE = ParamSchema.of("""
        charge payment_intent amount:int reason:duplicate|fraudulent|requested_by_customer metadata?:map currency
        customer instructions_email origin:customer_balance refund_application_fee:bool reverse_transfer:bool\
        """);
    private static final ParamSchema UPDATE = ParamSchema.of("metadata?:map");
    private static final ParamSchema LIST = ParamSchema.ofList("charge created:range payment_intent");

    RefundResource(ApiKit kit, Refunds refunds) {
        kit.router()
                .post("/v1/refunds", CREATE, call -> kit.show(refunds.create(call.params())))
                .post("/v1/refunds/{id}", UPDATE, call -> kit.show(refunds.update(call.id(), call.params())))
                .post("/v1/refunds/{id}/cancel", ApiKit.NOTHING, call -> kit.show(refunds.cancel(call.id())))
                .get("/v1/refunds", LIST, call -> ofPayment(kit, call, "refund"));
        kit.retrieve("/v1/refunds/{id}", "refund");
    }

    /** A page of what belongs to the charge or payment intent that the request names. */
    static ObjectNode ofPayment(ApiKit kit, Call call, String type) {
        String index = call.params().hasValue("charge") ? "charge" : "payment_intent";
        return kit.pager()
                .page(
                        call,
                        type,
                        Pager.lookup(call.params(), index),
                        Pager.range(call.params(), "created").and(Pager.equal(call.params(), "payment_intent")));
    }
}
