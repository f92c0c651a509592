package dev.billhook.simulator.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Ids;
import dev.billhook.simulator.kernel.Renderer;
import dev.billhook.simulator.kernel.Store;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces identifiers in an answer by the objects they name, as {@code expand[]} asks: several levels deep, through lists
 * ({@code data.customer}), and including fields that only appear when they are asked for.
 */
public final class Expander {
    private static final int MAX_DEPTH = 6;
    private static final List<String> FREELY_NAMED = List.of("product", "coupon", "price");

    private final Store store;
    private final Renderer renderer;
    private final Map<String, Function<ObjectNode, JsonNode>> onDemand = new HashMap<>();
    private final Map<String, Function<String, ObjectNode>> onReference = new HashMap<>();

    public Expander(Store store, Renderer renderer) {
        this.store = store;
        this.renderer = renderer;
    }

    /** Registers a field of a type of object, or of a part of it as {@code part.field}, that is only shown when it is expanded. */
    public void onDemand(String object, String field, Function<ObjectNode, JsonNode> supplier) {
        onDemand.put(object + "." + field, supplier);
    }

    /** Registers that a field of this name, of whatever object, names what this supplies. */
    public void onReference(String field, Function<String, ObjectNode> supplier) {
        onReference.put(field, supplier);
    }

    /** Expands these paths in an answer that is nobody else's. */
    public void expand(ObjectNode answer, List<String> paths) {
        for (String path : paths) {
            List<String> segments = List.of(path.split("\\."));
            if (segments.isEmpty() || segments.size() > MAX_DEPTH) {
                throw cannot(path);
            }
            expand(answer, segments, path);
        }
    }

    private void expand(JsonNode node, List<String> segments, String path) {
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                expand(array.get(i), segments, path);
            }
            return;
        }
        if (segments.isEmpty() || !(node instanceof ObjectNode object)) {
            return;
        }
        String field = segments.get(0);
        if (segments.size() > 1) {
            supplyWithin(object, field, segments.get(1));
        }
        JsonNode value = valueOf(object, field, path);
        if (value != null) {
            expand(value, segments.subList(1, segments.size()), path);
        }
    }

    private void supplyWithin(ObjectNode object, String part, String field) {
        Function<ObjectNode, JsonNode> supplier = onDemand.get(Docs.text(object, "object") + "." + part + "." + field);
        if (supplier != null && object.get(part) instanceof ObjectNode within && !within.has(field)) {
            within.set(field, supplier.apply(object));
        }
    }

    private @Nullable JsonNode valueOf(ObjectNode object, String field, String path) {
        JsonNode value = object.get(field);
        Function<ObjectNode, JsonNode> supplier = onDemand.get(Docs.text(object, "object") + "." + field);
        if (supplier != null && (value == null || value.isNull())) {
            JsonNode supplied = supplier.apply(object);
            if (supplied.isNull()) {
                return null;
            }
            object.set(field, supplied);
            return supplied;
        }
        if (value == null && Docs.flag(object, "deleted")) {
            return null;
        }
        if (value == null) {
            throw cannot(path);
        }
        if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i).isTextual()) {
                    array.set(i, resolve(array.get(i).textValue(), path));
                }
            }
            return array;
        }
        if (value.isTextual()) {
            Function<String, ObjectNode> named = onReference.get(field);
            ObjectNode resolved = named == null ? resolve(value.textValue(), path) : named.apply(value.textValue());
            object.set(field, resolved);
            return resolved;
        }
        return value.isObject() ? value : null;
    }

    private ObjectNode resolve(String id, String path) {
        String type = Ids.typeOf(id);
        ObjectNode doc = type == null ? null : store.find(type, id);
        if (doc == null && type != null) {
            ObjectNode tombstone = store.findDeleted(type, id);
            if (tombstone != null) {
                return tombstone.deepCopy();
            }
        }
        for (String named : FREELY_NAMED) {
            doc = doc == null ? store.find(named, id) : doc;
        }
        if (doc == null) {
            throw cannot(path);
        }
        return renderer.render(doc);
    }

    private static ApiError cannot(String path) {
        return ApiError.invalid(null, "expand", "This property cannot be expanded (" + path + ").");
    }
}
