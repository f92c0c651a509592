package dev.billhook.simulator.event.version;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the objects that earlier versions show within others, in their present shape. */
public interface Related {
    /** The object, or null. */
    @Nullable ObjectNode find(String type, String id);

    /** The objects of a type whose field, one that is indexed, has a value; newest first. */
    List<ObjectNode> list(String type, String field, String value);
}
