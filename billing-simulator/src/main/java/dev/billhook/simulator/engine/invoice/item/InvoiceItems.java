package dev.billhook.simulator.engine.invoice.item;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Invoice items: what waits for a customer's next invoice, or stands on one. */
public final class InvoiceItems {
    /** The type of object. */
    public static final String TYPE = "invoiceitem";

    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"invoiceitem","amount":0,"currency":"","customer":"","customer_account":null,"date":0,
         "description":null,"discountable":true,"discounts":[],"invoice":null,"livemode":false,"metadata":{},
         "net_amount":0,"parent":null,"period":{"end":0,"start":0},"pricing":null,"proration":false,
         "quantity":1,"quantity_decimal":"1","tax_rates":[],"test_clock":null}\
        """);

    private final World world;
    private final InvoiceLines lines;

    public InvoiceItems(World world, InvoiceLines lines) {
        this.world = world;
        this.lines = lines;
    }

    /** A new invoice item of a customer that costs nothing yet, not yet kept. */
    public ObjectNode make(String customer, String currency) {
        String clock = world.clockOf(customer);
        ObjectNode record = SHAPE.deepCopy();
        record.put("id", world.ids().next("ii"));
        record.put("livemode", world.simulation().settings().livemode());
        record.put("currency", currency);
        record.put("customer", customer);
        record.put("date", world.now(clock));
        record.put("test_clock", clock);
        return record;
    }

    /** A new invoice item of a customer for a quantity of a price, not yet kept. */
    public ObjectNode make(String customer, String currency, ObjectNode price, long amount, long quantity) {
        ObjectNode record = make(customer, currency);
        record.put("amount", amount);
        record.put("net_amount", amount);
        record.put("quantity", quantity);
        record.put("quantity_decimal", String.valueOf(quantity));
        record.set("pricing", lines.pricing(price, currency));
        return record;
    }

    /** Makes an invoice item one of a subscription and, where it stems from one, of an item of it. */
    public static void belong(ObjectNode record, String subscription, @Nullable String item) {
        ObjectNode parent = record.putObject("parent");
        ObjectNode details = parent.putObject("subscription_details");
        details.put("subscription", subscription);
        parent.put("type", "subscription_details");
        record.put("_subscription", subscription);
        if (item != null) {
            details.put("subscription_item", item);
            record.put("_item", item);
        }
    }

    /** Sets the time an invoice item is for. */
    public static void setPeriod(ObjectNode record, long start, long end) {
        ObjectNode period = Docs.child(record, "period");
        period.put("start", start);
        period.put("end", end);
    }

    /** Keeps a new invoice item and records its creation. */
    public void keep(ObjectNode record) {
        world.store().insert(record);
        world.events().emit("invoiceitem.created", record);
    }

    /** Deletes an invoice item and records that. */
    public ObjectNode delete(ObjectNode record) {
        world.events().emit("invoiceitem.deleted", record);
        return world.store().delete(TYPE, Docs.textOf(record, "id"));
    }

    /** The pending invoice items of a customer's subscription, oldest first. */
    public List<ObjectNode> pending(String customer, String subscription) {
        return pending(customer, item -> subscription.equals(Docs.text(item, "_subscription")));
    }

    /** What waits for the next invoice of a subscription: its own items, and those the customer has for whichever is next. */
    public List<ObjectNode> due(String customer, String subscription, String currency) {
        return pending(customer, item -> {
            String own = Docs.text(item, "_subscription");
            return currency.equals(Docs.text(item, "currency")) && (own == null || own.equals(subscription));
        });
    }

    /** All pending invoice items of a customer in a currency, oldest first. */
    public List<ObjectNode> allPending(String customer, String currency) {
        return pending(customer, item -> currency.equals(Docs.text(item, "currency")));
    }

    private List<ObjectNode> pending(String customer, Predicate<ObjectNode> filter) {
        List<ObjectNode> found = world.store()
                .newestFirst(TYPE, "customer", customer)
                .filter(item -> item.path("invoice").isNull())
                .filter(filter)
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(found);
        return found;
    }

    /** Forgets what is pending of a customer; for previews, whose unit of work is undone. */
    public void forgetPending(String customer) {
        pending(customer, item -> true).forEach(item -> world.store().delete(TYPE, Docs.textOf(item, "id")));
    }

    /** Lets the items on an invoice that is no more be pending again. */
    public void release(String invoiceId) {
        world.store()
                .newestFirst(TYPE, "invoice", invoiceId)
                .map(item -> Docs.textOf(item, "id"))
                .toList()
                .forEach(item -> world.store().edit(TYPE, item).putNull("invoice"));
    }
}
