package dev.billhook.simulator.resource.charge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.engine.payment.Shipping;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/charges}, which only payments create. */
final class ChargeResource {
    private static final String TYPE = "charge";
    private static final ParamSchema UPDATE = ParamSchema.of("""
        customer description fraud_details:{user_report?:fraudulent|safe} metadata?:map receipt_email
        shipping:{address!:{city country line1 line2 postal_code state} carrier name! phone tracking_number}
        transfer_group\
        """);
    private static final ParamSchema CAPTURE = ParamSchema.of("""
        amount:int application_fee:int application_fee_amount:int receipt_email statement_descriptor
        statement_descriptor_suffix transfer_data:any transfer_group\
        """);
    private static final ParamSchema LIST = ParamSchema.ofList("created:range customer payment_intent transfer_group");

    private final ApiKit kit;
    private final PaymentEngine payment;

    ChargeResource(ApiKit kit, PaymentEngine payment) {
        this.kit = kit;
        this.payment = payment;
        kit.router()
                .post("/v1/charges/{id}", UPDATE, this::update)
                .post("/v1/charges/{id}/capture", CAPTURE, this::capture)
                .get("/v1/charges", LIST, this::list);
        kit.retrieve("/v1/charges/{id}", TYPE);
        kit.search("/v1/charges/search", TYPE);
        kit.expander().onDemand(TYPE, "refunds", this::shownRefunds);
    }

    private ObjectNode update(Call call) {
        ObjectNode charge = kit.world().finder().editInUrl(TYPE, call.id());
        call.params().copyTo(charge, "customer", "description", "receipt_email", "shipping", "transfer_group");
        Shipping.complete(charge);
        call.params().group("fraud_details").copyTo(Docs.child(charge, "fraud_details"), "user_report");
        call.params().mergeMetadata(charge);
        kit.world().events().emitUpdated("charge.updated", charge);
        return kit.show(charge);
    }

    private ObjectNode capture(Call call) {
        ObjectNode charge = kit.world().finder().editInUrl(TYPE, call.id());
        call.params()
                .copyTo(
                        charge,
                        "receipt_email",
                        "statement_descriptor",
                        "statement_descriptor_suffix",
                        "transfer_group");
        payment.payments()
                .capture(Docs.textOf(charge, "payment_intent"), call.params().number("amount"));
        return kit.show(charge);
    }

    private ObjectNode list(Call call) {
        boolean byIntent = call.params().hasValue("payment_intent");
        return kit.pager()
                .page(
                        call,
                        TYPE,
                        Pager.lookup(call.params(), byIntent ? "payment_intent" : "customer"),
                        Pager.range(call.params(), "created")
                                .and(Pager.equal(call.params(), "customer"))
                                .and(Pager.equal(call.params(), "transfer_group")));
    }

    private ObjectNode shownRefunds(ObjectNode charge) {
        String id = Docs.textOf(charge, "id");
        return Docs.list(
                "/v1/charges/" + id + "/refunds",
                payment.charging().refunds().of(id).stream().map(kit::show).toList());
    }
}
