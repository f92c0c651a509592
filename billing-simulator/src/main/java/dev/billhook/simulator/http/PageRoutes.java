package dev.billhook.simulator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which handler serves which paths; the longest matching prefix wins. */
public final class PageRoutes {
    private final Map<String, PageHandler> byPrefix = new LinkedHashMap<>();

    /** Serves a path and everything below it. */
    public PageRoutes add(String prefix, PageHandler handler) {
        byPrefix.put(prefix, handler);
        return this;
    }

    /** The answer for this request, or null when no page has its path. */
    public @Nullable WireResponse serve(WireRequest request) {
        String best = byPrefix.keySet().stream()
                .filter(prefix -> request.path().equals(prefix)
                        || request.path().startsWith(prefix.endsWith("/") ? prefix : prefix + "/"))
                .reduce("", (longest, prefix) -> prefix.length() > longest.length() ? prefix : longest);
        PageHandler handler = byPrefix.get(best);
        if (handler == null) {
            return null;
        }
        PageResponse page = handler.handle(new PageRequest(
                request.method(), request.path(), flat(request.query()), flat(request.text()), cookies(request)));
        return new WireResponse(page.status(), page.headers(), page.body());
    }

    private static Map<String, String> flat(String encoded) {
        ObjectNode tree = FormDecoder.decode(encoded);
        Map<String, String> fields = new HashMap<>();
        tree.properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        return fields;
    }

    private static Map<String, String> cookies(WireRequest request) {
        Map<String, String> cookies = new HashMap<>();
        String header = request.header("cookie");
        if (header != null) {
            for (String cookie : header.split(";", -1)) {
                int equals = cookie.indexOf('=');
                if (equals > 0) {
                    cookies.put(
                            cookie.substring(0, equals).trim(),
                            cookie.substring(equals + 1).trim());
                }
            }
        }
        return cookies;
    }
}
