package dev.billhook.simulator.page.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.Invoices;
import dev.billhook.simulator.event.Endpoints;
import dev.billhook.simulator.event.WebhookDelivery;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.kit.Links;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.PlanText;
import dev.billhook.simulator.page.kit.StatusText;
import dev.billhook.simulator.page.kit.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pages of single objects: their facts, what belongs to them, and the JSON the API shows. */
final class ObjectBoard {
    private static final int RELATED = 25;

    private final World world;
    private final Templates templates;
    private final Rows rows;
    private final WebhookDelivery delivery;

    ObjectBoard(World world, Rows rows, WebhookDelivery delivery, Templates templates) {
        this.world = world;
        this.templates = templates;
        this.rows = rows;
        this.delivery = delivery;
    }

    PageResponse show(Frame frame, String section, String id) {
        for (String type : Boards.SECTION_OF.keySet()) {
            ObjectNode doc =
                    section.equals(Boards.SECTION_OF.get(type)) ? world.store().find(type, id) : null;
            if (doc != null) {
                return templates.page("board-object", view(frame, section, type, doc));
            }
        }
        throw new NoSuchPageException("There is no object with this id, or it was deleted.");
    }

    private ObjectView view(Frame frame, String section, String type, ObjectNode doc) {
        String id = Docs.textOf(doc, "id");
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Id", Cell.code(id)));
        List<Table> tables = new ArrayList<>();
        Fact open = null;
        switch (type) {
            case "customer" -> customer(doc, facts, tables);
            case "subscription" -> subscription(doc, facts, tables);
            case "invoice" -> open = invoice(doc, facts);
            case "product" -> tables.add(rows.prices(related("price", "product", id)));
            case "checkout.session" -> open = session(doc, facts);
            case "webhook_endpoint" -> endpoint(doc, facts, tables);
            default -> facts.add(new Fact("Type", Cell.of(type)));
        }
        facts.add(new Fact("Created", Rows.created(doc)));
        if (!"webhook_endpoint".equals(type)) {
            tables.add(rows.events(related("event", "about", id)));
        }
        return new ObjectView(
                frame,
                title(type, doc),
                Character.toUpperCase(section.charAt(0)) + section.substring(1),
                Frame.section(section),
                facts,
                tables,
                open,
                Docs.pretty(world.renderer().render(doc)));
    }

    private void customer(ObjectNode doc, List<Fact> facts, List<Table> tables) {
        String id = Docs.textOf(doc, "id");
        String currency = Docs.text(doc, "currency");
        long balance = Docs.numberOf(doc, "balance");
        facts.add(new Fact("E-mail", Cell.of(Docs.text(doc, "email"))));
        facts.add(new Fact("Balance", Cell.of(AmountText.of(balance, currency == null ? "usd" : currency))));
        facts.add(new Fact("Test clock", Cell.of(Docs.text(doc, "test_clock"))));
        tables.add(rows.subscriptions(related("subscription", "customer", id)));
        tables.add(rows.invoices(related("invoice", "customer", id)));
        tables.add(rows.methods(related("payment_method", "customer", id)));
    }

    private void subscription(ObjectNode doc, List<Fact> facts, List<Table> tables) {
        PlanText plan = PlanText.of(world.store(), doc);
        facts.add(new Fact("Status", Cell.tag(StatusText.ofSubscription(doc))));
        facts.add(new Fact("Customer", rows.customer(Docs.text(doc, "customer"))));
        facts.add(new Fact("Price", Cell.of(String.join(", ", plan.prices()))));
        facts.add(new Fact("Next", Cell.of(plan.when())));
        String feedback = Docs.text(Docs.child(doc, "cancellation_details"), "feedback");
        String comment = Docs.text(Docs.child(doc, "cancellation_details"), "comment");
        if (feedback != null || comment != null) {
            String both = Stream.of(feedback, comment)
                    .filter(text -> text != null && !text.isEmpty())
                    .map(text -> String.valueOf(text).replace('_', ' '))
                    .reduce((a, b) -> a + " – " + b)
                    .orElse("");
            facts.add(new Fact("Reason to cancel", Cell.of(both)));
        }
        tables.add(rows.invoices(related("invoice", "subscription", Docs.textOf(doc, "id"))));
    }

    private @Nullable Fact invoice(ObjectNode doc, List<Fact> facts) {
        String currency = Docs.textOf(doc, "currency");
        facts.add(new Fact("Status", Cell.tag(StatusText.ofInvoice(doc))));
        facts.add(new Fact("Customer", rows.customer(Docs.text(doc, "customer"))));
        String subscription = Invoices.subscriptionOf(doc);
        if (subscription != null) {
            facts.add(new Fact("Subscription", Cell.code(subscription, Frame.object("subscriptions", subscription))));
        }
        facts.add(new Fact("Total", Cell.of(AmountText.of(Docs.numberOf(doc, "total"), currency))));
        facts.add(new Fact("Remaining", Cell.of(AmountText.of(Docs.numberOf(doc, "amount_remaining"), currency))));
        String page = Links.web(Docs.text(doc, "hosted_invoice_url"));
        return page == null ? null : new Fact("Open the hosted invoice", Cell.link("", page));
    }

    private @Nullable Fact session(ObjectNode doc, List<Fact> facts) {
        facts.add(new Fact("Status", Cell.tag(StatusText.named(String.valueOf(Docs.text(doc, "status"))))));
        facts.add(new Fact("Mode", Cell.of(Docs.text(doc, "mode"))));
        facts.add(new Fact("Customer", rows.customer(Docs.text(doc, "customer"))));
        String subscription = Docs.text(doc, "subscription");
        if (subscription != null) {
            facts.add(new Fact("Subscription", Cell.code(subscription, Frame.object("subscriptions", subscription))));
        }
        String page = Links.web(Docs.text(doc, "url"));
        return page == null ? null : new Fact("Open the payment page", Cell.link("", page));
    }

    private void endpoint(ObjectNode doc, List<Fact> facts, List<Table> tables) {
        String id = Docs.textOf(doc, "id");
        facts.add(new Fact("Signing secret", Cell.code(Endpoints.secretOf(doc))));
        facts.add(new Fact("Events", Cell.of(String.join(", ", Docs.texts(doc, "enabled_events")))));
        tables.add(rows.deliveries(delivery.log().stream()
                .filter(attempt -> id.equals(attempt.endpointId()))
                .limit(RELATED)));
    }

    private String title(String type, ObjectNode doc) {
        Store store = world.store();
        return switch (type) {
            case "customer" -> Rows.nameOf(doc);
            case "subscription" -> PlanText.of(store, doc).name();
            case "invoice" ->
                Docs.text(doc, "number") == null ? "Draft invoice" : "Invoice " + Docs.text(doc, "number");
            case "product" -> String.valueOf(Docs.text(doc, "name"));
            case "price" -> "Price of " + PlanText.productName(store, doc);
            case "checkout.session" -> "Checkout session";
            default -> String.valueOf(Docs.text(doc, "url"));
        };
    }

    private Stream<ObjectNode> related(String type, String index, String id) {
        return world.store().newestFirst(type, index, id).limit(RELATED);
    }
}
