package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of one value of a document.
 *
 * @param path the nested names of its field
 * @param test whether the value is wanted
 */
public record Term(List<String> path, Test test) {
    /** Whether a value is wanted, by its text; null where there is none. */
    @FunctionalInterface
    public interface Test {
        /** Whether it is. */
        boolean passes(@Nullable String text);
    }

    public Term {
        path = List.copyOf(path);
    }

    /** Of a field of the first level. */
    public static Term of(String field, Test test) {
        return new Term(List.of(field), test);
    }

    /** Whether this value is wanted. */
    boolean passes(JsonNode value) {
        return test.passes(textOf(value));
    }

    /** The value in a document. */
    JsonNode in(JsonNode doc) {
        JsonNode value = doc;
        for (String name : path) {
            value = value.path(name);
        }
        return value;
    }

    /** Whether a document has what is wanted. */
    public boolean holdsFor(JsonNode doc) {
        return passes(in(doc));
    }

    /** The text of a single value; null for objects, lists and where there is nothing. */
    static @Nullable String textOf(JsonNode value) {
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }
}
