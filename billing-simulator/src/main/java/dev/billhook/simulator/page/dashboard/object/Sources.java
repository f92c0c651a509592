package dev.billhook.simulator.page.dashboard.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.event.WebhookDelivery;
import dev.billhook.simulator.kernel.Store;
import dev.billhook.simulator.page.dashboard.view.EventRows;
import dev.billhook.simulator.page.dashboard.view.MoneyRows;
import dev.billhook.simulator.page.dashboard.view.Rows;
import java.util.stream.Stream;

/** Where pages of objects take what they show from. */
record Sources(World world, WebhookDelivery delivery, Rows rows, MoneyRows money, EventRows events) {
    private static final int RELATED = 25;

    Store store() {
        return world.store();
    }

    /** The newest objects of a type that belong to another. */
    Stream<ObjectNode> related(String type, String index, String id) {
        return store().newestFirst(type, index, id).limit(RELATED);
    }
}
