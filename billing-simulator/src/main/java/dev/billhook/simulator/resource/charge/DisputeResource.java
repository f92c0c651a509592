package dev.billhook.simulator.resource.charge;

import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.engine.charge.Disputes;
import dev.billhook.simulator.resource.ApiKit;

/** {@code /v1/disputes}; only cardholders raise them. */
final class DisputeResource {
    private static final ParamSchema UPDATE = ParamSchema.of("""
        metadata?:map submit:bool
        evidence:{access_activity_log? billing_address? cancellation_policy? cancellation_policy_disclosure?
          cancellation_rebuttal? customer_communication? customer_email_address? customer_name? customer_purchase_ip?
          customer_signature? duplicate_charge_documentation? duplicate_charge_explanation? duplicate_charge_id?
          enhanced_evidence:any product_description? receipt? refund_policy? refund_policy_disclosure?
          refund_refusal_explanation? service_date? service_documentation? shipping_address? shipping_carrier?
          shipping_date? shipping_documentation? shipping_tracking_number? uncategorized_file? uncategorized_text?}\
        """);
    private static final ParamSchema LIST = ParamSchema.ofList("charge created:range payment_intent");

    DisputeResource(ApiKit kit, Disputes disputes) {
        kit.router()
                .post("/v1/disputes/{id}", UPDATE, call -> kit.show(disputes.update(call.id(), call.params())))
                .post("/v1/disputes/{id}/close", ApiKit.NOTHING, call -> kit.show(disputes.close(call.id())))
                .get("/v1/disputes", LIST, call -> RefundResource.ofPayment(kit, call, "dispute"));
        kit.retrieve("/v1/disputes/{id}", "dispute");
    }
}
