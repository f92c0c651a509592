package dev.billhook.simulator.wiring;

import dev.billhook.simulator.http.SameMachine;
import dev.billhook.simulator.http.WireRequest;
import dev.billhook.simulator.http.WireResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads each request to the API, the control API or a page. */
public final class Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final Assembly assembly;
    private final Function<WireRequest, WireResponse> control;

    public Entrance(Assembly assembly, Function<WireRequest, WireResponse> control) {
        this.assembly = assembly;
        this.control = control;
    }

    public WireResponse handle(WireRequest request) {
        String path = request.path();
        if (path.startsWith("/v1/") || path.startsWith("/v2/")) {
            return assembly.answer(request);
        }
        try {
            if (!SameMachine.allows(request)) {
                throw ApiError.forbidden("A site elsewhere cannot change anything here.");
            }
            if (path.startsWith("/_sim/")) {
                return control.apply(request);
            }
            WireResponse page = assembly.pages().serve(request);
            if (page != null) {
                return page;
            }
            LOG.info("not served: {} {}", request.method(), path);
            throw ApiError.unknownUrl(request.method(), path);
        } catch (ApiError e) {
            return WireResponse.json(e.status(), Docs.pretty(e.toBody()));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method(), path, e);
            return WireResponse.json(500, Docs.pretty(ApiError.internal().toBody()));
        }
    }
}
