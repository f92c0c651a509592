package dev.billhook.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire.
 *
 * @param path decoded path without the query
 * @param query the part after the question mark, still encoded; empty when there is none
 * @param headers by lower-case name; repeated headers are joined with a comma
 */
@SuppressWarnings("ArrayRecordComponent") // bodies are handed on, never compared
public record WireRequest(String method, String path, String query, Map<String, String> headers, byte[] body) {
    public WireRequest {
        headers = Map.copyOf(headers);
    }

    /** A header's value, or null. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
