package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.SubscriptionItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a subscription's schedule will do to its lines. */
final class ScheduleReader {
    private ScheduleReader() {}

    /**
     * The first phase to come whose lines are others than the present ones, or null.
     *
     * @param items the present lines
     */
    static @Nullable ScheduledChange read(JsonNode subscription, List<SubscriptionItem> items) {
        JsonNode schedule = Json.node(subscription, "schedule");
        JsonNode present = schedule == null ? null : Json.node(schedule, "current_phase");
        if (schedule == null || present == null) {
            return null;
        }
        long now = Json.requireNumber(present, "start_date");
        for (JsonNode phase : schedule.path("phases")) {
            if (Json.requireNumber(phase, "start_date") > now) {
                ScheduledChange change = new ScheduledChange(Json.requireInstant(phase, "start_date"), lines(phase));
                if (!change.isStateOf(items)) {
                    return change;
                }
            }
        }
        return null;
    }

    private static List<ScheduledChange.Line> lines(JsonNode phase) {
        List<ScheduledChange.Line> lines = new ArrayList<>();
        for (JsonNode item : phase.path("items")) {
            JsonNode price = Json.node(item, "price");
            if (price == null || !price.isObject()) {
                throw Json.malformed(item, "price");
            }
            lines.add(new ScheduledChange.Line(
                    Json.requireText(price, "id"), Metadata.plan(price), SubscriptionReader.quantity(item, price)));
        }
        return lines;
    }
}
