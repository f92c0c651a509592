package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading and building JSON documents: the state of the simulator is documents in the shape Stripe answers. */
public final class Docs {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectWriter PRETTY = MAPPER.writer(new DefaultPrettyPrinter()
            .withSeparators(Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"))
            .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n")));
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Docs() {}

    /** Returns a new empty document. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /** Returns a new empty array. */
    public static ArrayNode array() {
        return NODES.arrayNode();
    }

    /** Reads a document from JSON text of the program's own. */
    public static ObjectNode shape(String json) {
        try {
            return (ObjectNode) MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a JSON object: " + json, e);
        }
    }

    /** Writes a document the way Stripe prints it: indented, keys in their order. */
    public static String pretty(JsonNode node) {
        try {
            return PRETTY.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /** The text of a field, or null where the field is missing, null or not text. */
    public static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isTextual() ? value.textValue() : null;
    }

    /** The text of a field that is known to be there. */
    public static String textOf(JsonNode node, String field) {
        String value = text(node, field);
        if (value == null) {
            throw new IllegalStateException("document without " + field);
        }
        return value;
    }

    /** The whole number of a field, or null where there is none. */
    public static @Nullable Long number(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isIntegralNumber() ? Long.valueOf(value.longValue()) : null;
    }

    /** The whole number of a field, zero where there is none. */
    public static long numberOf(JsonNode node, String field) {
        Long value = number(node, field);
        return value == null ? 0 : value;
    }

    /** Whether a field is the boolean true. */
    public static boolean flag(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value != null && value.isBoolean() && value.booleanValue();
    }

    /** The object in a field; an empty, detached one where there is none. */
    public static ObjectNode child(JsonNode node, String field) {
        return node.get(field) instanceof ObjectNode object ? object : object();
    }

    /** The object in a field, created when missing. */
    public static ObjectNode ensure(ObjectNode node, String field) {
        return node.get(field) instanceof ObjectNode object ? object : node.putObject(field);
    }

    /** The objects of an array field, or of the {@code data} of a list field; empty where there are none. */
    public static List<ObjectNode> objects(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value instanceof ObjectNode list) {
            value = list.get("data");
        }
        List<ObjectNode> result = new ArrayList<>();
        if (value instanceof ArrayNode array) {
            for (JsonNode element : array) {
                if (element instanceof ObjectNode object) {
                    result.add(object);
                }
            }
        }
        return result;
    }

    /** The sum of a whole-number field of documents, zero where one has none. */
    public static long sum(List<ObjectNode> docs, String field) {
        return docs.stream().mapToLong(doc -> numberOf(doc, field)).sum();
    }

    /** The texts of an array field. */
    public static List<String> texts(JsonNode node, String field) {
        List<String> result = new ArrayList<>();
        if (node.get(field) instanceof ArrayNode array) {
            array.forEach(element -> result.add(element.asText()));
        }
        return result;
    }

    /** Sets a text, or null. */
    public static void put(ObjectNode node, String field, @Nullable String value) {
        node.put(field, value);
    }

    /** Sets a number, or null. */
    public static void put(ObjectNode node, String field, @Nullable Long value) {
        node.put(field, value);
    }

    /** Whether two values are equal; whole numbers are, whatever they are held in. */
    public static boolean same(JsonNode one, JsonNode other) {
        return one.equals(Docs::compare, other);
    }

    private static int compare(JsonNode one, JsonNode other) {
        boolean numbers = one.isIntegralNumber() && other.isIntegralNumber();
        boolean equal = numbers ? one.bigIntegerValue().equals(other.bigIntegerValue()) : one.equals(other);
        return equal ? 0 : 1;
    }

    /** A complete list object with the given elements. */
    public static ObjectNode list(String url, Iterable<? extends JsonNode> data) {
        ObjectNode list = object();
        list.put("object", "list");
        ArrayNode array = list.putArray("data");
        data.forEach(array::add);
        list.put("has_more", false);
        list.put("url", url);
        return list;
    }
}
