package dev.billhook.simulator.engine.schedule;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.discount.Redemptions;
import dev.billhook.simulator.engine.discount.Redemptions.Purchase;
import dev.billhook.simulator.engine.subscription.item.SubscriptionItems;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/**
 * Which of the discounts a phase foresees are given once it is entered: what its holder has already is kept, so that it is not
 * redeemed again, and what can no longer be redeemed discounts nothing.
 */
final class PhaseDiscounts {
    private final World world;
    private final SubscriptionItems items;
    private final Redemptions redemptions;

    PhaseDiscounts(World world, SubscriptionItems items, Redemptions redemptions) {
        this.world = world;
        this.items = items;
        this.redemptions = redemptions;
    }

    /** Those of a phase for its subscription, when there is one yet. */
    ArrayNode ofPhase(ObjectNode phase, String customer, @Nullable ObjectNode subscription) {
        long amount = Docs.objects(phase, "items").stream()
                .mapToLong(item -> items.amount(phase, item))
                .sum();
        return given(phase, subscription, purchase(phase, customer, amount));
    }

    /** Those of an item or an extra line of a phase, for the present item of the subscription, when there is one. */
    ArrayNode ofPart(ObjectNode phase, ObjectNode part, String customer, @Nullable ObjectNode present) {
        return given(part, present, purchase(phase, customer, items.amount(phase, part)));
    }

    private Purchase purchase(ObjectNode phase, String customer, long amount) {
        return new Purchase(
                world.finder().inParam("customer", customer, "customer"), Docs.textOf(phase, "currency"), amount);
    }

    private ArrayNode given(ObjectNode foreseen, @Nullable ObjectNode holder, Purchase purchase) {
        ArrayNode request = Docs.array();
        for (ObjectNode wanted : Docs.objects(foreseen, "discounts")) {
            String kept = holder == null ? null : kept(holder, wanted);
            if (kept != null) {
                request.addObject().put("discount", kept);
            } else if (redemptions.allow(Params.of(wanted), purchase)) {
                request.add(wanted.deepCopy());
            }
        }
        return request;
    }

    private @Nullable String kept(ObjectNode holder, ObjectNode wanted) {
        return Docs.texts(holder, "discounts").stream()
                .filter(id -> isOf(world.store().get("discount", id), wanted))
                .findFirst()
                .orElse(null);
    }

    private static boolean isOf(ObjectNode discount, ObjectNode wanted) {
        String code = Docs.text(wanted, "promotion_code");
        String coupon = Docs.text(wanted, "coupon");
        return Docs.textOf(discount, "id").equals(Docs.text(wanted, "discount"))
                || (code != null && code.equals(Docs.text(discount, "promotion_code")))
                || (coupon != null && coupon.equals(Docs.text(Docs.child(discount, "source"), "coupon")));
    }
}
