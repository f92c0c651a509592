package dev.billhook.simulator.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A hosted page, or a redirect. */
@SuppressWarnings("ArrayRecordComponent") // bodies are handed on, never compared
public record PageResponse(int status, Map<String, String> headers, byte[] body) {
    public PageResponse {
        headers = Map.copyOf(headers);
    }

    /** An HTML page. */
    public static PageResponse html(int status, String html) {
        return of(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** Any content. */
    public static PageResponse of(int status, String contentType, byte[] body) {
        return new PageResponse(status, Map.of("Content-Type", contentType, "Cache-Control", "no-store"), body);
    }

    /** Sends the browser to another address with GET. */
    public static PageResponse redirect(String location) {
        return new PageResponse(303, Map.of("Location", location), new byte[0]);
    }

    /** The same with one more header. */
    public PageResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new PageResponse(status, more, body);
    }
}
