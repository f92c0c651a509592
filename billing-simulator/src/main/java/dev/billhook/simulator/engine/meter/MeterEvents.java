package dev.billhook.simulator.engine.meter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Takes reports of use and takes them back. A report counts at once; what Stripe finds wrong later and tells in a thin event is
 * refused here immediately. Source: Stripe documentation, "Record usage for billing with the API".
 */
public final class MeterEvents {
    static final String TYPE = "billing.meter_event";
    private static final long DAY = 86_400;
    private static final long PAST = 35 * DAY;
    private static final long FUTURE = 300;
    private static final int MAX_IDENTIFIER = 100;
    private static final Pattern VALUE = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern SHORT_ENOUGH = Pattern.compile("-?\\d{1,15}(\\.\\d{1,12})?");
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"billing.meter_event","created":0,"event_name":"","identifier":"","livemode":false,
         "payload":{},"timestamp":0}\
        """);

    private final World world;
    private final Meters meters;

    public MeterEvents(World world, Meters meters) {
        this.world = world;
        this.meters = meters;
    }

    /** Records use of a customer at an instant. */
    public ObjectNode record(Params params) {
        ObjectNode meter = meter(params.requireText("event_name"));
        ObjectNode payload = params.group("payload").tree();
        String customer = customer(meter, payload);
        String value = value(meter, payload);
        String clock = world.clockOf(customer);
        long now = world.now(clock);
        long timestamp = timestamp(params, now);
        String identifier = identifier(params);
        ObjectNode event = world.create(SHAPE, world.ids().next("mtrev"), clock);
        params.copyTo(event, "event_name", "payload");
        event.put("identifier", identifier);
        event.put("timestamp", timestamp);
        event.put("_usage", usageKey(Docs.textOf(meter, "id"), customer));
        event.put("_value", value);
        event.put("_received", world.now(null));
        world.store().insert(event);
        return event;
    }

    /** Takes back a report that came in within the last 24 hours. */
    public ObjectNode cancel(Params params) {
        String name = params.requireText("event_name");
        meter(name);
        Params cancel = params.group("cancel");
        String identifier = cancel.requireText("identifier");
        ObjectNode event = recent(identifier)
                .filter(found -> name.equals(Docs.text(found, "event_name")))
                .orElseThrow(() -> ApiError.invalid(
                        "resource_missing",
                        "cancel[identifier]",
                        "No event '" + name + "' with identifier '" + identifier
                                + "' came in within the last 24 hours."));
        if (Docs.flag(event, "_canceled")) {
            throw ApiError.invalid(null, "cancel[identifier]", "The event '" + identifier + "' is canceled already.");
        }
        ObjectNode canceled = world.store().edit(TYPE, Docs.textOf(event, "id"));
        canceled.put("_canceled", true);
        canceled.putNull("_usage");
        ObjectNode adjustment = Docs.object();
        adjustment.put("object", "billing.meter_event_adjustment");
        adjustment.putObject("cancel").put("identifier", identifier);
        adjustment.put("event_name", name);
        adjustment.put("livemode", world.simulation().settings().livemode());
        adjustment.put("status", "complete");
        adjustment.put("type", "cancel");
        return adjustment;
    }

    /** What use is looked up by. */
    static String usageKey(String meter, String customer) {
        return meter + " " + customer;
    }

    private ObjectNode meter(String name) {
        return meters.counting(name)
                .orElseThrow(() -> meters.isKnown(name)
                        ? ApiError.invalid("archived_meter", "event_name", "The meter of '" + name + "' is inactive.")
                        : ApiError.invalid("no_meter", "event_name", "No meter has the event name '" + name + "'."));
    }

    private String customer(ObjectNode meter, ObjectNode payload) {
        String key = Docs.textOf(Docs.child(meter, "customer_mapping"), "event_payload_key");
        String customer = Docs.text(payload, key);
        if (customer == null) {
            throw ApiError.invalid(
                    "meter_event_no_customer_defined",
                    "payload",
                    "Customer mapping key " + key + " not found in payload.");
        }
        if (world.store().find("customer", customer) == null) {
            throw ApiError.invalid("meter_event_customer_not_found", "payload", "No such customer: '" + customer + "'");
        }
        return customer;
    }

    private static String value(ObjectNode meter, ObjectNode payload) {
        if ("count".equals(Docs.text(Docs.child(meter, "default_aggregation"), "formula"))) {
            return "1";
        }
        String key = Docs.textOf(Docs.child(meter, "value_settings"), "event_payload_key");
        String value = Docs.text(payload, key);
        if (value == null || !VALUE.matcher(value).matches()) {
            throw ApiError.invalid(
                    "meter_event_invalid_value", "payload", "The payload must hold a number in '" + key + "'.");
        }
        if (!SHORT_ENOUGH.matcher(value).matches()) {
            throw ApiError.invalid(
                    "meter_event_value_too_many_digits",
                    "payload",
                    "A value has up to 15 digits before the point and 12 after it.");
        }
        return value;
    }

    private static long timestamp(Params params, long now) {
        long timestamp = params.number("timestamp", now);
        if (timestamp < now - PAST) {
            throw ApiError.invalid(
                    "timestamp_too_far_in_past", "timestamp", "A timestamp can be 35 days in the past at most.");
        }
        if (timestamp > now + FUTURE) {
            throw ApiError.invalid(
                    "timestamp_in_future", "timestamp", "A timestamp can be 5 minutes in the future at most.");
        }
        return timestamp;
    }

    /** A repeated identifier is refused as Stripe does it: without an error code, so that only the message tells. */
    private String identifier(Params params) {
        String given = params.text("identifier");
        if (given == null) {
            return "idmp_" + world.ids().letters(24);
        }
        if (given.length() > MAX_IDENTIFIER) {
            throw ApiError.invalid(
                    "parameter_invalid_string",
                    "identifier",
                    "An identifier has up to " + MAX_IDENTIFIER + " characters.");
        }
        if (recent(given).isPresent()) {
            throw ApiError.invalid(null, null, "An event already exists with identifier " + given + ".");
        }
        return given;
    }

    private Optional<ObjectNode> recent(String identifier) {
        long since = world.now(null) - DAY;
        return world.store()
                .newestFirst(TYPE, "identifier", identifier)
                .filter(event -> Docs.numberOf(event, "_received") > since)
                .findFirst();
    }
}
