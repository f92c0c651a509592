package dev.billhook.simulator.page.dashboard.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.event.Endpoints;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.dashboard.view.Cell;
import dev.billhook.simulator.page.text.PlanText;
import dev.billhook.simulator.page.text.PriceText;
import dev.billhook.simulator.page.text.StatusText;
import java.util.List;

/** Objects of all other types: what they refer to, and a little more for those that people look at often. */
final class OtherDetails implements Details {
    private static final List<String> REFERENCES =
            List.of("subscription", "invoice", "charge", "payment_intent", "setup_intent", "product", "schedule");
    private static final int ATTEMPTS = 25;

    private final Sources sources;

    OtherDetails(Sources sources) {
        this.sources = sources;
    }

    @Override
    public String title(ObjectNode doc) {
        String type = Docs.textOf(doc, "object");
        return switch (type) {
            case "product", "coupon", "entitlements.feature" -> named(doc);
            case "price" -> "Price of " + PlanText.productName(sources.store(), doc);
            case "checkout.session" -> "Checkout session";
            case "webhook_endpoint" -> String.valueOf(Docs.text(doc, "url"));
            default -> worded(type);
        };
    }

    @Override
    public void fill(ObjectNode doc, Sheet sheet) {
        String id = Docs.textOf(doc, "id");
        String type = Docs.textOf(doc, "object");
        sheet.fact("Type", worded(type));
        String status = Docs.text(doc, "status");
        if (status != null) {
            sheet.fact("Status", Cell.tag(StatusText.named(status)));
        }
        if (doc.hasNonNull("customer")) {
            sheet.fact("Customer", sources.rows().customer(Docs.text(doc, "customer")));
        }
        for (String field : REFERENCES) {
            sheet.reference(
                    worded(field), field.equals("schedule") ? "subscription_schedule" : field, Docs.text(doc, field));
        }
        switch (type) {
            case "product" -> sheet.table(sources.rows().prices(sources.related("price", "product", id)));
            case "price" -> {
                sheet.fact("Price", PriceText.of(doc, Docs.textOf(doc, "currency")));
                sheet.fact("Lookup key", Docs.text(doc, "lookup_key"));
            }
            case "checkout.session" -> {
                sheet.fact("Mode", Docs.text(doc, "mode"));
                sheet.link("Open the payment page", Docs.text(doc, "url"));
            }
            case "billing_portal.session" -> sheet.link("Open the portal", Docs.text(doc, "url"));
            case "credit_note" -> sheet.link("Download PDF", Docs.text(doc, "pdf"));
            case "webhook_endpoint" -> endpoint(doc, sheet);
            default -> {}
        }
    }

    private void endpoint(ObjectNode doc, Sheet sheet) {
        String id = Docs.textOf(doc, "id");
        sheet.fact("Signing secret", Cell.code(Endpoints.secretOf(doc)));
        sheet.fact("Events", Cell.of(String.join(", ", Docs.texts(doc, "enabled_events"))));
        sheet.fact("API version", Docs.text(doc, "api_version"));
        sheet.table(sources.events()
                .deliveries(sources.delivery().log().stream()
                        .filter(attempt -> id.equals(attempt.endpointId()))
                        .limit(ATTEMPTS)));
    }

    private static String named(ObjectNode doc) {
        String name = Docs.text(doc, "name");
        return name == null || name.isEmpty() ? Docs.textOf(doc, "id") : name;
    }

    private static String worded(String type) {
        String words = type.replace('_', ' ').replace('.', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
