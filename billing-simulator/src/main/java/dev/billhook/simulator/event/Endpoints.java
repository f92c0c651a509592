package dev.billhook.simulator.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.event.version.VersionShape;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Simulation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The registered webhook endpoints. Used under the simulation's lock. */
public final class Endpoints {
    /** The type of their documents. */
    public static final String TYPE = "webhook_endpoint";

    private static final Set<String> KNOWN_EVENTS = knownEvents();
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
        endpoint.put("_secret", secret == null ? newSecret() : secret);
        simulation.store().insert(endpoint);
        return endpoint;
    }

    /** Lets an endpoint there is get these events; it keeps its secret unless one is given. */
    public ObjectNode takeUp(String id, List<String> events, @Nullable String secret) {
        checkEvents(events);
        ObjectNode endpoint = simulation.store().edit(TYPE, id);
        endpoint.remove("enabled_events");
        events.forEach(endpoint.withArray("enabled_events")::add);
        if (secret != null) {
            endpoint.put("_secret", secret);
        }
        return endpoint;
    }

    /** A secret nobody else has. */
    public String newSecret() {
        return "whsec_" + simulation.ids().letters(32);
    }

    /** Refuses what is no version of the API. */
    public static void checkVersion(@Nullable String version) {
        if (version != null) {
            try {
                VersionShape.of(version);
            } catch (IllegalArgumentException e) {
                throw ApiError.invalid(null, "api_version", String.valueOf(e.getMessage()));
            }
        }
    }

    /** Lets an endpoint get thin notifications instead of whole objects. */
    public static void makeThin(ObjectNode endpoint) {
        endpoint.put("_thin", true);
    }

    static boolean isThin(ObjectNode endpoint) {
        return Docs.flag(endpoint, "_thin");
    }

    /** The secret with which deliveries to an endpoint are signed. */
    public static String secretOf(ObjectNode endpoint) {
        return Docs.textOf(endpoint, "_secret");
    }

    /** Refuses what cannot be an endpoint's address. */
    public static void checkUrl(String url) {
        try {
            URI address = URI.create(url);
            String scheme = address.getScheme();
            if (("http".equals(scheme) || "https".equals(scheme)) && address.getHost() != null) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("url_invalid", "url", "Invalid URL: " + e.getMessage());
        }
        throw ApiError.invalid("url_invalid", "url", "Invalid URL: an explicit scheme (such as https) must be given.");
    }

    /** Refuses an empty list of events, unknown ones, and the asterisk beside others. */
    public static void checkEvents(List<String> events) {
        if (events.isEmpty()) {
            throw ApiError.missing("enabled_events");
        }
        if (events.size() > 1 && events.contains("*")) {
            throw ApiError.invalid(null, "enabled_events", "The asterisk stands for all events and stands alone.");
        }
        for (int i = 0; i < events.size(); i++) {
            if (!"*".equals(events.get(i)) && !KNOWN_EVENTS.contains(events.get(i))) {
                throw ApiError.invalid(
                        null,
                        "enabled_events[" + i + "]",
                        "Invalid enabled_events: there is no event " + events.get(i));
            }
        }
    }

    /** The endpoint of this id, or a refusal. */
    ObjectNode byId(String id) {
        ObjectNode endpoint = simulation.store().find(TYPE, id);
        if (endpoint == null) {
            throw ApiError.noSuch(TYPE, id, "endpoint", false);
        }
        return endpoint;
    }

    /** Whether this endpoint exists and gets events. */
    boolean isEnabled(String id) {
        ObjectNode endpoint = simulation.store().find(TYPE, id);
        return endpoint != null && isEnabled(endpoint);
    }

    private static boolean isEnabled(ObjectNode endpoint) {
        return "enabled".equals(Docs.text(endpoint, "status"));
    }

    /** The endpoints that want an event. */
    List<ObjectNode> wanting(ObjectNode event) {
        String type = Docs.textOf(event, "type");
        return simulation
                .store()
                .newestFirst(TYPE)
                .filter(Endpoints::isEnabled)
                .filter(endpoint -> {
                    List<String> wanted = Docs.texts(endpoint, "enabled_events");
                    return wanted.contains("*") || wanted.contains(type);
                })
                .toList();
    }

    private static Set<String> knownEvents() {
        try (InputStream names = Objects.requireNonNull(Endpoints.class.getResourceAsStream("event-types.txt"))) {
            return new String(names.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
