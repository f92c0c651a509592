package dev.billhook.simulator.engine.charge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shape of disputes and what can be read from them. */
public final class DisputeDocs {
    static final String TYPE = "dispute";
    static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"dispute","amount":0,"balance_transactions":[],"charge":"","created":0,"currency":"",
         "enhanced_eligibility_types":[],
         "evidence":{"access_activity_log":null,"billing_address":null,"cancellation_policy":null,
         "cancellation_policy_disclosure":null,"cancellation_rebuttal":null,"customer_communication":null,
         "customer_email_address":null,"customer_name":null,"customer_purchase_ip":null,"customer_signature":null,
         "duplicate_charge_documentation":null,"duplicate_charge_explanation":null,"duplicate_charge_id":null,
         "enhanced_evidence":{},"product_description":null,"receipt":null,"refund_policy":null,
         "refund_policy_disclosure":null,"refund_refusal_explanation":null,"service_date":null,
         "service_documentation":null,"shipping_address":null,"shipping_carrier":null,"shipping_date":null,
         "shipping_documentation":null,"shipping_tracking_number":null,"uncategorized_file":null,
         "uncategorized_text":null},
         "evidence_details":{"due_by":0,"enhanced_eligibility":{},"has_evidence":false,"past_due":false,
         "submission_count":0},
         "is_charge_refundable":false,"livemode":false,"metadata":{},"payment_intent":null,
         "payment_method_details":{"card":{"brand":"","case_type":"chargeback","network":"",
         "network_reason_code":null},"type":"card"},"reason":"","status":"needs_response"}\
        """);
    private static final Set<String> CLOSED = Set.of("won", "lost", "warning_closed");
    private static final Set<String> HARMLESS =
            Set.of("won", "warning_needs_response", "warning_under_review", "warning_closed");
    private static final Map<String, String> VISA_CODES = Map.of(
            "fraudulent", "10.4",
            "product_not_received", "13.1",
            "subscription_canceled", "13.2",
            "product_unacceptable", "13.3",
            "credit_not_processed", "13.6",
            "duplicate", "12.6");

    private DisputeDocs() {}

    /** Whether the network has taken the money of this charge and not given it back. */
    static boolean blocksRefunds(Store store, String charge) {
        return store.newestFirst(TYPE, "charge", charge).anyMatch(dispute -> !HARMLESS.contains(status(dispute)));
    }

    static String status(ObjectNode dispute) {
        return Docs.textOf(dispute, "status");
    }

    /** Whether the bank has decided. */
    public static boolean isClosed(ObjectNode dispute) {
        return CLOSED.contains(status(dispute));
    }

    static boolean isInquiry(ObjectNode dispute) {
        return status(dispute).startsWith("warning_");
    }

    static boolean needsResponse(ObjectNode dispute) {
        return status(dispute).endsWith("needs_response");
    }

    static ObjectNode card(ObjectNode dispute) {
        return Docs.child(Docs.child(dispute, "payment_method_details"), "card");
    }

    /** Visa's code for a reason, or null where none fits. */
    static @Nullable String networkCode(String reason) {
        return VISA_CODES.get(reason);
    }
}
