package dev.billhook.simulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes {@code application/x-www-form-urlencoded} text with bracketed names ({@code items[0][price]=…}, {@code expand[]=…})
 * into a tree of objects and texts. Lists stay objects whose keys are their indexes: only a schema knows what is a list.
 */
public final class FormDecoder {
    private static final int MAX_DEPTH = 12;

    private FormDecoder() {}

    /** The tree of several encoded texts, later ones adding to earlier ones. */
    public static ObjectNode decode(String... encoded) {
        ObjectNode root = Docs.object();
        for (String text : encoded) {
            for (String pair : text.split("&", -1)) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = unescape(equals < 0 ? pair : pair.substring(0, equals));
                    add(root, path(name), equals < 0 ? "" : unescape(pair.substring(equals + 1)));
                }
            }
        }
        return root;
    }

    private static String unescape(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(null, null, "Invalid form encoding.");
        }
    }

    private static List<String> path(String name) {
        int bracket = name.indexOf('[');
        if (bracket <= 0) {
            return List.of(name);
        }
        List<String> path = new ArrayList<>();
        path.add(name.substring(0, bracket));
        int at = bracket;
        while (at < name.length()) {
            int close = name.indexOf(']', at);
            if (name.charAt(at) != '[' || close < 0 || path.size() >= MAX_DEPTH) {
                throw ApiError.invalid(null, name, "Invalid parameter name.");
            }
            path.add(name.substring(at + 1, close));
            at = close + 1;
        }
        return path;
    }

    private static void add(ObjectNode root, List<String> path, String value) {
        ObjectNode node = root;
        for (String segment : path.subList(0, path.size() - 1)) {
            String key = segment.isEmpty() ? String.valueOf(node.size()) : segment;
            JsonNode next = node.get(key);
            if (next != null && !(next instanceof ObjectNode)) {
                throw ApiError.invalid(null, path.get(0), "Invalid parameter: given as a value and as an object.");
            }
            node = next instanceof ObjectNode object ? object : node.putObject(key);
        }
        String last = path.get(path.size() - 1);
        node.put(last.isEmpty() ? String.valueOf(node.size()) : last, value);
    }
}
