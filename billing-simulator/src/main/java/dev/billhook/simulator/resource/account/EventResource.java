package dev.billhook.simulator.resource.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.event.Endpoints;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.resource.ApiKit;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /v1/events} and {@code /v1/webhook_endpoints}. */
final class EventResource {
    private static final ParamSchema LIST = ParamSchema.ofList("created:range delivery_success:bool type types:[str]");
    private static final ParamSchema CREATE =
            ParamSchema.of("enabled_events!:[str] url! api_version connect:bool description? metadata?:map");
    private static final ParamSchema UPDATE =
            ParamSchema.of("enabled_events:[str] url disabled:bool description? metadata?:map");
    private static final ParamSchema ENDPOINTS = ParamSchema.ofList("");
    private static final String ENDPOINT = "webhook_endpoint";

    private final ApiKit kit;
    private final Endpoints endpoints;
    private final Supplier<Set<String>> undelivered;

    EventResource(ApiKit kit, Endpoints endpoints, Supplier<Set<String>> undelivered) {
        this.kit = kit;
        this.endpoints = endpoints;
        this.undelivered = undelivered;
        kit.router()
                .get("/v1/events", LIST, this::list)
                .post("/v1/webhook_endpoints", CREATE, this::create)
                .post("/v1/webhook_endpoints/{id}", UPDATE, this::update)
                .delete("/v1/webhook_endpoints/{id}", ApiKit.NOTHING, this::delete)
                .get("/v1/webhook_endpoints", ENDPOINTS, call -> kit.pager().page(call, ENDPOINT, any -> true));
        kit.retrieve("/v1/events/{id}", "event");
        kit.retrieve("/v1/webhook_endpoints/{id}", ENDPOINT);
    }

    private ObjectNode list(Call call) {
        Params params = call.params();
        List<String> types = params.texts("types");
        String type = params.text("type");
        Predicate<ObjectNode> filter = Pager.range(params, "created").and(byType(type));
        if (!types.isEmpty()) {
            filter = filter.and(Pager.passing("type", own -> types.stream().anyMatch(wanted -> matches(wanted, own))));
        }
        if (params.has("delivery_success")) {
            filter = filter.and(delivered(params.flag("delivery_success")));
        }
        return kit.pager().page(call, "event", filter);
    }

    private Predicate<ObjectNode> delivered(boolean success) {
        Set<String> waiting = undelivered.get();
        if (waiting.isEmpty()) {
            return success ? event -> true : Pager.found("type", "");
        }
        return event -> waiting.contains(Docs.textOf(event, "id")) != success;
    }

    private static Predicate<ObjectNode> byType(@Nullable String type) {
        if (type == null) {
            return event -> true;
        }
        return type.endsWith("*") ? Pager.passing("type", own -> matches(type, own)) : Pager.found("type", type);
    }

    private static boolean matches(String wanted, @Nullable String type) {
        String own = String.valueOf(type);
        return wanted.endsWith("*") ? own.startsWith(wanted.substring(0, wanted.length() - 1)) : wanted.equals(own);
    }

    private ObjectNode create(Call call) {
        Params params = call.params();
        Endpoints.checkVersion(params.text("api_version"));
        ObjectNode endpoint = endpoints.create(params.requireText("url"), params.texts("enabled_events"), null);
        params.copyTo(endpoint, "api_version", "description");
        params.mergeMetadata(endpoint);
        ObjectNode shown = kit.show(endpoint);
        shown.put("secret", Endpoints.secretOf(endpoint));
        return shown;
    }

    private ObjectNode update(Call call) {
        ObjectNode endpoint = kit.world().finder().editInUrl(ENDPOINT, call.id());
        Params params = call.params();
        if (params.hasValue("url")) {
            Endpoints.checkUrl(params.requireText("url"));
        }
        if (params.has("enabled_events")) {
            Endpoints.checkEvents(params.texts("enabled_events"));
        }
        params.copyTo(endpoint, "url", "enabled_events", "description");
        params.mergeMetadata(endpoint);
        if (params.has("disabled")) {
            endpoint.put("status", params.flag("disabled") ? "disabled" : "enabled");
        }
        return kit.show(endpoint);
    }

    private ObjectNode delete(Call call) {
        if (kit.world().store().find(ENDPOINT, call.id()) == null) {
            throw ApiError.noSuch(ENDPOINT, call.id(), "id", true);
        }
        return kit.world().store().delete(ENDPOINT, call.id());
    }
}
