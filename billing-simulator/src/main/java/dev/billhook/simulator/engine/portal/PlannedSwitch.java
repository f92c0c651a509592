package dev.billhook.simulator.engine.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Store;
import org.jspecify.annotations.Nullable;

/**
 * A switch on the portal that waits for the end of the period.
 *
 * @param at the second at which it takes effect
 */
public record PlannedSwitch(String price, long quantity, long at) {
    static final String MARK = "_portal";

    /** The switch that waits for a subscription; null when none does. Used under the simulation's lock. */
    public static @Nullable PlannedSwitch of(Store store, ObjectNode subscription) {
        ObjectNode schedule = schedule(store, subscription);
        if (schedule == null) {
            return null;
        }
        long now = Docs.numberOf(Docs.child(schedule, "current_phase"), "end_date");
        return Docs.objects(schedule, "phases").stream()
                .filter(phase -> Docs.numberOf(phase, "start_date") >= now)
                .findFirst()
                .map(phase -> {
                    ObjectNode item = Docs.objects(phase, "items").get(0);
                    return new PlannedSwitch(
                            Docs.textOf(item, "price"),
                            Math.max(1, Docs.numberOf(item, "quantity")),
                            Docs.numberOf(phase, "start_date"));
                })
                .orElse(null);
    }

    /** The schedule the portal has made for a subscription; null when there is none or somebody else has. */
    static @Nullable ObjectNode schedule(Store store, ObjectNode subscription) {
        String id = Docs.text(subscription, "schedule");
        ObjectNode schedule = id == null ? null : store.find("subscription_schedule", id);
        return schedule == null || !Docs.flag(schedule, MARK) ? null : schedule;
    }
}
