package dev.billhook.cli.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.event.OutboxEntry;
import dev.billhook.usage.UsageEntry;
import dev.billhook.webhook.InboxEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what waits into lines and JSON. Shows no body of an event: it holds personal data. */
final class Rows {
    private static final int LONGEST_ERROR = 80;

    private Rows() {}

    static String line(InboxEvent event) {
        return joined(
                event.receivedAt().toString(),
                event.id(),
                event.type(),
                event.status() + attempts(event.attempts()),
                firstLine(event.error()));
    }

    static String line(OutboxEntry entry) {
        return joined(
                entry.event().meta().occurredAt().toString(),
                entry.event().id(),
                kind(entry),
                entry.event().account().toString(),
                entry.listener(),
                entry.status() + attempts(entry.attempts()),
                firstLine(entry.error()));
    }

    static String line(UsageEntry entry) {
        return joined(
                entry.usage().occurredAt().toString(),
                entry.id(),
                entry.usage().account().toString(),
                entry.usage().meter(),
                Long.toString(entry.usage().quantity()),
                entry.status() + attempts(entry.attempts()),
                firstLine(entry.error()));
    }

    static List<String> lines(InboxEvent event) {
        return List.of(
                "id            " + event.id(),
                "type          " + event.type(),
                "created       " + event.createdAt(),
                "received      " + event.receivedAt(),
                "status        " + event.status(),
                "attempts      " + event.attempts(),
                "next attempt  " + orDash(event.nextAttemptAt()),
                "customer      "
                        + orDash(event.owner() == null ? null : event.owner().customerId()),
                "account       "
                        + orDash(event.owner() == null ? null : event.owner().account()),
                "body          " + (event.payload() == null ? "dropped" : "kept"),
                "error         " + orDash(event.error()));
    }

    static List<String> lines(OutboxEntry entry) {
        return List.of(
                "event         " + entry.event().id(),
                "kind          " + kind(entry),
                "account       " + entry.event().account(),
                "occurred      " + entry.event().meta().occurredAt(),
                "listener      " + entry.listener(),
                "status        " + entry.status(),
                "attempts      " + entry.attempts(),
                "next attempt  " + entry.nextAttemptAt(),
                "error         " + orDash(entry.error()));
    }

    static ObjectNode json(InboxEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", event.id());
        json.put("type", event.type());
        json.put("created_at", event.createdAt().toString());
        json.put("received_at", event.receivedAt().toString());
        json.put("status", event.status().name());
        json.put("attempts", event.attempts());
        json.put("next_attempt_at", textOf(event.nextAttemptAt()));
        json.put("error", event.error());
        return json;
    }

    static ObjectNode json(OutboxEntry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("event", entry.event().id());
        json.put("kind", kind(entry));
        json.put("account", entry.event().account().toString());
        json.put("occurred_at", entry.event().meta().occurredAt().toString());
        json.put("listener", entry.listener());
        json.put("status", entry.status().name());
        json.put("attempts", entry.attempts());
        json.put("next_attempt_at", entry.nextAttemptAt().toString());
        json.put("error", entry.error());
        return json;
    }

    static ObjectNode json(UsageEntry entry) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", entry.id());
        json.put("account", entry.usage().account().toString());
        json.put("meter", entry.usage().meter());
        json.put("quantity", entry.usage().quantity());
        json.put("occurred_at", entry.usage().occurredAt().toString());
        json.put("key", entry.usage().key());
        json.put("status", entry.status().name());
        json.put("attempts", entry.attempts());
        json.put("next_attempt_at", textOf(entry.nextAttemptAt()));
        json.put("unsure_since", textOf(entry.unsureSince()));
        json.put("error", entry.error());
        return json;
    }

    private static String kind(OutboxEntry entry) {
        return entry.event().getClass().getSimpleName();
    }

    private static String attempts(int failed) {
        return failed == 0 ? "" : "(" + failed + ")";
    }

    private static String joined(String... parts) {
        return String.join("  ", parts).stripTrailing();
    }

    private static String firstLine(@Nullable String error) {
        String line = error == null ? "" : error.lines().findFirst().orElse("");
        return line.length() <= LONGEST_ERROR ? line : line.substring(0, LONGEST_ERROR) + "…";
    }

    private static @Nullable String textOf(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static String orDash(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }
}
