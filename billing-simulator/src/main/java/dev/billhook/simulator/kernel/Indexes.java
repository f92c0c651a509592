package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Which fields of which documents can be looked up without reading every document. */
final class Indexes {
    private static final Function<ObjectNode, List<String>> CUSTOMER = at("/customer");
    private static final Map<String, Map<String, Function<ObjectNode, List<String>>>> BY_TYPE = Map.ofEntries(
            Map.entry("customer", Map.of("email", at("/email"), "test_clock", at("/test_clock"))),
            Map.entry("price", Map.of("product", at("/product"), "lookup_key", at("/lookup_key"))),
            Map.entry("payment_method", Map.of("customer", CUSTOMER)),
            Map.entry("tax_id", Map.of("customer", CUSTOMER)),
            Map.entry("setup_intent", Map.of("customer", CUSTOMER)),
            Map.entry("payment_intent", Map.of("customer", CUSTOMER)),
            Map.entry("charge", Map.of("customer", CUSTOMER, "payment_intent", at("/payment_intent"))),
            Map.entry("refund", Map.of("charge", at("/charge"), "payment_intent", at("/payment_intent"))),
            Map.entry("dispute", Map.of("charge", at("/charge"), "payment_intent", at("/payment_intent"))),
            Map.entry("customer_balance_transaction", Map.of("customer", CUSTOMER, "invoice", at("/invoice"))),
            Map.entry("credit_note", Map.of("customer", CUSTOMER, "invoice", at("/invoice"))),
            Map.entry(
                    "checkout.session",
                    Map.of(
                            "customer", CUSTOMER,
                            "subscription", at("/subscription"),
                            "payment_intent", at("/payment_intent"))),
            Map.entry(
                    "subscription",
                    Map.of(
                            "customer", CUSTOMER,
                            "item", ofItems("/id"),
                            "price", ofItems("/price"),
                            "status", Indexes::statusOfSubscription,
                            "collection_method", at("/collection_method"),
                            "test_clock", at("/test_clock"))),
            Map.entry("subscription_schedule", Map.of("customer", CUSTOMER)),
            Map.entry(
                    "invoice",
                    Map.of(
                            "customer", CUSTOMER,
                            "subscription", at("/parent/subscription_details/subscription"),
                            "status", at("/status"),
                            "collection_method", at("/collection_method"))),
            Map.entry("balance_transaction", Map.of("source", at("/source"), "type", at("/type"))),
            Map.entry("invoiceitem", Map.of("customer", CUSTOMER, "invoice", at("/invoice"))),
            Map.entry(
                    "invoice_payment",
                    Map.of("invoice", at("/invoice"), "payment_intent", at("/payment/payment_intent"))),
            Map.entry("entitlements.feature", Map.of("lookup_key", at("/lookup_key"))),
            Map.entry("entitlements.active_entitlement", Map.of("customer", at("/_customer"))),
            Map.entry("quote", Map.of("customer", CUSTOMER)),
            Map.entry("product_feature", Map.of("product", at("/_product"))),
            Map.entry("billing.meter", Map.of("event_name", at("/event_name"))),
            Map.entry("billing.meter_event", Map.of("usage", at("/_usage"), "identifier", at("/identifier"))),
            Map.entry("event", Map.of("type", at("/type"), "about", at("/data/object/id"))));

    private Indexes() {}

    static Map<String, Function<ObjectNode, List<String>>> of(String type) {
        return BY_TYPE.getOrDefault(type, Map.of());
    }

    private static Function<ObjectNode, List<String>> at(String pointer) {
        return doc -> {
            JsonNode value = doc.at(pointer);
            return value.isTextual() ? List.of(value.textValue()) : List.of();
        };
    }

    /** The status, and whether lists show it when nothing or {@code ended} is asked for. */
    private static List<String> statusOfSubscription(ObjectNode subscription) {
        String status = String.valueOf(Docs.text(subscription, "status"));
        return switch (status) {
            case "canceled" -> List.of(status, "ended");
            case "incomplete_expired" -> List.of(status, "ended", "current");
            default -> List.of(status, "current");
        };
    }

    private static Function<ObjectNode, List<String>> ofItems(String pointer) {
        return doc -> Docs.objects(doc, "items").stream()
                .map(item -> item.at(pointer).asText())
                .distinct()
                .toList();
    }
}
