package dev.billhook.simulator.event.version;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step back in time sees beside its own object. */
record Scope(VersionShape shape, Related related) {
    /** Another object in the shape of the version aimed at, or JSON's null. */
    JsonNode shown(String type, @Nullable String id) {
        ObjectNode found = id == null ? null : related.find(type, id);
        return found == null ? NullNode.getInstance() : shape.render(found, related);
    }

    /** Other objects in the shape of the version aimed at. */
    List<ObjectNode> shown(String type, String field, String value) {
        return related.list(type, field, value).stream()
                .map(found -> shape.render(found, related))
                .toList();
    }
}
