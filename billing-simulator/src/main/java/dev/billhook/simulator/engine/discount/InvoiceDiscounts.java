package dev.billhook.simulator.engine.discount;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What discounts do to invoices: each in its order reduces what the ones before it left. How much of a subscription item's period
 * was taken off is remembered at the item, so that a later proration credits only what was paid.
 */
public final class InvoiceDiscounts {
    private static final String OFF = "_off";

    private final World world;
    private final Discounts discounts;

    InvoiceDiscounts(World world, Discounts discounts) {
        this.world = world;
        this.discounts = discounts;
    }

    /**
     * Reduces the lines of a new draft.
     *
     * @param ids the discounts, in their order
     * @param keeps whether the invoice will exist, so that a discount for one invoice is used up by it
     */
    public void apply(ObjectNode invoice, List<String> ids, boolean keeps) {
        List<ObjectNode> lines = Docs.objects(invoice, "lines");
        String currency = Docs.textOf(invoice, "currency");
        ArrayNode totals = invoice.putArray("total_discount_amounts");
        ArrayNode named = invoice.putArray("discounts");
        for (String id : ids) {
            ObjectNode discount = discounts.get(id);
            List<DiscountMath.Line> left =
                    lines.stream().map(InvoiceDiscounts::left).toList();
            List<Long> off = DiscountMath.off(Docs.child(discount, "_coupon"), currency, left);
            long sum = 0;
            for (int i = 0; i < lines.size(); i++) {
                if (Docs.flag(lines.get(i), "discountable")) {
                    add(lines.get(i).withArray("discount_amounts"), id, off.get(i));
                    sum += off.get(i);
                }
            }
            named.add(id);
            add(totals, id, sum);
            if (keeps && sum > 0 && Discounts.isOnce(discount)) {
                world.store().edit(Discounts.TYPE, id).put("_used_by", Docs.textOf(invoice, "id"));
            }
        }
    }

    /** Ends the discounts that were for this invoice only, as it is final. */
    public void finish(ObjectNode invoice) {
        usedBy(invoice).forEach(discounts::end);
    }

    /** Gives back the discounts that were for this invoice only, as it will not be. */
    public void giveBack(ObjectNode invoice) {
        usedBy(invoice).forEach(id -> world.store().edit(Discounts.TYPE, id).remove("_used_by"));
    }

    /** Settles what lasting discounts take off the present period of changed items that are charged in its middle. */
    public void estimate(ObjectNode subscription, List<ObjectNode> items, long at, ToLongFunction<ObjectNode> amount) {
        items.forEach(item -> item.remove(OFF));
        for (String id : discounts.effective(subscription, at)) {
            ObjectNode discount = discounts.get(id);
            if (Discounts.isOnce(discount)) {
                continue;
            }
            List<DiscountMath.Line> left = items.stream()
                    .map(item -> new DiscountMath.Line(productOf(item), amount.applyAsLong(item) - off(item)))
                    .toList();
            List<Long> parts =
                    DiscountMath.off(Docs.child(discount, "_coupon"), Docs.textOf(subscription, "currency"), left);
            for (int i = 0; i < items.size(); i++) {
                items.get(i).put(OFF, off(items.get(i)) + parts.get(i));
            }
        }
    }

    /** What was taken off the present period of a subscription item. */
    public static long off(ObjectNode item) {
        return Docs.numberOf(item, OFF);
    }

    private List<String> usedBy(ObjectNode invoice) {
        String id = Docs.textOf(invoice, "id");
        List<String> used = new ArrayList<>();
        for (String discount : Docs.texts(invoice, "discounts")) {
            if (id.equals(Docs.text(world.store().get(Discounts.TYPE, discount), "_used_by"))) {
                used.add(discount);
            }
        }
        return used;
    }

    private String productOf(ObjectNode item) {
        return Docs.textOf(world.store().get("price", Docs.textOf(item, "price")), "product");
    }

    private static DiscountMath.Line left(ObjectNode line) {
        String product = Docs.text(Docs.child(Docs.child(line, "pricing"), "price_details"), "product");
        long left = Docs.flag(line, "discountable") ? Docs.numberOf(line, "amount") - sum(line) : 0;
        return new DiscountMath.Line(product, left);
    }

    private static long sum(ObjectNode line) {
        return Docs.objects(line, "discount_amounts").stream()
                .mapToLong(part -> Docs.numberOf(part, "amount"))
                .sum();
    }

    private static void add(ArrayNode amounts, String discount, long amount) {
        amounts.addObject().put("amount", amount).put("discount", discount);
    }

    /** Remembers at the items of a subscription what its invoice took off their periods. */
    public void remember(ObjectNode subscription, ObjectNode invoice) {
        for (ObjectNode line : Docs.objects(invoice, "lines")) {
            ObjectNode details = Docs.child(Docs.child(line, "parent"), "subscription_item_details");
            String id = Docs.flag(details, "proration") ? null : Docs.text(details, "subscription_item");
            Docs.objects(subscription, "items").stream()
                    .filter(item -> Docs.textOf(item, "id").equals(id))
                    .forEach(item -> item.put(OFF, sum(line)));
        }
    }
}
