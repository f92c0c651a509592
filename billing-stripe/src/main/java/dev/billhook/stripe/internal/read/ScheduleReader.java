package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.subscription.Schedule;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.SubscriptionItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a subscription's schedule will do to its lines. */
final class ScheduleReader {
    private ScheduleReader() {}

    /**
     * The schedule, or null if there is none.
     *
     * @param items the present lines
     */
    static @Nullable Schedule read(JsonNode subscription, List<SubscriptionItem> items) {
        JsonNode schedule = Json.node(subscription, "schedule");
        return schedule == null ? null : new Schedule(Json.requireText(schedule, "id"), next(schedule, items));
    }

    /** The first phase to come whose lines are others than the present ones, or null. */
    private static @Nullable ScheduledChange next(JsonNode schedule, List<SubscriptionItem> items) {
        JsonNode present = Json.node(schedule, "current_phase");
        if (present == null) {
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
