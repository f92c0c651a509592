package dev.billhook.simulator.page.dashboard.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Addresses of the dashboard: which section shows which objects. */
public final class Places {
    /** The address of the overview. */
    public static final String HOME = "/dashboard";

    private static final Map<String, String> SECTION_OF = new LinkedHashMap<>();

    static {
        put("customers", "customer");
        put("subscriptions", "subscription", "subscription_schedule");
        put("invoices", "invoice", "credit_note", "invoiceitem");
        put("payments", "charge", "payment_intent", "setup_intent", "refund", "dispute", "payment_method");
        put("catalog", "price", "product", "coupon", "promotion_code", "tax_rate", "entitlements.feature");
        put("catalog", "billing.meter");
        put("checkout", "checkout.session", "quote", "billing_portal.session", "billing_portal.configuration");
        put("events", "event");
        put("webhooks", "webhook_endpoint");
    }

    private Places() {}

    /** The types of objects that have a page. */
    public static Set<String> types() {
        return SECTION_OF.keySet();
    }

    /** The types of objects a section has pages of. */
    public static List<String> typesIn(String section) {
        return SECTION_OF.entrySet().stream()
                .filter(entry -> entry.getValue().equals(section))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The address of a section. */
    public static String section(String name) {
        return HOME + "/" + name;
    }

    /** The address of an object in a section. */
    public static String object(String section, String id) {
        return HOME + "/" + section + "/" + id;
    }

    /** The address of an object of a type; null when such objects have no page. */
    public static @Nullable String of(String type, @Nullable String id) {
        String section = SECTION_OF.get(type);
        return section == null || id == null ? null : object(section, id);
    }

    /** The address of an object as the API shows it; null when it has no page. */
    public static @Nullable String of(ObjectNode shown) {
        return of(String.valueOf(Docs.text(shown, "object")), Docs.text(shown, "id"));
    }

    private static void put(String section, String... types) {
        for (String type : types) {
            SECTION_OF.put(type, section);
        }
    }
}
