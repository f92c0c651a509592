package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What an update event calls {@code previous_attributes}: the old values of the fields that changed, nested objects reduced to
 * the keys that changed, arrays given whole, and null for a key that was not there before.
 */
public final class Difference {
    private Difference() {}

    /** The old values of every field that differs; empty when both documents are equal. */
    public static ObjectNode previousAttributes(ObjectNode before, ObjectNode after) {
        ObjectNode result = Docs.object();
        Set<String> keys = new LinkedHashSet<>();
        before.fieldNames().forEachRemaining(keys::add);
        after.fieldNames().forEachRemaining(keys::add);
        for (String key : keys) {
            JsonNode was = before.path(key);
            JsonNode is = after.path(key);
            if (Docs.same(was, is)) {
                continue;
            }
            if (was instanceof ObjectNode old && is instanceof ObjectNode current && !isList(old)) {
                result.set(key, previousAttributes(old, current));
            } else {
                result.set(key, was.isMissingNode() ? NullNode.getInstance() : was.deepCopy());
            }
        }
        return result;
    }

    /** A copy of a document as it was before the change with these {@code previous_attributes}. */
    public static ObjectNode undone(ObjectNode after, ObjectNode previous) {
        ObjectNode result = after.deepCopy();
        previous.properties().forEach(field -> {
            JsonNode was = field.getValue();
            if (was instanceof ObjectNode old
                    && result.get(field.getKey()) instanceof ObjectNode current
                    && !isList(old)) {
                result.set(field.getKey(), undone(current, old));
            } else {
                result.set(field.getKey(), was.deepCopy());
            }
        });
        return result;
    }

    private static boolean isList(ObjectNode node) {
        return "list".equals(Docs.text(node, "object"));
    }
}
