package dev.billhook.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer before it goes over the wire. */
@SuppressWarnings("ArrayRecordComponent") // bodies are handed on, never compared
public record WireResponse(int status, Map<String, String> headers, byte[] body) {
    /** No answer at all: the connection is closed. */
    public static final WireResponse NONE = new WireResponse(0, Map.of(), new byte[0]);

    public WireResponse {
        headers = Map.copyOf(headers);
    }

    /** An answer with a text of this content type. */
    public static WireResponse text(int status, String contentType, String text) {
        return new WireResponse(status, Map.of("Content-Type", contentType), text.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer with JSON text. */
    public static WireResponse json(int status, String json) {
        return text(status, "application/json", json);
    }

    /** Whether the connection is to be closed instead of answering. */
    public boolean isNone() {
        return status == 0;
    }

    /** The same answer with one more header. */
    public WireResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new WireResponse(status, more, body);
    }
}
