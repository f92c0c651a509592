package dev.billhook.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.Router;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.event.Chaos;
import dev.billhook.simulator.event.Delivery;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.resource.ApiKit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The part of the control API that concerns events: endpoints, deliveries, repetition and {@code /_sim/chaos}. Everything it does
 * can be done in Java, too.
 */
final class DeliveryControl {
    private static final ParamSchema WEBHOOK = ParamSchema.of("url! secret enabled_events:[str] api_version thin:bool");
    private static final ParamSchema RESEND = ParamSchema.of("endpoint");
    private static final ParamSchema DELIVERIES =
            ParamSchema.of("event type endpoint failed:bool limit:int starting_after");
    private static final ParamSchema AWAIT = ParamSchema.of("timeout_ms:int");
    private static final ParamSchema CHAOS =
            ParamSchema.of("drop:dec duplicate:dec reorder:dec delay:dec twin:dec longest_ms:int seed:int");
    private static final long DEFAULT_WAIT = 10_000;
    private static final long LONGEST_WAIT = 60_000;

    private final StripeSimulator simulator;

    private DeliveryControl(StripeSimulator simulator) {
        this.simulator = simulator;
    }

    static void add(Router router, StripeSimulator simulator) {
        DeliveryControl control = new DeliveryControl(simulator);
        router.post("/_sim/webhooks", WEBHOOK, control::webhook)
                .get("/_sim/events/{id}", ApiKit.NOTHING, control::event)
                .post("/_sim/events/{id}/resend", RESEND, control::resend)
                .get("/_sim/deliveries", DELIVERIES, control::deliveries)
                .post("/_sim/deliveries/await", AWAIT, control::await)
                .get("/_sim/chaos", ApiKit.NOTHING, call -> control.chaos())
                .post("/_sim/chaos", CHAOS, control::setChaos)
                .delete("/_sim/chaos", ApiKit.NOTHING, call -> control.stopChaos());
    }

    private ObjectNode webhook(Call call) {
        Params params = call.params();
        List<String> events = params.has("enabled_events") ? params.texts("enabled_events") : List.of("*");
        String url = params.requireText("url");
        ObjectNode answer = Docs.object();
        answer.put("url", url);
        answer.put(
                "secret",
                simulator.registerWebhook(new WebhookSpec(
                        url, events, params.text("secret"), params.text("api_version"), params.flag("thin"))));
        return answer;
    }

    private ObjectNode event(Call call) {
        ObjectNode answer = Docs.object();
        answer.set("event", stored(call.id()));
        answer.set(
                "deliveries",
                Docs.array().addAll(shown(delivery -> delivery.eventId().equals(call.id()))));
        return answer;
    }

    /** An event as the API shows it. */
    private ObjectNode stored(String id) {
        World world = simulator.assembly().context().world();
        return world.simulation()
                .atomically(
                        RequestInfo.NONE,
                        () -> world.renderer().render(world.finder().inUrl("event", id)));
    }

    private ObjectNode resend(Call call) {
        simulator.resend(call.id(), call.params().text("endpoint"));
        return event(call);
    }

    private ObjectNode deliveries(Call call) {
        Params params = call.params();
        Predicate<Delivery> filter = delivery -> is(params, "event", delivery.eventId())
                && is(params, "type", delivery.eventType())
                && is(params, "endpoint", delivery.endpointId())
                && (!params.has("failed") || params.flag("failed") != delivery.succeeded());
        return Pager.pageOf(call, shown(filter));
    }

    private static boolean is(Params params, String name, String value) {
        return !params.hasValue(name) || value.equals(params.text(name));
    }

    private List<ObjectNode> shown(Predicate<Delivery> filter) {
        return simulator.deliveries().stream()
                .filter(filter)
                .map(DeliveryControl::shown)
                .toList();
    }

    private static ObjectNode shown(Delivery delivery) {
        ObjectNode shown = Docs.object();
        shown.put("id", delivery.id());
        shown.put("event", delivery.eventId());
        shown.put("type", delivery.eventType());
        shown.put("endpoint", delivery.endpointId());
        shown.put("url", delivery.url());
        shown.put("at", delivery.at().toString());
        shown.put("due", delivery.due().toString());
        shown.put("attempt", delivery.attempt());
        shown.put("outcome", delivery.outcome().name().toLowerCase(Locale.ROOT));
        shown.put("status", delivery.status());
        shown.put("note", delivery.note());
        return shown;
    }

    private ObjectNode await(Call call) {
        long wait = call.params().number("timeout_ms", DEFAULT_WAIT);
        if (wait < 0 || wait > LONGEST_WAIT) {
            throw ApiError.invalid(
                    "parameter_invalid_integer", "timeout_ms", "Give 0 to " + LONGEST_WAIT + " milliseconds.");
        }
        ObjectNode answer = Docs.object();
        answer.put("complete", simulator.awaitDeliveries(Duration.ofMillis(wait)));
        answer.put("unfinished_deliveries", simulator.unfinishedDeliveries());
        return answer;
    }

    private ObjectNode setChaos(Call call) {
        Chaos chaos = Chaos.NONE;
        try {
            for (Map.Entry<String, JsonNode> setting : call.params().tree().properties()) {
                chaos = chaos.with(setting.getKey(), setting.getValue().asText());
            }
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(null, null, String.valueOf(e.getMessage()));
        }
        simulator.chaos(chaos);
        return chaos();
    }

    private ObjectNode stopChaos() {
        simulator.chaos(Chaos.NONE);
        return chaos();
    }

    private ObjectNode chaos() {
        ObjectNode answer = Docs.object();
        simulator.chaos().settings().forEach((name, value) -> {
            if (value instanceof Long whole) {
                answer.put(name, whole);
            } else {
                answer.put(name, value.doubleValue());
            }
        });
        return answer;
    }
}
