package dev.billhook.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.http.FormDecoder;
import dev.billhook.simulator.http.WireRequest;
import dev.billhook.simulator.http.WireResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.kernel.Settings;
import dev.billhook.simulator.kernel.Simulation;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers API requests: key, route, parameters, idempotency, the unit of work, expansion, and errors in Stripe's envelope. */
public final class ApiGateway {
    private static final Logger LOG = LoggerFactory.getLogger(ApiGateway.class);
    private static final int TOO_MANY_REQUESTS = 429;

    private final Simulation simulation;
    private final Router router;
    private final Expander expander;
    private final RequestLog log = new RequestLog();
    private final Idempotency idempotency = new Idempotency();
    private final AtomicInteger refusals = new AtomicInteger();

    public ApiGateway(Simulation simulation, Router router, Expander expander) {
        this.simulation = simulation;
        this.router = router;
        this.expander = expander;
    }

    /** The latest requests. */
    public RequestLog log() {
        return log;
    }

    /** Lets the next requests be refused with status 429. */
    public void refuseNext(int requests) {
        refusals.set(requests);
    }

    /** Forgets idempotency keys. */
    public void reset() {
        simulation.exclusively(() -> {
            idempotency.clear();
            return idempotency;
        });
    }

    /** The answer to a request below {@code /v1}. */
    public WireResponse handle(WireRequest request) {
        RequestInfo info = new RequestInfo(requestId(), request.header("idempotency-key"));
        WireResponse response;
        try {
            authorize(request);
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw ApiError.rateLimited();
            }
            response = simulation.exclusively(() -> once(request, info));
        } catch (ApiError e) {
            response = error(e);
        } catch (ArithmeticException | DateTimeException e) {
            LOG.debug("{} {} has a number out of range", request.method(), request.path(), e);
            response = error(ApiError.invalid(
                    "parameter_invalid_integer", null, "A number in the request is too large or too small."));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            response = error(ApiError.internal());
        }
        return finish(request, info, response);
    }

    private WireResponse once(WireRequest request, RequestInfo info) {
        String key = info.idempotencyKey();
        if (key == null || !"POST".equals(request.method())) {
            return simulation.atomically(info, () -> execute(request));
        }
        String fingerprint = request.path() + '?' + request.query() + '\n' + request.text();
        long now = simulation.now(null);
        WireResponse earlier = idempotency.replay(key, fingerprint, now);
        if (earlier != null) {
            return earlier;
        }
        WireResponse response;
        try {
            response = simulation.atomically(info, () -> execute(request));
        } catch (ApiError e) {
            if (!e.isKeepingState()) {
                throw e;
            }
            response = error(e);
        }
        idempotency.remember(key, fingerprint, response, now);
        return response;
    }

    private WireResponse execute(WireRequest request) {
        Router.Match match = router.match(request.method(), request.path());
        if (match == null) {
            LOG.info("not served: {} {}", request.method(), request.path());
            throw ApiError.unknownUrl(request.method(), request.path());
        }
        ObjectNode raw = FormDecoder.decode(request.query(), request.text());
        Params params = match.schema().check(raw);
        Call call = new Call(request.path(), match.variables(), params);
        if (match.download() != null) {
            return match.download().apply(call);
        }
        ObjectNode answer = match.handler().apply(call);
        expander.expand(answer, params.texts("expand"));
        return WireResponse.json(200, Docs.pretty(answer));
    }

    private WireResponse finish(WireRequest request, RequestInfo info, WireResponse response) {
        Instant now = simulation.clock().instant();
        String id = String.valueOf(info.id());
        String version = request.header("stripe-version");
        String shown = version == null ? Settings.API_VERSION : version;
        log.add(new RequestLog.Entry(id, now, request.method(), request.path(), response.status(), shown));
        WireResponse result = response.with("Request-Id", id)
                .with("Stripe-Version", shown)
                .with("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
        if (response.status() == TOO_MANY_REQUESTS) {
            result = result.with("Stripe-Rate-Limited-Reason", "global-rate");
        }
        return info.idempotencyKey() == null ? result : result.with("Idempotency-Key", info.idempotencyKey());
    }

    private static WireResponse error(ApiError e) {
        return WireResponse.json(e.status(), Docs.pretty(e.toBody()));
    }

    private void authorize(WireRequest request) {
        String key = key(request.header("authorization"));
        if (key == null) {
            throw ApiError.unauthorized(
                    "No API key was provided. Send it as a bearer token or as the user of basic" + " authentication.");
        }
        boolean live = key.startsWith("sk_live_") || key.startsWith("rk_live_");
        boolean test = key.startsWith("sk_test_") || key.startsWith("rk_test_");
        if (!(live || test) || live != simulation.settings().livemode()) {
            throw ApiError.unauthorized("Invalid API Key provided: " + masked(key));
        }
    }

    private static @Nullable String key(@Nullable String header) {
        if (header == null) {
            return null;
        }
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return header.substring(7).trim();
        }
        if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                byte[] decoded = Base64.getDecoder().decode(header.substring(6).trim());
                return new String(decoded, StandardCharsets.UTF_8).split(":", 2)[0];
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        return null;
    }

    private static String masked(String key) {
        return key.length() < 12 ? "****" : key.substring(0, 8) + "****" + key.substring(key.length() - 4);
    }

    private static String requestId() {
        return "req_" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 60, Long.MAX_VALUE), 36);
    }
}
