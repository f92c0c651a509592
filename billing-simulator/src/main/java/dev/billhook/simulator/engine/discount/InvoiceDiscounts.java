package dev.billhook.simulator.engine.discount;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.Docs;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What discounts do to invoices: each in its order reduces what the ones before it left. How much of a subscription item's period
 * was taken off is remembered at the item, so that a later proration credits only what was paid.
 */
public final class InvoiceDiscounts {
    private static final String OFF = "_off";
    private static final String USED_BY = "_used_by";

    private final World world;
    private final Discounts discounts;

    InvoiceDiscounts(World world, Discounts discounts) {
        this.world = world;
        this.discounts = discounts;
    }

    /**
     * Works out what discounts take off a draft: those of its lines first, then its own, each in its order.
     *
     * @param keeps whether the invoice will exist, so that a discount for one invoice is used up by it
     */
    public void apply(ObjectNode invoice, boolean keeps) {
        List<ObjectNode> lines = Docs.objects(invoice, "lines");
        giveBack(invoice);
        Set<String> ofLines = new LinkedHashSet<>();
        for (ObjectNode line : lines) {
            line.putArray("discount_amounts");
            line.putArray("pretax_credit_amounts");
            ofLines.addAll(Docs.texts(line, "discounts"));
        }
        Map<String, Long> totals = new LinkedHashMap<>();
        for (String id : ofLines) {
            List<ObjectNode> own = lines.stream()
                    .filter(line -> Docs.texts(line, "discounts").contains(id))
                    .toList();
            totals.merge(id, reduce(own, id, invoice), Long::sum);
        }
        for (String id : Docs.texts(invoice, "discounts")) {
            totals.merge(id, reduce(lines, id, invoice), Long::sum);
        }
        invoice.putArray("total_discount_amounts");
        invoice.putArray("total_pretax_credit_amounts");
        totals.forEach((id, sum) -> {
            add(invoice, "total_discount_amounts", "total_pretax_credit_amounts", id, sum);
            if (keeps && sum > 0 && Discounts.isOnce(discounts.get(id))) {
                world.store().edit(Discounts.TYPE, id).put(USED_BY, Docs.textOf(invoice, "id"));
            }
        });
    }

    private long reduce(List<ObjectNode> lines, String id, ObjectNode invoice) {
        List<DiscountMath.Line> left =
                lines.stream().map(InvoiceDiscounts::left).toList();
        ObjectNode coupon = Docs.child(discounts.get(id), "_coupon");
        List<Long> off = DiscountMath.off(coupon, Docs.textOf(invoice, "currency"), left);
        for (int i = 0; i < lines.size(); i++) {
            if (Docs.flag(lines.get(i), "discountable")) {
                add(lines.get(i), "discount_amounts", "pretax_credit_amounts", id, off.get(i));
            }
        }
        return off.stream().mapToLong(Long::longValue).sum();
    }

    /** Ends the discounts that were for this invoice only, as it is final. */
    public void finish(ObjectNode invoice) {
        usedBy(invoice).forEach(discounts::end);
    }

    /** Gives back the discounts that were for this invoice only, as it is not to be, or not so. */
    public void giveBack(ObjectNode invoice) {
        usedBy(invoice).forEach(id -> world.store().edit(Discounts.TYPE, id).remove(USED_BY));
    }

    /** Settles what lasting discounts take off the present period of changed items that are charged in its middle. */
    public void estimate(ObjectNode subscription, List<ObjectNode> items, long at, ToLongFunction<ObjectNode> amount) {
        items.forEach(item -> item.remove(OFF));
        String currency = Docs.textOf(subscription, "currency");
        for (ObjectNode item : items) {
            discounts
                    .effective(Docs.texts(item, "discounts"), at)
                    .forEach(id -> takeOff(id, List.of(item), currency, amount));
        }
        discounts.effective(subscription, at).forEach(id -> takeOff(id, items, currency, amount));
    }

    private void takeOff(String id, List<ObjectNode> items, String currency, ToLongFunction<ObjectNode> amount) {
        ObjectNode discount = discounts.get(id);
        if (Discounts.isOnce(discount)) {
            return;
        }
        List<DiscountMath.Line> left = items.stream()
                .map(item -> new DiscountMath.Line(productOf(item), amount.applyAsLong(item) - off(item)))
                .toList();
        List<Long> parts = DiscountMath.off(Docs.child(discount, "_coupon"), currency, left);
        for (int i = 0; i < items.size(); i++) {
            items.get(i).put(OFF, off(items.get(i)) + parts.get(i));
        }
    }

    /** What was taken off the present period of a subscription item. */
    public static long off(ObjectNode item) {
        return Docs.numberOf(item, OFF);
    }

    private List<String> usedBy(ObjectNode invoice) {
        String id = Docs.textOf(invoice, "id");
        return Docs.objects(invoice, "total_discount_amounts").stream()
                .map(total -> Docs.textOf(total, "discount"))
                .filter(discount -> id.equals(Docs.text(discounts.get(discount), USED_BY)))
                .toList();
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
        return Docs.sum(Docs.objects(line, "discount_amounts"), "amount");
    }

    private static void add(ObjectNode doc, String field, String pretaxField, String discount, long amount) {
        doc.withArray(field).addObject().put("amount", amount).put("discount", discount);
        doc.withArray(pretaxField)
                .addObject()
                .put("amount", amount)
                .put("discount", discount)
                .put("type", "discount");
    }

    /** Remembers at the items of a subscription what its invoice took off their periods. */
    public void remember(ObjectNode subscription, ObjectNode invoice) {
        Map<String, Long> off = new HashMap<>();
        for (ObjectNode line : Docs.objects(invoice, "lines")) {
            ObjectNode details = Docs.child(Docs.child(line, "parent"), "subscription_item_details");
            String id = Docs.flag(details, "proration") ? null : Docs.text(details, "subscription_item");
            if (id != null) {
                off.merge(id, sum(line), Long::sum);
            }
        }
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            Long taken = off.get(Docs.textOf(item, "id"));
            if (taken != null) {
                item.put(OFF, taken);
            }
        }
    }
}
