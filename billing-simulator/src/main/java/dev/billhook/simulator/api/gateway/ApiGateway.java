package dev.billhook.simulator.api.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Call;
import dev.billhook.simulator.api.Expander;
import dev.billhook.simulator.api.Fault;
import dev.billhook.simulator.api.Faults;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.Router;
import dev.billhook.simulator.api.gateway.Idempotency.Answered;
import dev.billhook.simulator.http.FormDecoder;
import dev.billhook.simulator.http.WireRequest;
import dev.billhook.simulator.http.WireResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.kernel.Settings;
import dev.billhook.simulator.kernel.Simulation;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers API requests: key, route, parameters, idempotency, the unit of work, expansion, and errors in Stripe's envelope. */
public final class ApiGateway {
    private static final Logger LOG = LoggerFactory.getLogger(ApiGateway.class);

    /** What a request asks for. */
    private record Found(Router.Match match, Call call) {}

    private final Simulation simulation;
    private final Router router;
    private final Expander expander;
    private final RequestLog log = new RequestLog();
    private final Idempotency idempotency;
    private final Faults faults = new Faults();

    public ApiGateway(Simulation simulation, Router router, Expander expander) {
        this.simulation = simulation;
        this.router = router;
        this.expander = expander;
        this.idempotency = new Idempotency(() -> simulation.store().packer());
    }

    /** The latest requests. */
    public RequestLog log() {
        return log;
    }

    /** What is to go wrong with the next requests. */
    public Faults faults() {
        return faults;
    }

    /** Forgets idempotency keys; to be done whenever the store is emptied. */
    public void reset() {
        simulation.exclusively(() -> {
            idempotency.clear();
            return idempotency;
        });
    }

    /** The answers remembered for idempotency keys, to be kept elsewhere. */
    public Stream<ObjectNode> remembered() {
        return idempotency.save();
    }

    /** Takes back a remembered answer. */
    public void remember(ObjectNode saved) {
        idempotency.restore(saved);
    }

    /** The answer to a request below {@code /v1} or {@code /v2}. */
    public WireResponse handle(WireRequest request) {
        RequestInfo info = new RequestInfo(simulation.newRequestId(), request.header("idempotency-key"));
        String key = "POST".equals(request.method()) ? info.idempotencyKey() : null;
        Fault fault;
        try {
            ApiKeys.check(request, simulation.settings().livemode());
            fault = faults.next(request.method(), request.path());
            if (key != null) {
                idempotency.begin(key);
            }
        } catch (ApiError e) {
            return finish(request, info, error(e));
        }
        try {
            return finish(
                    request, info, fault == null ? answer(request, info, key) : spoiled(fault, request, info, key));
        } finally {
            if (key != null) {
                idempotency.end(key);
            }
        }
    }

    /** What the client gets when something is to go wrong. */
    private WireResponse spoiled(Fault fault, WireRequest request, RequestInfo info, @Nullable String key) {
        WireResponse answer = fault.done() ? answer(request, info, key) : WireResponse.NONE;
        sleep(fault.delay());
        WireResponse spoiled = switch (fault.outcome()) {
            case ANSWER -> answer;
            case ERROR -> error(fault.toError());
            case DROP -> WireResponse.NONE;
        };
        return fault.shouldRetry() == null
                ? spoiled
                : spoiled.with("Stripe-Should-Retry", fault.shouldRetry().toString());
    }

    private static void sleep(Duration delay) {
        try {
            TimeUnit.MILLISECONDS.sleep(delay.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private WireResponse answer(WireRequest request, RequestInfo info, @Nullable String key) {
        try {
            if (key == null) {
                return simulation.atomically(info, () -> execute(request));
            }
            return simulation.exclusively(() -> once(request, info, key));
        } catch (ApiError e) {
            return error(e);
        } catch (ArithmeticException | DateTimeException e) {
            LOG.debug("{} {} has a number out of range", request.method(), request.path(), e);
            return error(ApiError.invalid(
                    "parameter_invalid_integer", null, "A number in the request is too large or too small."));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            return error(ApiError.internal());
        }
    }

    private WireResponse once(WireRequest request, RequestInfo info, String key) {
        String fingerprint = Idempotency.fingerprint(request.path() + '?' + request.query() + '\n' + request.text());
        long now = simulation.now(null);
        Answered answered = idempotency.replay(key, fingerprint, now);
        boolean replayed = answered != null;
        if (answered == null) {
            answered = answered(request, info);
            idempotency.remember(key, fingerprint, answered, now);
        }
        WireResponse response = WireResponse.json(answered.status(), Docs.pretty(answered.body()))
                .with("Original-Request", answered.requestId());
        return replayed ? response.with("Idempotent-Replayed", "true") : response;
    }

    private Answered answered(WireRequest request, RequestInfo info) {
        String requestId = String.valueOf(info.id());
        try {
            return new Answered(200, simulation.atomically(info, () -> carryOut(find(request))), requestId);
        } catch (ApiError e) {
            if (!e.isKeepingState()) {
                throw e;
            }
            return new Answered(e.status(), e.toBody(), requestId);
        }
    }

    private WireResponse execute(WireRequest request) {
        Found found = find(request);
        Function<Call, WireResponse> download = found.match().download();
        return download == null ? WireResponse.json(200, Docs.pretty(carryOut(found))) : download.apply(found.call());
    }

    private ObjectNode carryOut(Found found) {
        ObjectNode answer = found.match().handler().apply(found.call());
        expander.expand(answer, found.call().params().texts("expand"));
        return answer;
    }

    private Found find(WireRequest request) {
        Router.Match match = router.match(request.method(), request.path());
        if (match == null) {
            LOG.info("not served: {} {}", request.method(), request.path());
            throw ApiError.unknownUrl(request.method(), request.path());
        }
        ObjectNode raw = FormDecoder.decode(request.query(), request.text());
        Params params = match.schema().check(raw);
        return new Found(match, new Call(request.path(), match.variables(), params));
    }

    private WireResponse finish(WireRequest request, RequestInfo info, WireResponse response) {
        Instant now = simulation.clock().instant();
        String id = String.valueOf(info.id());
        String version = request.header("stripe-version");
        String shown = version == null ? Settings.API_VERSION : version;
        log.add(new RequestLog.Entry(id, now, request.method(), request.path(), response.status(), shown));
        if (response.isNone()) {
            return response;
        }
        WireResponse result = response.with("Request-Id", id)
                .with("Stripe-Version", shown)
                .with("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
        return info.idempotencyKey() == null ? result : result.with("Idempotency-Key", info.idempotencyKey());
    }

    private static WireResponse error(ApiError e) {
        WireResponse response = WireResponse.json(e.status(), Docs.pretty(e.toBody()));
        return switch (String.valueOf(e.code())) {
            case "rate_limit" -> response.with("Stripe-Rate-Limited-Reason", "global-rate");
            case "idempotency_key_in_use" -> response.with("Stripe-Should-Retry", "true");
            default -> response;
        };
    }
}
