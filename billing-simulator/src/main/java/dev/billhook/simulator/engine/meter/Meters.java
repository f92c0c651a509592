package dev.billhook.simulator.engine.meter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.Optional;

/** Makes, renames, stops and restarts meters; of the active ones, each counts events of another name. */
public final class Meters {
    static final String TYPE = "billing.meter";
    private static final int MAX_NAME = 100;
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"billing.meter","created":0,
         "customer_mapping":{"event_payload_key":"stripe_customer_id","type":"by_id"},
         "default_aggregation":{"formula":"sum"},"display_name":"","event_name":"","event_time_window":null,
         "livemode":false,"status":"active","status_transitions":{"deactivated_at":null},"updated":0,
         "value_settings":{"event_payload_key":"value"}}\
        """);

    private final World world;

    public Meters(World world) {
        this.world = world;
    }

    /** A new, active meter. */
    public ObjectNode create(Params params) {
        String name = params.requireText("event_name");
        if (name.length() > MAX_NAME) {
            throw ApiError.invalid(
                    "parameter_invalid_string", "event_name", "An event name has up to " + MAX_NAME + " characters.");
        }
        requireFree(name);
        boolean live = world.simulation().settings().livemode();
        String id = (live ? "mtr_61" : "mtr_test_61") + world.ids().letters(29);
        ObjectNode meter = world.create(SHAPE, id, null);
        meter.put("updated", Docs.numberOf(meter, "created"));
        params.copyTo(
                meter,
                "event_name",
                "display_name",
                "default_aggregation",
                "customer_mapping",
                "event_time_window",
                "value_settings");
        world.store().insert(meter);
        world.events().emit("billing.meter.created", meter);
        return meter;
    }

    /** Renames a meter; nothing else of it can change. */
    public ObjectNode update(String id, Params params) {
        ObjectNode meter = world.finder().editInUrl(TYPE, id);
        params.copyTo(meter, "display_name");
        if (world.events().isChanged(meter)) {
            meter.put("updated", world.now(null));
            world.events().emitUpdated("billing.meter.updated", meter);
        }
        return meter;
    }

    /** Stops a meter: it takes no more events, and no new price can use it. */
    public ObjectNode deactivate(String id) {
        return change(id, "active", "inactive", "billing.meter.deactivated");
    }

    /** Restarts a stopped meter, if no other has taken over its event name. */
    public ObjectNode reactivate(String id) {
        requireFree(Docs.textOf(world.finder().inUrl(TYPE, id), "event_name"));
        return change(id, "inactive", "active", "billing.meter.reactivated");
    }

    /** The active meter that counts events of this name. */
    Optional<ObjectNode> counting(String eventName) {
        return world.store()
                .newestFirst(TYPE, "event_name", eventName)
                .filter(Meters::isActive)
                .findFirst();
    }

    /** Whether some meter, active or stopped, has this event name. */
    boolean isKnown(String eventName) {
        return world.store()
                .newestFirst(TYPE, "event_name", eventName)
                .findAny()
                .isPresent();
    }

    private ObjectNode change(String id, String from, String to, String event) {
        ObjectNode meter = world.finder().editInUrl(TYPE, id);
        if (!from.equals(Docs.text(meter, "status"))) {
            throw ApiError.invalid(null, null, "The meter is " + to + " already.");
        }
        long now = world.now(null);
        meter.put("status", to);
        meter.put("updated", now);
        Docs.put(Docs.child(meter, "status_transitions"), "deactivated_at", "inactive".equals(to) ? now : null);
        world.events().emitUpdated(event, meter);
        return meter;
    }

    private void requireFree(String eventName) {
        counting(eventName).ifPresent(meter -> {
            throw ApiError.invalid(
                    null,
                    "event_name",
                    "The active meter " + Docs.textOf(meter, "id") + " has the event name '" + eventName
                            + "' already; deactivate it first.");
        });
    }

    private static boolean isActive(ObjectNode meter) {
        return "active".equals(Docs.text(meter, "status"));
    }
}
