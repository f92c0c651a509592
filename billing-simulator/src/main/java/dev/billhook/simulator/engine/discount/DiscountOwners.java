package dev.billhook.simulator.engine.discount;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose a discount is: a customer's, a subscription's, or an item's of one. */
final class DiscountOwners {
    private static final String SUBSCRIPTION = "subscription";
    private static final String CUSTOMER = "customer";

    private final World world;

    DiscountOwners(World world) {
        this.world = world;
    }

    /** Takes a discount from whoever has it; answers the customer or subscription that had it, null when none has. */
    @Nullable ObjectNode take(ObjectNode discount) {
        ObjectNode owner = ownerOf(discount);
        return owner != null && takeFrom(part(owner, discount), Docs.textOf(discount, "id")) ? owner : null;
    }

    private @Nullable ObjectNode ownerOf(ObjectNode discount) {
        String item = Docs.text(discount, "subscription_item");
        String subscription = item == null
                ? Docs.text(discount, SUBSCRIPTION)
                : world.store()
                        .newestFirst(SUBSCRIPTION, "item", item)
                        .findFirst()
                        .map(found -> Docs.textOf(found, "id"))
                        .orElse(null);
        if (item != null && subscription == null) {
            return null;
        }
        String type = subscription == null ? CUSTOMER : SUBSCRIPTION;
        String id = subscription == null ? Docs.textOf(discount, CUSTOMER) : subscription;
        return world.store().find(type, id) == null ? null : world.store().edit(type, id);
    }

    /** The item of a subscription that has a discount, or the owner itself. */
    private static ObjectNode part(ObjectNode owner, ObjectNode discount) {
        String item = Docs.text(discount, "subscription_item");
        return Docs.objects(owner, "items").stream()
                .filter(found -> Docs.textOf(found, "id").equals(item))
                .findFirst()
                .orElse(owner);
    }

    private static boolean takeFrom(ObjectNode owner, String id) {
        if (id.equals(Docs.text(owner, Discounts.TYPE))) {
            owner.putNull(Discounts.TYPE);
            return true;
        }
        List<String> ids = new ArrayList<>(Docs.texts(owner, "discounts"));
        boolean had = ids.remove(id);
        if (had) {
            ArrayNode left = owner.putArray("discounts");
            ids.forEach(left::add);
        }
        return had;
    }
}
