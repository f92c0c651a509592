package dev.billhook.simulator.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Router;
import dev.billhook.simulator.http.FormDecoder;
import dev.billhook.simulator.http.WireRequest;
import dev.billhook.simulator.http.WireResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.spi.Exchange;
import dev.billhook.simulator.spi.ExchangeObserver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;

/** Tells the observers on the class path what is said; costs nothing where there is none. */
final class Observers {
    private final Router router;
    private final List<ExchangeObserver> observers;

    Observers(Router router) {
        this(
                router,
                ServiceLoader.load(ExchangeObserver.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList());
    }

    Observers(Router router, List<ExchangeObserver> observers) {
        this.router = router;
        this.observers = observers;
    }

    /** Tells of an answered request; returns the answer. */
    WireResponse seen(WireRequest request, WireResponse response) {
        if (!observers.isEmpty() && !response.isNone()) {
            Exchange exchange = exchange(request, response);
            observers.forEach(observer -> observer.exchange(exchange));
        }
        return response;
    }

    /** Tells of an event. */
    void seen(ObjectNode event) {
        observers.forEach(observer -> observer.event(event));
    }

    private Exchange exchange(WireRequest request, WireResponse response) {
        String client = request.header("user-agent");
        String type = response.headers().getOrDefault("Content-Type", "");
        String body = new String(response.body(), StandardCharsets.UTF_8);
        JsonNode answer = type.startsWith("application/json") ? Docs.shape(body) : NullNode.getInstance();
        return new Exchange(
                request.method(),
                router.templateOf(request.method(), request.path()),
                client == null ? "" : client,
                form(request),
                response.status(),
                answer);
    }

    private static JsonNode form(WireRequest request) {
        try {
            return FormDecoder.decode(request.query(), request.text());
        } catch (ApiError e) {
            return Docs.object();
        }
    }
}
