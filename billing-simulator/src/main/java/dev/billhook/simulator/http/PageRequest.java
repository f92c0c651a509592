package dev.billhook.simulator.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A browser's request for a hosted page.
 *
 * @param method GET or POST
 * @param path decoded path, for example {@code /pay/cs_test_…}
 * @param query decoded query parameters; of repeated ones the last
 * @param form decoded form fields of a POST; of repeated ones the last
 * @param cookies cookies by name
 */
public record PageRequest(
        String method, String path, Map<String, String> query, Map<String, String> form, Map<String, String> cookies) {
    public PageRequest {
        query = Map.copyOf(query);
        form = Map.copyOf(form);
        cookies = Map.copyOf(cookies);
    }

    /** Whether it is a form being sent. */
    public boolean isPost() {
        return "POST".equals(method);
    }

    /** The segment of the path at this position, counted from 0, or null: segment 1 of {@code /pay/x} is {@code x}. */
    public @Nullable String segment(int index) {
        String[] segments = path.substring(1).split("/", -1);
        return index < segments.length && !segments[index].isEmpty() ? segments[index] : null;
    }

    /** A form field without surrounding blanks; empty when it was not sent. */
    public String field(String name) {
        return form.getOrDefault(name, "").trim();
    }
}
