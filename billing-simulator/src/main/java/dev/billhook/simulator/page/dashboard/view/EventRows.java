package dev.billhook.simulator.page.dashboard.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.gateway.RequestLog;
import dev.billhook.simulator.event.Delivery;
import dev.billhook.simulator.event.WebhookDelivery;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.page.text.StatusText;
import dev.billhook.simulator.page.text.TimeText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes tables of what happened: events, their deliveries, requests. */
public final class EventRows {
    private final WebhookDelivery delivery;

    public EventRows(WebhookDelivery delivery) {
        this.delivery = delivery;
    }

    /** Events. */
    public Table events(Stream<ObjectNode> docs) {
        Map<String, Delivery> latest = new HashMap<>();
        delivery.log().forEach(attempt -> latest.putIfAbsent(attempt.eventId(), attempt));
        return Table.of(
                "Events",
                "Event,About,Delivery,Time",
                docs.map(event -> List.of(
                                Cell.link(Docs.textOf(event, "type"), Places.object("events", Rows.id(event))),
                                about(event),
                                delivered(latest.get(Rows.id(event))),
                                Rows.created(event)))
                        .toList(),
                "Nothing has happened yet.");
    }

    /** Attempts to deliver. */
    public Table deliveries(Stream<Delivery> attempts) {
        return Table.of(
                "Latest deliveries",
                "Event,Address,Answer,Attempt#,Real time",
                attempts.map(attempt -> List.of(
                                Cell.link(attempt.eventType(), Places.object("events", attempt.eventId())),
                                Cell.of(attempt.url()),
                                delivered(attempt),
                                Cell.number(String.valueOf(attempt.attempt())),
                                Cell.of(TimeText.exact(attempt.at()))))
                        .toList(),
                "Nothing was delivered yet.");
    }

    /** Requests of the API. */
    public Table requests(Stream<RequestLog.Entry> entries) {
        return Table.of(
                "Latest API requests",
                "Request,Answer,Version,Id,Time",
                entries.map(entry -> List.of(
                                Cell.code(entry.method() + " " + entry.path()),
                                Cell.tag(new StatusText(
                                        String.valueOf(entry.status()), entry.status() < 400 ? "good" : "bad")),
                                Cell.of(entry.version()),
                                Cell.code(entry.requestId()),
                                Cell.of(TimeText.exact(entry.at()))))
                        .toList(),
                "No client has asked anything yet.");
    }

    /** How an attempt to deliver ended; null for an event that was delivered nowhere. */
    public static Cell delivered(@Nullable Delivery attempt) {
        if (attempt == null) {
            return Cell.of(null);
        }
        String answer = attempt.outcome() == Delivery.Outcome.DROPPED
                ? "Dropped"
                : attempt.status() == 0 ? "No answer" : String.valueOf(attempt.status());
        return Cell.tag(new StatusText(answer, attempt.succeeded() ? "good" : "bad"));
    }

    /** Webhook endpoints. */
    public Table endpoints(Stream<ObjectNode> docs) {
        return Table.of(
                "Webhook endpoints",
                "Address,Events,State,Id",
                docs.map(endpoint -> List.of(
                                Cell.of(Docs.text(endpoint, "url")),
                                Cell.of(summary(Docs.texts(endpoint, "enabled_events"))),
                                Cell.tag(StatusText.named(String.valueOf(Docs.text(endpoint, "status")))),
                                Cell.code(Rows.id(endpoint), Places.object("webhooks", Rows.id(endpoint)))))
                        .toList(),
                "No endpoint is registered: nothing is delivered.");
    }

    private static Cell about(ObjectNode event) {
        ObjectNode object = Docs.child(Docs.child(event, "data"), "object");
        String id = Docs.text(object, "id");
        return id == null ? Cell.of(null) : Cell.code(Rows.shortened(id), Places.of(object));
    }

    private static String summary(List<String> types) {
        if (types.contains("*")) {
            return "all";
        }
        return types.size() > 3 ? types.size() + " types" : String.join(", ", types);
    }
}
