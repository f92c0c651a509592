package dev.billhook.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.ParamSchema;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.http.FormDecoder;
import dev.billhook.simulator.http.WireRequest;
import dev.billhook.simulator.http.WireResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Controls a running simulator over HTTP, without a key, from the same machine:
 *
 * <ul>
 *   <li>{@code GET /_sim/health}: status, address, key and clock
 *   <li>{@code GET /_sim/clock}: the simulated time
 *   <li>{@code POST /_sim/clock}: moves it forward by {@code seconds}, {@code days} and {@code months}, or to {@code to} (Unix
 *       seconds or ISO-8601)
 *   <li>{@code POST /_sim/reset}: forgets everything
 *   <li>{@code POST /_sim/webhooks}: registers {@code url}, optionally with {@code secret}
 *   <li>{@code POST /_sim/events/{id}/resend}: delivers an event again
 *   <li>{@code POST /_sim/rate_limit}: refuses the next {@code requests} with 429
 * </ul>
 */
final class ControlApi {
    private static final ParamSchema CLOCK = ParamSchema.of("seconds:int days:int months:int to");
    private static final ParamSchema WEBHOOK = ParamSchema.of("url! secret");
    private static final ParamSchema LIMIT = ParamSchema.of("requests!:int");
    private static final int MAX_AMOUNT = 100_000_000;

    private final StripeSimulator simulator;

    ControlApi(StripeSimulator simulator) {
        this.simulator = simulator;
    }

    WireResponse handle(WireRequest request) {
        String path = request.path().substring("/_sim/".length());
        ObjectNode raw = FormDecoder.decode(request.query(), request.text());
        if ("GET".equals(request.method())) {
            return switch (path) {
                case "health" -> json(health());
                case "clock" -> json(clock());
                default -> throw ApiError.unknownUrl(request.method(), request.path());
            };
        }
        if (!"POST".equals(request.method())) {
            throw ApiError.unknownUrl(request.method(), request.path());
        }
        if (path.startsWith("events/") && path.endsWith("/resend")) {
            simulator.resend(path.substring("events/".length(), path.length() - "/resend".length()));
            return json(health());
        }
        return switch (path) {
            case "clock" -> advance(CLOCK.check(raw));
            case "reset" -> reset();
            case "webhooks" -> webhook(WEBHOOK.check(raw));
            case "rate_limit" -> limit(LIMIT.check(raw));
            default -> throw ApiError.unknownUrl(request.method(), request.path());
        };
    }

    private WireResponse advance(Params params) {
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
        return json(clock());
    }

    private static Instant instant(String text) {
        try {
            return text.matches("\\d{1,11}") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text);
        } catch (DateTimeException e) {
            throw ApiError.invalid(null, "to", "Give Unix seconds or an ISO-8601 instant.");
        }
    }

    private WireResponse reset() {
        simulator.reset();
        return json(health());
    }

    private WireResponse webhook(Params params) {
        String secret = params.text("secret");
        String url = params.requireText("url");
        ObjectNode answer = Docs.object();
        answer.put("url", url);
        answer.put("secret", secret == null ? simulator.registerWebhook(url) : simulator.registerWebhook(url, secret));
        return json(answer);
    }

    private WireResponse limit(Params params) {
        simulator.refuseNextRequests((int) Math.min(MAX_AMOUNT, params.number("requests", 0)));
        return json(health());
    }

    private ObjectNode health() {
        ObjectNode health = clock();
        health.put("status", "up");
        health.put("base_url", simulator.baseUrl());
        health.put("api_key", simulator.apiKey());
        return health;
    }

    private ObjectNode clock() {
        ObjectNode clock = Docs.object();
        Instant now = simulator.now();
        clock.put("now", now.toString());
        clock.put("now_seconds", now.getEpochSecond());
        return clock;
    }

    private static WireResponse json(ObjectNode body) {
        return WireResponse.json(200, Docs.pretty(body));
    }
}
