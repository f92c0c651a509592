package dev.billhook.simulator.event.version;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.time.Instant;
import java.util.Map;

/** Thin notifications: what happened to which object, without the object, in a form that no version of the API changes. */
public final class ThinEvent {
    /** What the type of a thin notification has in front of that of the event it tells of. */
    public static final String PREFIX = "v1.";

    private static final Map<String, String> PATHS = Map.ofEntries(
            Map.entry("customer", "customers"),
            Map.entry("subscription", "subscriptions"),
            Map.entry("subscription_schedule", "subscription_schedules"),
            Map.entry("invoice", "invoices"),
            Map.entry("invoiceitem", "invoiceitems"),
            Map.entry("invoice_payment", "invoice_payments"),
            Map.entry("credit_note", "credit_notes"),
            Map.entry("quote", "quotes"),
            Map.entry("product", "products"),
            Map.entry("price", "prices"),
            Map.entry("plan", "plans"),
            Map.entry("coupon", "coupons"),
            Map.entry("promotion_code", "promotion_codes"),
            Map.entry("tax_rate", "tax_rates"),
            Map.entry("payment_method", "payment_methods"),
            Map.entry("payment_intent", "payment_intents"),
            Map.entry("setup_intent", "setup_intents"),
            Map.entry("charge", "charges"),
            Map.entry("refund", "refunds"),
            Map.entry("dispute", "disputes"),
            Map.entry("checkout.session", "checkout/sessions"),
            Map.entry("billing_portal.configuration", "billing_portal/configurations"),
            Map.entry("billing.meter", "billing/meters"),
            Map.entry("entitlements.feature", "entitlements/features"),
            Map.entry("test_helpers.test_clock", "test_helpers/test_clocks"));

    private ThinEvent() {}

    /** The thin notification of an event; it has the event's id. */
    public static ObjectNode of(ObjectNode event) {
        ObjectNode thin = Docs.object();
        thin.put("id", Docs.textOf(event, "id"));
        thin.put("object", "v2.core.event");
        thin.put("type", PREFIX + Docs.textOf(event, "type"));
        thin.put(
                "created",
                Instant.ofEpochSecond(Docs.numberOf(event, "created")).toString());
        thin.put("livemode", Docs.flag(event, "livemode"));
        thin.putNull("context");
        ObjectNode object = Docs.child(Docs.child(event, "data"), "object");
        String type = Docs.text(object, "object");
        String id = Docs.text(object, "id");
        String path = type == null ? null : PATHS.get(type);
        if (id == null || path == null) {
            thin.putNull("related_object");
        } else {
            ObjectNode related = thin.putObject("related_object");
            related.put("id", id);
            related.put("type", type);
            related.put("url", "/v1/" + path + "/" + id);
        }
        ObjectNode request = Docs.child(event, "request");
        if (request.hasNonNull("id")) {
            ObjectNode reason = thin.putObject("reason");
            reason.put("type", "request");
            String key = Docs.text(request, "idempotency_key");
            reason.putObject("request")
                    .put("id", Docs.textOf(request, "id"))
                    .put("idempotency_key", key == null ? "" : key);
        } else {
            thin.putNull("reason");
        }
        return thin;
    }
}
