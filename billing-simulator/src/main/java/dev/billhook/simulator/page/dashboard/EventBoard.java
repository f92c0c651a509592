package dev.billhook.simulator.page.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.event.Delivery;
import dev.billhook.simulator.event.WebhookDelivery;
import dev.billhook.simulator.http.PageResponse;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.dashboard.view.Cell;
import dev.billhook.simulator.page.dashboard.view.EventRows;
import dev.billhook.simulator.page.dashboard.view.Fact;
import dev.billhook.simulator.page.dashboard.view.Frame;
import dev.billhook.simulator.page.dashboard.view.Places;
import dev.billhook.simulator.page.dashboard.view.Rows;
import dev.billhook.simulator.page.kit.NoSuchPageException;
import dev.billhook.simulator.page.kit.Templates;
import dev.billhook.simulator.page.text.TimeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The page of one event: its payload, and how it was delivered. */
final class EventBoard {
    private final World world;
    private final WebhookDelivery delivery;
    private final Templates templates;

    EventBoard(World world, WebhookDelivery delivery, Templates templates) {
        this.world = world;
        this.delivery = delivery;
        this.templates = templates;
    }

    /** One attempt to deliver. */
    record Attempt(Cell answer, String address, String text, String response) {}

    /** What the page shows. */
    record EventView(
            Frame frame, String title, List<Fact> facts, String resendUrl, List<Attempt> deliveries, String json) {}

    PageResponse show(Frame frame, String id) {
        ObjectNode event = world.store().find("event", id);
        if (event == null) {
            throw new NoSuchPageException("There is no event with this id.");
        }
        ObjectNode object = Docs.child(Docs.child(event, "data"), "object");
        ObjectNode request = Docs.child(event, "request");
        String about = Docs.text(object, "id");
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Id", Cell.code(id)));
        if (about != null) {
            facts.add(new Fact("About", Cell.code(about, Places.of(object))));
        }
        facts.add(new Fact("Time", Rows.created(event)));
        facts.add(new Fact("Request", Cell.of(Docs.text(request, "id"))));
        facts.add(new Fact("Idempotency key", Cell.of(Docs.text(request, "idempotency_key"))));
        List<Attempt> attempts =
                delivery.logOf(id).stream().map(EventBoard::attempt).toList();
        return templates.page(
                "board-event",
                new EventView(
                        frame,
                        Docs.textOf(event, "type"),
                        facts,
                        Places.object("events", id) + "/resend",
                        attempts,
                        Docs.pretty(world.renderer().render(event))));
    }

    PageResponse resend(String id) {
        delivery.resend(id, null);
        return PageResponse.redirect(Places.object("events", id) + "?notice=resent");
    }

    private static Attempt attempt(Delivery delivery) {
        return new Attempt(
                EventRows.delivered(delivery),
                delivery.url(),
                "Attempt " + delivery.attempt() + ", " + TimeText.exact(delivery.at()) + " (real time)",
                Objects.requireNonNullElse(delivery.note(), ""));
    }
}
