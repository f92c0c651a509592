package dev.billhook.simulator.page.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.dashboard.view.Action.Option;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a list are shown.
 *
 * @param value what was chosen or typed; empty for all
 * @param options what can be chosen; empty for a text that is typed
 * @param suggestions what may be typed
 */
record Filter(String label, String value, List<Option> options, List<String> suggestions) {
    private static final int RECENT_EVENTS = 2_000;

    /** The filter of a section's list; null where there is none. */
    static @Nullable Filter of(String section, String value, Store store) {
        return switch (section) {
            case "customers" -> new Filter("Name, e-mail or id", value, List.of(), List.of());
            case "events" ->
                new Filter(
                        "Type begins with",
                        value,
                        List.of(),
                        store.newestFirst("event")
                                .limit(RECENT_EVENTS)
                                .map(event -> Docs.textOf(event, "type"))
                                .distinct()
                                .sorted()
                                .toList());
            case "subscriptions" ->
                chosen(
                        "Status",
                        value,
                        "active",
                        "trialing",
                        "past_due",
                        "unpaid",
                        "paused",
                        "incomplete",
                        "incomplete_expired",
                        "canceled");
            case "invoices" -> chosen("Status", value, "draft", "open", "paid", "uncollectible", "void");
            case "payments" -> chosen("Status", value, "succeeded", "failed", "pending");
            case "checkout" -> chosen("Status", value, "open", "complete", "expired");
            case "webhooks" -> chosen("Deliveries", value, "failed");
            default -> null;
        };
    }

    private static Filter chosen(String label, String value, String... values) {
        List<Option> options = new ArrayList<>(List.of(new Option("", "All")));
        Stream.of(values).map(Option::named).forEach(options::add);
        return new Filter(label, value, options, List.of());
    }

    /** Whether an object is shown. */
    boolean takes(String type, ObjectNode doc) {
        if (value.isEmpty()) {
            return true;
        }
        return switch (type) {
            case "customer" -> contains(doc, value);
            case "event" -> Docs.textOf(doc, "type").startsWith(value);
            case "webhook_endpoint" -> true;
            default -> value.equals(Docs.text(doc, "status"));
        };
    }

    /** Whether one of the names of an object contains a text. */
    static boolean contains(ObjectNode doc, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return Stream.of("name", "email", "id", "number")
                .map(field -> String.valueOf(Docs.text(doc, field)))
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** What follows in the address of the next page. */
    String query() {
        return value.isEmpty() ? "" : "&filter=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
