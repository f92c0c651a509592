package dev.billhook.simulator.page.dashboard.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.event.WebhookDelivery;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.dashboard.view.Cell;
import dev.billhook.simulator.page.dashboard.view.EventRows;
import dev.billhook.simulator.page.dashboard.view.Frame;
import dev.billhook.simulator.page.dashboard.view.MoneyRows;
import dev.billhook.simulator.page.dashboard.view.Places;
import dev.billhook.simulator.page.dashboard.view.Rows;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The pages of single objects: their facts, what belongs to them, what can be done, and the JSON the API shows. */
public final class ObjectBoard {
    private final World world;
    private final Templates templates;
    private final Sources sources;
    private final Map<String, Details> details = new HashMap<>();
    private final Details others;

    public ObjectBoard(World world, WebhookDelivery delivery, Templates templates) {
        this.world = world;
        this.templates = templates;
        Rows rows = new Rows(world.store());
        this.sources = new Sources(world, delivery, rows, new MoneyRows(rows), new EventRows(delivery));
        this.others = new OtherDetails(sources);
        details.put("customer", new CustomerDetails(sources));
        details.put("subscription", new SubscriptionDetails(sources));
        details.put("invoice", new InvoiceDetails(sources));
        details.put("charge", new ChargeDetails(sources));
        details.put("dispute", new DisputeDetails());
    }

    /** The page of an object. */
    public PageResponse show(Frame frame, String section, String id) {
        for (String type : Places.typesIn(section)) {
            ObjectNode doc = world.store().find(type, id);
            if (doc != null) {
                return templates.page("board-object", view(frame, section, type, doc));
            }
        }
        throw new NoSuchPageException("There is no object with this id, or it was deleted.");
    }

    private ObjectView view(Frame frame, String section, String type, ObjectNode doc) {
        String id = Docs.textOf(doc, "id");
        Details shown = details.getOrDefault(type, others);
        Sheet sheet = new Sheet();
        sheet.fact("Id", Cell.code(id));
        shown.fill(doc, sheet);
        if (doc.path("created").isIntegralNumber()) {
            sheet.fact("Created", Rows.created(doc));
        }
        sheet.fact(
                "Metadata",
                Docs.child(doc, "metadata").properties().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue().asText())
                        .collect(Collectors.joining(", ")));
        if (!"webhook_endpoint".equals(type)) {
            sheet.table(sources.events().events(sources.related("event", "about", id)));
        }
        return new ObjectView(
                frame,
                shown.title(doc),
                Character.toUpperCase(section.charAt(0)) + section.substring(1),
                Places.section(section),
                sheet.facts(),
                sheet.timeline(),
                sheet.links(),
                sheet.actions(),
                sheet.tables(),
                Docs.pretty(world.renderer().render(doc)));
    }
}
