package dev.billhook.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.http.WireResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which resource answers which URL. Routes are added while the simulator is put together, then only read. */
public final class Router {
    /** A found route: what to check and whom to ask. */
    public record Match(
            ParamSchema schema,
            Function<Call, ObjectNode> handler,
            Map<String, String> variables,
            String template,
            @Nullable Function<Call, WireResponse> download) {}

    private record Route(
            String method,
            String template,
            List<String> segments,
            ParamSchema schema,
            Function<Call, ObjectNode> handler,
            @Nullable Function<Call, WireResponse> download) {}

    private final List<Route> routes = new ArrayList<>();

    /** Adds a GET route; variable parts of the template stand in braces. */
    public Router get(String template, ParamSchema schema, Function<Call, ObjectNode> handler) {
        return add("GET", template, schema, handler);
    }

    /** Adds a GET route that answers no JSON. */
    public Router download(String template, ParamSchema schema, Function<Call, WireResponse> handler) {
        routes.add(new Route("GET", template, segmentsOf(template), schema, call -> Docs.object(), handler));
        return this;
    }

    /** Adds a POST route. */
    public Router post(String template, ParamSchema schema, Function<Call, ObjectNode> handler) {
        return add("POST", template, schema, handler);
    }

    /** Adds a DELETE route. */
    public Router delete(String template, ParamSchema schema, Function<Call, ObjectNode> handler) {
        return add("DELETE", template, schema, handler);
    }

    /** Every route as {@code METHOD template}. */
    public List<String> describe() {
        return routes.stream()
                .map(route -> route.method() + " " + route.template())
                .toList();
    }

    /** The names of the parameters that a route, as {@link #describe} names it, knows, in bracket notation. */
    public List<String> parameters(String described) {
        return routes.stream()
                .filter(route -> described.equals(route.method() + " " + route.template()))
                .flatMap(route -> route.schema().names().stream())
                .toList();
    }

    /** What the route of a request answers outside of Stripe's API; refuses one that has none. */
    public ObjectNode answer(String method, String path, ObjectNode raw) {
        Match match = match(method, path);
        if (match == null) {
            throw ApiError.unknownUrl(method, path);
        }
        return match.handler()
                .apply(new Call(path, match.variables(), match.schema().check(raw)));
    }

    /** The template of the route that serves an address, or null when none does. */
    public @Nullable String templateOf(String method, String path) {
        Match match = match(method, path);
        return match == null ? null : match.template();
    }

    public @Nullable Match match(String method, String path) {
        List<String> segments = segmentsOf(path);
        Match best = null;
        for (Route route : routes) {
            if (route.method().equals(method) && route.segments().size() == segments.size()) {
                Map<String, String> variables = variables(route.segments(), segments);
                if (variables != null
                        && (best == null || variables.size() < best.variables().size())) {
                    best = new Match(route.schema(), route.handler(), variables, route.template(), route.download());
                }
            }
        }
        return best;
    }

    private Router add(String method, String template, ParamSchema schema, Function<Call, ObjectNode> handler) {
        routes.add(new Route(method, template, segmentsOf(template), schema, handler, null));
        return this;
    }

    private static List<String> segmentsOf(String path) {
        return List.of(path.split("/", -1));
    }

    private static @Nullable Map<String, String> variables(List<String> template, List<String> segments) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < template.size(); i++) {
            if (template.get(i).startsWith("{")) {
                if (segments.get(i).isEmpty()) {
                    return null;
                }
                variables.put(template.get(i).substring(1, template.get(i).length() - 1), segments.get(i));
            } else if (!template.get(i).equals(segments.get(i))) {
                return null;
            }
        }
        return variables;
    }
}
