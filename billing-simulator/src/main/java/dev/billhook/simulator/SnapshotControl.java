package dev.billhook.simulator;

import dev.billhook.simulator.http.WireRequest;
import dev.billhook.simulator.http.WireResponse;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** {@code GET /_sim/snapshot} answers the whole world, {@code POST /_sim/snapshot} replaces it by the one in the body. */
final class SnapshotControl {
    static final String PATH = "/_sim/snapshot";

    private final StripeSimulator simulator;

    SnapshotControl(StripeSimulator simulator) {
        this.simulator = simulator;
    }

    WireResponse handle(WireRequest request) {
        return switch (request.method()) {
            case "GET" -> written();
            case "POST" -> taken(request.body());
            default -> throw ApiError.unknownUrl(request.method(), request.path());
        };
    }

    private WireResponse written() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            simulator.assembly().snapshot().write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WireResponse(200, Map.of("Content-Type", "application/json"), out.toByteArray());
    }

    private WireResponse taken(byte[] body) {
        simulator.replace(() -> {
            try {
                simulator.assembly().snapshot().read(new ByteArrayInputStream(body));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return WireResponse.json(
                200, Docs.pretty(Docs.object().put("now", simulator.now().toString())));
    }
}
