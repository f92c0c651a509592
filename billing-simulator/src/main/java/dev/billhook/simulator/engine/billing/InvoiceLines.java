package dev.billhook.simulator.engine.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.billing.SubscriptionItems.Span;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.meter.MeterUsage;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
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
    private final MeterUsage usage;

    InvoiceLines(World world, SubscriptionItems items, MeterUsage usage) {
        this.world = world;
        this.items = items;
        this.usage = usage;
    }

    /** The line of an item for a period. */
    ObjectNode ofItem(ObjectNode subscription, ObjectNode item, long amount, long start, long end) {
        ObjectNode price = items.priceOf(item);
        boolean metered = SubscriptionItems.isMeteredPrice(price);
        long quantity = SubscriptionItems.quantity(item);
        ObjectNode line = make(subscription, amount, start, end);
        line.put(
                "description",
                SubscriptionDocs.isTrialing(subscription)
                        ? "Trial period for " + productName(price)
                        : describe(price, quantity, Docs.textOf(subscription, "currency"), metered));
        line.set("metadata", subscription.path("metadata").deepCopy());
        quantity(line, BigDecimal.valueOf(metered ? 0 : quantity));
        line.set("pricing", pricing(price, Docs.textOf(subscription, "currency")));
        line.set("parent", parent(subscription, Docs.textOf(item, "id"), false, null));
        return line;
    }

    /** The line of what was used of a metered item in a time. */
    ObjectNode ofUsage(ObjectNode subscription, ObjectNode item, Span span) {
        ObjectNode line = ofItem(subscription, item, 0, span.from(), span.to());
        count(line, items.priceOf(item), Docs.textOf(subscription, "customer"));
        return line;
    }

    /** What was used at a metered price in a time; less than nothing counts as nothing. */
    BigDecimal used(ObjectNode price, String customer, long from, long to) {
        String meter = Docs.textOf(Docs.child(price, "recurring"), "meter");
        return usage.of(meter, customer, from, to).max(BigDecimal.ZERO);
    }

    /** Counts again what a draft bills for use, since reports may have come in after it was made. */
    void recount(ObjectNode invoice) {
        for (ObjectNode line : Docs.objects(invoice, "lines")) {
            ObjectNode details = Docs.child(Docs.child(line, "parent"), "subscription_item_details");
            String id = Docs.text(Docs.child(Docs.child(line, "pricing"), "price_details"), "price");
            ObjectNode price = id == null ? null : world.store().find("price", id);
            boolean ofItem = details.has("subscription_item")
                    && details.path("invoice_item").isNull();
            if (ofItem && price != null && SubscriptionItems.isMeteredPrice(price)) {
                count(line, price, Docs.textOf(invoice, "customer"));
            }
        }
    }

    private void count(ObjectNode line, ObjectNode price, String customer) {
        ObjectNode period = Docs.child(line, "period");
        BigDecimal used = used(price, customer, Docs.numberOf(period, "start"), Docs.numberOf(period, "end"));
        long amount = PriceAmounts.of(price, Docs.textOf(line, "currency"), used);
        line.put("amount", amount);
        line.put("subtotal", amount);
        quantity(line, used);
    }

    /** Sets a quantity exactly and, truncated, as a whole number. */
    static void quantity(ObjectNode doc, BigDecimal quantity) {
        BigDecimal exact = quantity.stripTrailingZeros();
        doc.put("quantity", exact.longValue());
        doc.put("quantity_decimal", exact.toPlainString());
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
        quantity(line, new BigDecimal(Docs.textOf(invoiceItem, "quantity_decimal")));
        line.set("pricing", invoiceItem.path("pricing").deepCopy());
        String item = Docs.text(invoiceItem, "_item");
        String id = Docs.textOf(invoiceItem, "id");
        line.set(
                "parent",
                item == null
                        ? ofItsOwn(subscription, id)
                        : parent(subscription, item, Docs.flag(invoiceItem, "proration"), id));
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
