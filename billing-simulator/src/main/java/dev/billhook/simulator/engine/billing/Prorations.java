package dev.billhook.simulator.engine.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.billing.SubscriptionItems.Span;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.discount.InvoiceDiscounts;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a change in the middle of a period costs: the unused time of what was billed is credited, the remaining time of what is
 * new is charged, each to the second and rounded half up to minor units. Source: Stripe documentation, "Prorations".
 */
final class Prorations {
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"invoiceitem","amount":0,"currency":"","customer":"","customer_account":null,"date":0,
         "description":null,"discountable":false,"discounts":[],"invoice":null,"livemode":false,"metadata":{},
         "net_amount":0,"parent":null,"period":{"end":0,"start":0},"pricing":null,"proration":true,
         "proration_details":{"credited_items":null,"discount_amounts":[]},"quantity":1,"quantity_decimal":"1","tax_rates":[],
         "test_clock":null}\
        """);

    private final World world;
    private final SubscriptionItems items;
    private final InvoiceLines lines;
    private final InvoiceDiscounts discounts;

    Prorations(World world, SubscriptionItems items, InvoiceLines lines, InvoiceDiscounts discounts) {
        this.world = world;
        this.items = items;
        this.lines = lines;
        this.discounts = discounts;
    }

    /** The part of an amount that falls on the remaining seconds of a period. */
    static long share(long amount, long remaining, long whole) {
        if (whole <= 0 || remaining <= 0) {
            return 0;
        }
        return BigDecimal.valueOf(amount)
                .multiply(BigDecimal.valueOf(Math.min(remaining, whole)))
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    /** Credits and charges, as pending invoice items, what changed between two states of a subscription. */
    void recordChange(ObjectNode before, ObjectNode after, long at) {
        Map<String, ObjectNode> then = byId(before);
        Map<String, ObjectNode> now = byId(after);
        then.forEach((id, item) -> {
            ObjectNode successor = now.get(id);
            if (successor == null || !isSame(item, successor)) {
                credit(before, item, at);
                if (successor != null) {
                    charge(after, successor, at);
                }
            }
        });
        now.forEach((id, item) -> {
            if (!then.containsKey(id)) {
                charge(after, item, at);
            }
        });
    }

    /** Charges, as pending invoice items, what was used of metered items that are gone or have another price now. */
    void recordUsage(ObjectNode before, ObjectNode after, long now) {
        Map<String, ObjectNode> successors = byId(after);
        byId(before).forEach((id, item) -> {
            ObjectNode successor = successors.get(id);
            if (items.isMetered(item) && (successor == null || !price(item).equals(price(successor)))) {
                recordUsage(before, item, SubscriptionItems.usedUntil(before, item, now));
            }
        });
    }

    private void recordUsage(ObjectNode subscription, ObjectNode item, Span span) {
        ObjectNode price = items.priceOf(item);
        BigDecimal used = lines.used(price, Docs.textOf(subscription, "customer"), span.from(), span.to());
        if (used.signum() == 0) {
            return;
        }
        long amount = PriceAmounts.of(price, Docs.textOf(subscription, "currency"), used);
        ObjectNode record = make(subscription, price, amount, 0);
        InvoiceLines.quantity(record, used);
        record.put("description", "Usage of " + lines.productName(price));
        record.put("proration", false);
        record.remove("proration_details");
        setPeriod(record, span.from(), span.to());
        keep(record, item);
    }

    /** Works out anew what discounts take off the present period of every item that changed. */
    void settleDiscounts(ObjectNode before, ObjectNode after, long at) {
        Map<String, ObjectNode> then = byId(before);
        List<ObjectNode> changed = Docs.objects(after, "items").stream()
                .filter(item -> isChanged(then.get(Docs.textOf(item, "id")), item))
                .toList();
        discounts.estimate(after, changed, at, item -> items.amount(after, item));
    }

    /** Credits the unused time of every item. */
    void recordCredits(ObjectNode subscription, long at) {
        Docs.objects(subscription, "items").forEach(item -> credit(subscription, item, at));
    }

    /** Charges a one-time price, as a pending invoice item, with the next invoice of the subscription. */
    void recordOneTime(ObjectNode subscription, ObjectNode price, long quantity) {
        String currency = Docs.textOf(subscription, "currency");
        long now = world.now(SubscriptionDocs.clock(subscription));
        ObjectNode record = make(subscription, price, PriceAmounts.of(price, currency, quantity), quantity);
        record.put("description", lines.productName(price));
        record.put("discountable", true);
        record.put("proration", false);
        record.remove("proration_details");
        setPeriod(record, now, now);
        world.store().insert(record);
        world.events().emit("invoiceitem.created", record);
    }

    /** The pending invoice items of a subscription, oldest first. */
    List<ObjectNode> pending(ObjectNode subscription) {
        List<ObjectNode> found = world.store()
                .newestFirst("invoiceitem", "customer", Docs.textOf(subscription, "customer"))
                .filter(item -> item.path("invoice").isNull())
                .filter(item -> SubscriptionDocs.id(subscription).equals(Docs.text(item, "_subscription")))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(found);
        return found;
    }

    /** The ids of the invoice items that stand on an invoice. */
    List<String> billedOn(String invoiceId) {
        return world.store()
                .newestFirst("invoiceitem", "invoice", invoiceId)
                .map(item -> Docs.textOf(item, "id"))
                .toList();
    }

    private void credit(ObjectNode subscription, ObjectNode item, long at) {
        long share = share(paid(subscription, item), remaining(item, at), whole(item));
        record(subscription, item, -share, at, "Unused time on ");
    }

    private void charge(ObjectNode subscription, ObjectNode item, long at) {
        long share = share(paid(subscription, item), remaining(item, at), whole(item));
        record(subscription, item, share, at, "Remaining time on ");
    }

    /** What a whole period costs after discounts: Stripe credits and charges no more than that. */
    private long paid(ObjectNode subscription, ObjectNode item) {
        return Math.max(0, items.amount(subscription, item) - InvoiceDiscounts.off(item));
    }

    private void record(ObjectNode subscription, ObjectNode item, long amount, long at, String what) {
        ObjectNode price = items.priceOf(item);
        if (SubscriptionItems.isMeteredPrice(price)) {
            return;
        }
        long quantity = SubscriptionItems.quantity(item);
        ObjectNode record = make(subscription, price, amount, quantity);
        record.put("description", what + quantity + " × " + lines.productName(price));
        setPeriod(record, at, Docs.numberOf(item, "current_period_end"));
        keep(record, item);
    }

    private void keep(ObjectNode record, ObjectNode item) {
        Docs.child(Docs.child(record, "parent"), "subscription_details")
                .put("subscription_item", Docs.textOf(item, "id"));
        record.put("_item", Docs.textOf(item, "id"));
        world.store().insert(record);
        world.events().emit("invoiceitem.created", record);
    }

    private ObjectNode make(ObjectNode subscription, ObjectNode price, long amount, long quantity) {
        String clock = SubscriptionDocs.clock(subscription);
        ObjectNode record = SHAPE.deepCopy();
        record.put("id", world.ids().next("ii"));
        record.put("livemode", Docs.flag(subscription, "livemode"));
        record.put("amount", amount);
        record.put("net_amount", amount);
        record.put("currency", Docs.textOf(subscription, "currency"));
        record.put("customer", Docs.textOf(subscription, "customer"));
        record.put("date", world.now(clock));
        record.put("test_clock", clock);
        record.put("quantity", quantity);
        record.put("quantity_decimal", String.valueOf(quantity));
        record.set("pricing", lines.pricing(price, Docs.textOf(subscription, "currency")));
        ObjectNode parent = record.putObject("parent");
        parent.putObject("subscription_details").put("subscription", SubscriptionDocs.id(subscription));
        parent.put("type", "subscription_details");
        record.put("_subscription", SubscriptionDocs.id(subscription));
        return record;
    }

    private static void setPeriod(ObjectNode record, long start, long end) {
        ObjectNode period = Docs.child(record, "period");
        period.put("start", start);
        period.put("end", end);
    }

    private static long remaining(ObjectNode item, long at) {
        return Docs.numberOf(item, "current_period_end") - at;
    }

    private static long whole(ObjectNode item) {
        return Docs.numberOf(item, "current_period_end") - Docs.numberOf(item, "current_period_start");
    }

    private static boolean isChanged(@Nullable ObjectNode before, ObjectNode after) {
        return before == null || !isSame(before, after);
    }

    private static boolean isSame(ObjectNode one, ObjectNode other) {
        return price(one).equals(price(other)) && SubscriptionItems.quantity(one) == SubscriptionItems.quantity(other);
    }

    private static String price(ObjectNode item) {
        return Docs.textOf(item, "price");
    }

    private static Map<String, ObjectNode> byId(ObjectNode subscription) {
        Map<String, ObjectNode> result = new LinkedHashMap<>();
        Docs.objects(subscription, "items").forEach(item -> result.put(Docs.textOf(item, "id"), item));
        return result;
    }
}
