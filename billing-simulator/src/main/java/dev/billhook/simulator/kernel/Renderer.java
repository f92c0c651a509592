package dev.billhook.simulator.kernel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes what the API shows of a stored document: a copy without what only the engine knows, completed per type of object (for
 * example the price that stands whole in a subscription item).
 */
public final class Renderer {
    private final Map<String, Consumer<ObjectNode>> completions = new HashMap<>();

    /** Registers how copies of this type of object are completed, after what was registered for it before. */
    public void complete(String object, Consumer<ObjectNode> completion) {
        completions.merge(object, completion, Consumer::andThen);
    }

    /** A copy of a stored document as the API shows it. */
    public ObjectNode render(ObjectNode doc) {
        ObjectNode copy = Docs.object();
        for (Map.Entry<String, JsonNode> field : doc.properties()) {
            if (!field.getKey().startsWith("_")) {
                copy.set(field.getKey(), copyOf(field.getValue()));
            }
        }
        String object = Docs.text(copy, "object");
        Consumer<ObjectNode> completion = object == null ? null : completions.get(object);
        if (completion != null) {
            completion.accept(copy);
        }
        return copy;
    }

    private JsonNode copyOf(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return render(object);
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = Docs.array();
            array.forEach(element -> copy.add(copyOf(element)));
            return copy;
        }
        return value;
    }
}
