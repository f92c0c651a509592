package dev.billhook.simulator.api;

import dev.billhook.simulator.http.WireResponse;
import dev.billhook.simulator.kernel.ApiError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the answers to requests that carried an idempotency key, for a day of simulated time. Not thread-safe.
 */
final class Idempotency {
    private static final long KEPT_SECONDS = 24 * 3600;

    private record Remembered(String fingerprint, WireResponse response, long second) {}

    private final Map<String, Remembered> byKey = new LinkedHashMap<>();

    /** The answer given before, or null; refuses a key that was used for something else. */
    @Nullable WireResponse replay(String key, String fingerprint, long now) {
        forgetOld(now);
        Remembered remembered = byKey.get(key);
        if (remembered == null) {
            return null;
        }
        if (!remembered.fingerprint().equals(fingerprint)) {
            throw ApiError.idempotency(
                    "The idempotency key '" + key + "' was first used for a request with other parameters."
                            + " Use another key, or repeat the same request.");
        }
        return remembered.response().with("Idempotent-Replayed", "true");
    }

    private void forgetOld(long now) {
        var oldest = byKey.values().iterator();
        while (oldest.hasNext() && oldest.next().second() + KEPT_SECONDS <= now) {
            oldest.remove();
        }
    }

    void remember(String key, String fingerprint, WireResponse response, long now) {
        byKey.put(key, new Remembered(fingerprint, response, now));
    }

    void clear() {
        byKey.clear();
    }
}
