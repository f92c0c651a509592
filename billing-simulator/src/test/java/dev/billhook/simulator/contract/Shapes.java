package dev.billhook.simulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Remembers of which shapes documents were. A document is taken apart into features: for each object in it the set of its keys,
 * and for each value its kind, with the word itself where it may be one of a closed list. It is new when it has a feature that
 * none before it had; thus what is kept grows with the variety of documents, not with their number. Thread-safe.
 */
final class Shapes {
    private static final Pattern WORD = Pattern.compile("[a-z]+([._-][a-z0-9]+){0,6}");
    private static final Set<String> FREE_TEXT = Set.of("description", "email", "name", "message", "nickname", "param");
    private static final Set<String> FREE_KEYS = Set.of("metadata", "currency_options", "payload");
    private static final int LONGEST_WORD = 60;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** Whether a document in this place has anything that no document had before; remembers it. */
    boolean isNew(String place, JsonNode document) {
        boolean[] found = {false};
        features(place, document, feature -> found[0] |= known.add(feature));
        return found[0];
    }

    private static void features(String path, JsonNode node, Consumer<String> to) {
        if (node.isObject()) {
            String here = name(path, node);
            to.accept(path + " is " + here);
            to.accept(here
                    + keys(here, node)
                    + node.path("type").asText()
                    + node.path("status").asText());
            node.properties().forEach(entry -> features(here + "." + key(here, entry), entry.getValue(), to));
        } else if (node.isArray()) {
            to.accept(path + (node.isEmpty() ? " empty" : " list"));
            node.forEach(element -> features(path + "[]", element, to));
        } else {
            to.accept(path + ":" + kind(path, node));
        }
    }

    /** An object has the same shapes wherever it stands; each type of event has its own. */
    private static String name(String path, JsonNode node) {
        String type = node.path("object").asText();
        return switch (type) {
            case "", "list" -> path;
            case "event" -> type + " " + node.path("type").asText();
            default -> type;
        };
    }

    private static String kind(String path, JsonNode node) {
        if (node.isTextual()) {
            String text = node.textValue();
            String key = path.substring(path.lastIndexOf('.') + 1);
            boolean word = text.length() <= LONGEST_WORD
                    && !FREE_TEXT.contains(key)
                    && !path.endsWith(".*")
                    && !key.endsWith("id")
                    && WORD.matcher(text).matches();
            return word || text.isEmpty() ? "\"" + text + "\"" : "text";
        }
        return node.isIntegralNumber() ? "integer" : node.getNodeType().toString();
    }

    private static Set<String> keys(String path, JsonNode node) {
        if (isFree(path)) {
            return Set.of();
        }
        Set<String> keys = new TreeSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static String key(String path, Map.Entry<String, JsonNode> entry) {
        return isFree(path) ? "*" : entry.getKey();
    }

    private static boolean isFree(String path) {
        return FREE_KEYS.contains(path.substring(path.lastIndexOf('.') + 1));
    }
}
