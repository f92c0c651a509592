package dev.billhook.simulator.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Simulation;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The registered webhook endpoints. Used under the simulation's lock. */
public final class Endpoints {
    static final String TYPE = "webhook_endpoint";
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"webhook_endpoint","api_version":null,"application":null,"created":0,"description":null,
         "enabled_events":[],"livemode":false,"metadata":{},"status":"enabled","url":""}\
        """);

    private final Simulation simulation;

    public Endpoints(Simulation simulation) {
        this.simulation = simulation;
    }

    /** Registers an endpoint; a secret is made unless one is given. */
    public ObjectNode create(String url, List<String> events, @Nullable String secret) {
        checkUrl(url);
        checkEvents(events);
        ObjectNode endpoint = SHAPE.deepCopy();
        endpoint.put("id", simulation.ids().next("we"));
        endpoint.put("created", simulation.now(null));
        endpoint.put("livemode", simulation.settings().livemode());
        endpoint.put("url", url);
        events.forEach(endpoint.withArray("enabled_events")::add);
        String used = secret == null ? "whsec_" + simulation.ids().letters(32) : secret;
        endpoint.put("_secret", used);
        simulation.store().insert(endpoint);
        return endpoint;
    }

    /** The secret with which deliveries to an endpoint are signed. */
    public static String secretOf(ObjectNode endpoint) {
        return Docs.textOf(endpoint, "_secret");
    }

    /** Refuses what cannot be an endpoint's address. */
    public static void checkUrl(String url) {
        try {
            String scheme = URI.create(url).getScheme();
            if ("http".equals(scheme) || "https".equals(scheme)) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("url_invalid", "url", "Invalid URL: " + e.getMessage());
        }
        throw ApiError.invalid("url_invalid", "url", "Invalid URL: an explicit scheme (such as https) must be given.");
    }

    /** Refuses an empty list of events, and the asterisk beside others. */
    public static void checkEvents(List<String> events) {
        if (events.isEmpty()) {
            throw ApiError.missing("enabled_events");
        }
        if (events.size() > 1 && events.contains("*")) {
            throw ApiError.invalid(null, "enabled_events", "The asterisk stands for all events and stands alone.");
        }
    }

    /** The endpoints that want an event. */
    List<ObjectNode> wanting(ObjectNode event) {
        String type = Docs.textOf(event, "type");
        return simulation
                .store()
                .newestFirst(TYPE)
                .filter(endpoint -> "enabled".equals(Docs.text(endpoint, "status")))
                .filter(endpoint -> {
                    List<String> wanted = Docs.texts(endpoint, "enabled_events");
                    return wanted.contains("*") || wanted.contains(type);
                })
                .toList();
    }
}
