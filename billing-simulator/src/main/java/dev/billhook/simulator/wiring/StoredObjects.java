package dev.billhook.simulator.wiring;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.catalog.Plans;
import dev.billhook.simulator.event.version.Related;
import dev.billhook.simulator.kernel.Renderer;
import dev.billhook.simulator.kernel.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored objects as the API shows them; a plan is the older view of a price. */
record StoredObjects(Store store, Renderer renderer) implements Related {
    @Override
    public @Nullable ObjectNode find(String type, String id) {
        boolean plan = "plan".equals(type);
        ObjectNode found = store.find(plan ? "price" : type, id);
        if (found == null) {
            return null;
        }
        return plan ? Plans.of(found) : renderer.render(found);
    }

    @Override
    public List<ObjectNode> list(String type, String field, String value) {
        return store.newestFirst(type, field, value).map(renderer::render).toList();
    }
}
