package dev.billhook.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.Router;
import dev.billhook.simulator.engine.invoice.DunningPolicy;
import dev.billhook.simulator.engine.invoice.DunningPolicy.FinalAction;
import dev.billhook.simulator.http.FormDecoder;
import dev.billhook.simulator.http.WireRequest;
import dev.billhook.simulator.http.WireResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Settings;
import dev.billhook.simulator.resource.ApiKit;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Controls a running simulator over HTTP, without a key, from the same machine: {@code GET /_sim/health} and {@code clock},
 * {@code POST /_sim/clock}, {@code reset}, {@code dunning} and {@code rate_limit}; {@link DeliveryControl} adds what concerns
 * events, {@link DisputeControl} what only a bank does, {@link TaxControl} tax, {@link FaultControl} requests that go wrong, {@link SnapshotControl} whole worlds. {@code GET
 * /_sim/routes} lists everything.
 */
final class ControlApi {
    private static final ParamSchema CLOCK = ParamSchema.of("seconds:int days:int months:int to");
    private static final ParamSchema RESET = ParamSchema.of("webhooks:keep|forget");
    private static final ParamSchema DUNNING = ParamSchema.of("retry_days?:[int] final_action:cancel|unpaid|past_due");
    private static final ParamSchema LIMIT = ParamSchema.of("requests!:int");
    private static final int MAX_AMOUNT = 100_000_000;

    private final StripeSimulator simulator;
    private final Router router = new Router();
    private final SnapshotControl snapshots;

    ControlApi(StripeSimulator simulator) {
        this.simulator = simulator;
        this.snapshots = new SnapshotControl(simulator);
        router.get("/_sim/health", ApiKit.NOTHING, call -> health())
                .get("/_sim/clock", ApiKit.NOTHING, call -> clock())
                .get("/_sim/routes", ApiKit.NOTHING, call -> routes())
                .post("/_sim/clock", CLOCK, this::advance)
                .post("/_sim/reset", RESET, this::reset)
                .get("/_sim/dunning", ApiKit.NOTHING, call -> dunning())
                .post("/_sim/dunning", DUNNING, this::setDunning)
                .post("/_sim/rate_limit", LIMIT, this::limit);
        DeliveryControl.add(router, simulator);
        DisputeControl.add(router, simulator);
        TaxControl.add(router, simulator);
        SeedControl.add(router, simulator);
        FaultControl.add(router, simulator);
    }

    WireResponse handle(WireRequest request) {
        if (request.path().equals(SnapshotControl.PATH)) {
            return snapshots.handle(request);
        }
        ObjectNode raw = FormDecoder.decode(request.query(), request.text());
        return WireResponse.json(200, Docs.pretty(router.answer(request.method(), request.path(), raw)));
    }

    private ObjectNode advance(Call call) {
        Params params = call.params();
        ZonedDateTime now = simulator.now().atZone(ZoneOffset.UTC);
        String to = params.text("to");
        for (String unit : new String[] {"seconds", "days", "months"}) {
            if (Math.abs(params.number(unit, 0)) > MAX_AMOUNT) {
                throw ApiError.invalid("parameter_invalid_integer", unit, "This is too far away.");
            }
        }
        Instant target = to == null
                ? now.plusMonths(params.number("months", 0))
                        .plusDays(params.number("days", 0))
                        .plusSeconds(params.number("seconds", 0))
                        .toInstant()
                : instant(to);
        simulator.advanceTo(target);
        return clock();
    }

    private static Instant instant(String text) {
        try {
            return text.matches("\\d{1,11}") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text);
        } catch (DateTimeException e) {
            throw ApiError.invalid(null, "to", "Give Unix seconds or an ISO-8601 instant.");
        }
    }

    private ObjectNode reset(Call call) {
        if ("forget".equals(call.params().text("webhooks"))) {
            simulator.forgetWebhooks();
        }
        simulator.reset();
        return health();
    }

    private ObjectNode setDunning(Call call) {
        DunningPolicy policy = simulator.dunning();
        List<Integer> days = new ArrayList<>(policy.retryDays());
        if (call.params().has("retry_days")) {
            days.clear();
            call.params().tree().path("retry_days").forEach(day -> days.add(day.intValue()));
        }
        String action = call.params().text("final_action", policy.finalAction().word());
        try {
            simulator.dunning(new DunningPolicy(days, FinalAction.valueOf(action.toUpperCase(Locale.ROOT))));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(null, "retry_days", String.valueOf(e.getMessage()));
        }
        return dunning();
    }

    private ObjectNode dunning() {
        ObjectNode answer = Docs.object();
        simulator.dunning().retryDays().forEach(answer.putArray("retry_days")::add);
        answer.put("final_action", simulator.dunning().finalAction().word());
        return answer;
    }

    private ObjectNode limit(Call call) {
        simulator.refuseNextRequests((int)
                Math.min(MAX_AMOUNT, Math.max(0, call.params().number("requests", 0))));
        return health();
    }

    private ObjectNode health() {
        ObjectNode health = clock();
        health.put("status", "up");
        health.put("base_url", simulator.baseUrl());
        health.put("api_key", simulator.apiKey());
        health.put("api_version", Settings.API_VERSION);
        health.put("unfinished_deliveries", simulator.unfinishedDeliveries());
        return health;
    }

    private ObjectNode clock() {
        ObjectNode clock = Docs.object();
        Instant now = simulator.now();
        clock.put("now", now.toString());
        clock.put("now_seconds", now.getEpochSecond());
        return clock;
    }

    private ObjectNode routes() {
        ObjectNode routes = Docs.object();
        router.describe().forEach(routes.putArray("control")::add);
        simulator.routes().forEach(routes.putArray("api")::add);
        return routes;
    }
}
