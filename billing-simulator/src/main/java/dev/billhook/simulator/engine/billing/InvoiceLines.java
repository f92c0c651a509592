package dev.billhook.simulator.engine.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.kernel.Docs;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines of invoices: of a subscription item for a period, or of an invoice item. */
final class InvoiceLines {
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"line_item","amount":0,"currency":"","description":null,"discount_amounts":[],
         "discountable":true,"discounts":[],"invoice":null,"livemode":false,"metadata":{},"parent":null,
         "period":{"end":0,"start":0},"pretax_credit_amounts":[],"pricing":null,"quantity":null,
         "quantity_decimal":null,"subscription":null,"subtotal":0,"taxes":[]}\
        """);

    private final World world;
    private final SubscriptionItems items;

    InvoiceLines(World world, SubscriptionItems items) {
        this.world = world;
        this.items = items;
    }

    /** The line of an item for a period. */
    ObjectNode ofItem(ObjectNode subscription, ObjectNode item, long amount, long start, long end) {
        ObjectNode price = items.priceOf(item);
        boolean metered = SubscriptionItems.isMetered(price);
        long quantity = SubscriptionItems.quantity(item);
        ObjectNode line = make(subscription, amount, start, end);
        line.put(
                "description",
                SubscriptionDocs.isTrialing(subscription)
                        ? "Trial period for " + productName(price)
                        : describe(price, quantity, Docs.textOf(subscription, "currency"), metered));
        line.set("metadata", subscription.path("metadata").deepCopy());
        quantity(line, metered ? 0 : quantity);
        line.set("pricing", pricing(price, Docs.textOf(subscription, "currency")));
        line.set("parent", parent(subscription, Docs.textOf(item, "id"), false, null));
        return line;
    }

    /** The line a pending invoice item becomes. */
    ObjectNode ofInvoiceItem(ObjectNode subscription, ObjectNode invoiceItem) {
        ObjectNode period = Docs.child(invoiceItem, "period");
        ObjectNode line = make(
                subscription,
                Docs.numberOf(invoiceItem, "amount"),
                Docs.numberOf(period, "start"),
                Docs.numberOf(period, "end"));
        line.put("description", Docs.text(invoiceItem, "description"));
        line.put("discountable", Docs.flag(invoiceItem, "discountable"));
        quantity(line, Docs.numberOf(invoiceItem, "quantity"));
        line.set("pricing", invoiceItem.path("pricing").deepCopy());
        String item = Docs.text(invoiceItem, "_item");
        String id = Docs.textOf(invoiceItem, "id");
        line.set("parent", item == null ? ofItsOwn(subscription, id) : parent(subscription, item, true, id));
        return line;
    }

    ObjectNode pricing(ObjectNode price, String currency) {
        ObjectNode pricing = Docs.object();
        ObjectNode details = pricing.putObject("price_details");
        details.put("price", Docs.textOf(price, "id"));
        details.put("product", Docs.textOf(price, "product"));
        pricing.put("type", "price_details");
        pricing.put("unit_amount_decimal", PriceAmounts.unitDecimal(price, currency));
        return pricing;
    }

    String productName(ObjectNode price) {
        ObjectNode product = world.store().find("product", Docs.textOf(price, "product"));
        String name = product == null ? null : Docs.text(product, "name");
        return name == null ? "product" : name;
    }

    private ObjectNode make(ObjectNode subscription, long amount, long start, long end) {
        ObjectNode line = SHAPE.deepCopy();
        line.put("id", world.ids().next("il"));
        line.put("amount", amount);
        line.put("subtotal", amount);
        line.put("currency", Docs.textOf(subscription, "currency"));
        line.put("livemode", Docs.flag(subscription, "livemode"));
        line.put("subscription", SubscriptionDocs.id(subscription));
        ObjectNode period = Docs.child(line, "period");
        period.put("start", start);
        period.put("end", end);
        return line;
    }

    private static void quantity(ObjectNode line, long quantity) {
        line.put("quantity", quantity);
        line.put("quantity_decimal", String.valueOf(quantity));
    }

    private static ObjectNode parent(
            ObjectNode subscription, String itemId, boolean proration, @Nullable String invoiceItem) {
        ObjectNode parent = Docs.object();
        parent.putNull("invoice_item_details");
        ObjectNode details = parent.putObject("subscription_item_details");
        details.put("invoice_item", invoiceItem);
        details.put("proration", proration);
        details.putObject("proration_details").putNull("credited_items");
        details.put("subscription", SubscriptionDocs.id(subscription));
        details.put("subscription_item", itemId);
        parent.put("type", "subscription_item_details");
        return parent;
    }

    private static ObjectNode ofItsOwn(ObjectNode subscription, String invoiceItem) {
        ObjectNode parent = Docs.object();
        ObjectNode details = parent.putObject("invoice_item_details");
        details.put("invoice_item", invoiceItem);
        details.put("proration", false);
        details.putObject("proration_details").putNull("credited_items");
        details.put("subscription", SubscriptionDocs.id(subscription));
        parent.putNull("subscription_item_details");
        parent.put("type", "invoice_item_details");
        return parent;
    }

    private String describe(ObjectNode price, long quantity, String currency, boolean metered) {
        ObjectNode recurring = Docs.child(price, "recurring");
        long count = Docs.numberOf(recurring, "interval_count");
        String interval = Docs.textOf(recurring, "interval");
        String every = count == 1 ? interval : count + " " + interval + "s";
        String unit = PriceAmounts.unitDecimal(price, currency);
        String amount = unit == null ? "tiered" : unit + " " + currency.toUpperCase(Locale.ROOT) + " minor units";
        return (metered ? "" : quantity + " × ") + productName(price) + " (at " + amount + " / " + every + ")";
    }
}
