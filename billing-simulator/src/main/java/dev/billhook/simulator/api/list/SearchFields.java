package dev.billhook.simulator.api.list;

import dev.billhook.simulator.kernel.ApiError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which fields of which objects can be searched, and where they stand. Source: Stripe's Search, query fields. */
final class SearchFields {
    private static final Map<String, String> BY_TYPE = Map.of(
            "charge",
            """
            amount billing_details.address.postal_code created currency customer disputed metadata
            payment_method_details.card.brand payment_method_details.card.exp_month payment_method_details.card.exp_year
            payment_method_details.card.fingerprint payment_method_details.card.last4 refunded status\
            """,
            "customer",
            "created email metadata name phone",
            "invoice",
            """
            created currency customer last_finalization_error_code=last_finalization_error.code
            last_finalization_error_type=last_finalization_error.type metadata number receipt_number status
            subscription=parent.subscription_details.subscription total\
            """,
            "payment_intent",
            "amount created currency customer metadata status",
            "price",
            "active created currency lookup_key metadata product type",
            "product",
            "active created description metadata name shippable url",
            "subscription",
            "canceled_at created metadata status");
    private static final Map<String, Map<String, String>> PATHS = paths();

    private SearchFields() {}

    /** Where the value stands that a term names; the key is that in brackets. */
    static List<String> path(String type, String field, @Nullable String key) {
        String path = PATHS.getOrDefault(type, Map.of()).get(field);
        boolean keyed = "metadata".equals(field);
        if (path == null || (key != null && !keyed)) {
            throw ApiError.invalid(
                    null,
                    "query",
                    "Field `" + field + "` is not one by which objects of type " + type + " can be searched.");
        }
        return keyed && key != null ? List.of(path, key) : List.of(path.split("\\.", -1));
    }

    private static Map<String, Map<String, String>> paths() {
        Map<String, Map<String, String>> paths = new HashMap<>();
        BY_TYPE.forEach((type, fields) -> {
            Map<String, String> own = new HashMap<>();
            for (String field : fields.split("\\s+", -1)) {
                String[] parts = field.split("=", 2);
                own.put(parts[0], parts[parts.length - 1]);
            }
            paths.put(type, own);
        });
        return paths;
    }
}
