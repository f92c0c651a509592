package dev.billhook.simulator.api.gateway;

import dev.billhook.simulator.http.WireRequest;
import dev.billhook.simulator.kernel.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Which API keys are taken: every secret or restricted key of the simulator's mode. */
final class ApiKeys {
    private ApiKeys() {}

    /** Refuses a request without a key of this mode, given as bearer token or as the user of basic authentication. */
    static void check(WireRequest request, boolean livemode) {
        String key = key(request.header("authorization"));
        if (key == null) {
            throw ApiError.unauthorized(
                    "No API key was provided. Send it as a bearer token or as the user of basic authentication.");
        }
        boolean live = key.startsWith("sk_live_") || key.startsWith("rk_live_");
        boolean test = key.startsWith("sk_test_") || key.startsWith("rk_test_");
        if (!(live || test) || live != livemode) {
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
}
