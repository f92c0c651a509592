package dev.billhook.simulator.event.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.Map;

/** Undoes one change of an object's shape, in place. */
@FunctionalInterface
interface Step {
    void undo(ObjectNode doc, Scope scope);

    /** A field is found elsewhere: the value at a JSON pointer, null where there is none. */
    static Step copy(String pointer, String name) {
        return (doc, scope) -> doc.set(name, valueAt(doc, pointer));
    }

    /** A field is not there yet. */
    static Step remove(String... names) {
        return (doc, scope) -> {
            for (String name : names) {
                doc.remove(name);
            }
        };
    }

    /** Fields that are always null in the simulator. */
    static Step nulls(String... names) {
        return (doc, scope) -> {
            for (String name : names) {
                doc.putNull(name);
            }
        };
    }

    /** A field has the whole object, where later versions have the id at a JSON pointer. */
    static Step inline(String pointer, String type, String name) {
        return (doc, scope) -> doc.set(name, scope.shown(type, doc.at(pointer).textValue()));
    }

    /** A field uses other words. */
    static Step words(String name, Map<String, String> earlier) {
        return (doc, scope) -> {
            String word = Docs.text(doc, name);
            if (word != null) {
                doc.put(name, earlier.getOrDefault(word, word));
            }
        };
    }

    /** A field within an object that may be null is null. */
    static Step nullWithin(String object, String name) {
        return (doc, scope) -> {
            if (doc.get(object) instanceof ObjectNode inner) {
                inner.putNull(name);
            }
        };
    }

    private static JsonNode valueAt(ObjectNode doc, String pointer) {
        JsonNode value = doc.at(pointer);
        return value.isMissingNode() ? NullNode.getInstance() : value.deepCopy();
    }
}
