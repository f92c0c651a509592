package dev.billhook.simulator.resource.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.Pager;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;
import java.util.List;

/** {@code /v1/charges} and {@code /v1/balance_transactions}, which only payments create. */
final class ChargeResource {
    private static final ParamSchema UPDATE = ParamSchema.of("description metadata?:map receipt_email shipping:any");
    private static final ParamSchema LIST = ParamSchema.ofList("created:range customer payment_intent transfer_group");
    private static final ParamSchema BALANCE_LIST = ParamSchema.ofList("created:range currency source type payout");

    private final ApiKit kit;

    ChargeResource(ApiKit kit) {
        this.kit = kit;
        kit.router()
                .post("/v1/charges/{id}", UPDATE, this::update)
                .get("/v1/charges", LIST, this::list)
                .get("/v1/balance_transactions", BALANCE_LIST, this::balance);
        kit.retrieve("/v1/charges/{id}", "charge");
        kit.retrieve("/v1/balance_transactions/{id}", "balance_transaction");
        kit.search("/v1/charges/search", "charge");
        kit.expander()
                .onDemand(
                        "charge",
                        "refunds",
                        charge -> Docs.list("/v1/charges/" + Docs.text(charge, "id") + "/refunds", List.of()));
    }

    private ObjectNode update(Call call) {
        ObjectNode charge = kit.world().finder().editInUrl("charge", call.id());
        call.params().copyTo(charge, "description", "receipt_email", "shipping");
        call.params().mergeMetadata(charge);
        kit.world().events().emitUpdated("charge.updated", charge);
        return kit.show(charge);
    }

    private ObjectNode list(Call call) {
        boolean byIntent = call.params().hasValue("payment_intent");
        return kit.pager()
                .page(
                        call,
                        "charge",
                        Pager.lookup(call.params(), byIntent ? "payment_intent" : "customer"),
                        Pager.range(call.params(), "created").and(Pager.equal(call.params(), "customer")));
    }

    private ObjectNode balance(Call call) {
        return kit.pager()
                .page(
                        call,
                        "balance_transaction",
                        Pager.range(call.params(), "created")
                                .and(Pager.equal(call.params(), "currency"))
                                .and(Pager.equal(call.params(), "source"))
                                .and(Pager.equal(call.params(), "type")));
    }
}
