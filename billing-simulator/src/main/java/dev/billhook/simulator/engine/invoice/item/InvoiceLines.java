package dev.billhook.simulator.engine.invoice.item;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.catalog.PriceAmounts.Part;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.meter.MeterUsage;
import dev.billhook.simulator.kernel.AmountText;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of invoices: what they have in common, and those of invoice items. */
public final class InvoiceLines {
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"line_item","amount":0,"currency":"","description":null,"discount_amounts":[],
         "discountable":true,"discounts":[],"invoice":null,"livemode":false,"metadata":{},"parent":null,
         "period":{"end":0,"start":0},"pretax_credit_amounts":[],"pricing":null,"quantity":null,
         "quantity_decimal":null,"subscription":null,"subtotal":0,"taxes":[]}\
        """);

    private final World world;
    private final MeterUsage usage;

    public InvoiceLines(World world, MeterUsage usage) {
        this.world = world;
        this.usage = usage;
    }

    /** A new line of an amount for a time. */
    public ObjectNode make(String currency, long amount, long start, long end) {
        ObjectNode line = SHAPE.deepCopy();
        line.put("id", world.ids().next("il"));
        line.put("amount", amount);
        line.put("subtotal", amount);
        line.put("currency", currency);
        line.put("livemode", world.simulation().settings().livemode());
        InvoiceItems.setPeriod(line, start, end);
        return line;
    }

    /** What was used at a metered price in a time; less than nothing counts as nothing. */
    public BigDecimal used(ObjectNode price, String customer, long from, long to) {
        String meter = Docs.textOf(Docs.child(price, "recurring"), "meter");
        return usage.of(meter, customer, from, to).max(BigDecimal.ZERO);
    }

    /**
     * The lines of a quantity of a price, all like this one: one, or with tiers one for each part of the price. Stripe's documents
     * show tiers so: "31 × Name (Tier 2 at $0.04 / month)" and, for a flat amount, "Name (Tier 2 at $9.00 / month)".
     */
    public List<ObjectNode> spread(ObjectNode like, ObjectNode price, BigDecimal quantity) {
        String currency = Docs.textOf(like, "currency");
        List<ObjectNode> made = new ArrayList<>();
        for (Part part : PriceAmounts.parts(price, currency, quantity)) {
            ObjectNode line = made.isEmpty()
                    ? like
                    : like.deepCopy().put("id", world.ids().next("il"));
            line.put("amount", part.amount());
            line.put("subtotal", part.amount());
            line.put("description", describe(price, currency, part));
            quantity(line, part.quantity());
            line.set("pricing", pricing(price, currency));
            if (part.tier() > 0 && !part.flat()) {
                Docs.child(line, "pricing").put("unit_amount_decimal", plain(part.each()));
            }
            made.add(line);
        }
        return made;
    }

    /** The lines of what was used at a metered price in the period of a line like them. */
    public List<ObjectNode> ofUsage(ObjectNode like, ObjectNode price, String customer) {
        ObjectNode period = Docs.child(like, "period");
        return spread(like, price, used(price, customer, Docs.numberOf(period, "start"), Docs.numberOf(period, "end")));
    }

    /** Counts again what a draft bills for use; lines of use that has not changed are left as they are. */
    public void recount(ObjectNode invoice) {
        Map<String, List<ObjectNode>> groups = new LinkedHashMap<>();
        for (ObjectNode line : Docs.objects(invoice, "lines")) {
            String use = Docs.child(line, "parent").toString() + line.path("period");
            String key = meteredPrice(line) == null ? Docs.textOf(line, "id") : use;
            groups.computeIfAbsent(key, any -> new ArrayList<>()).add(line);
        }
        ArrayNode data = (ArrayNode) Docs.child(invoice, "lines").get("data");
        data.removeAll();
        groups.values().forEach(lines -> recounted(invoice, lines).forEach(data::add));
    }

    private List<ObjectNode> recounted(ObjectNode invoice, List<ObjectNode> lines) {
        ObjectNode price = meteredPrice(lines.get(0));
        if (price == null) {
            return lines;
        }
        List<ObjectNode> now = ofUsage(lines.get(0).deepCopy(), price, Docs.textOf(invoice, "customer"));
        return quantities(now).equals(quantities(lines)) ? lines : now;
    }

    private static List<String> quantities(List<ObjectNode> lines) {
        return lines.stream().map(line -> Docs.textOf(line, "quantity_decimal")).toList();
    }

    /** The price of a line that bills the use of a subscription item, or null. */
    private @Nullable ObjectNode meteredPrice(ObjectNode line) {
        ObjectNode details = Docs.child(Docs.child(line, "parent"), "subscription_item_details");
        if (!details.has("subscription_item") || !details.path("invoice_item").isNull()) {
            return null;
        }
        String id = Docs.text(Docs.child(Docs.child(line, "pricing"), "price_details"), "price");
        ObjectNode price = id == null ? null : world.store().find("price", id);
        return price != null && Prices.isMetered(price) ? price : null;
    }

    /** Sets a quantity exactly and, truncated, as a whole number. */
    public static void quantity(ObjectNode doc, BigDecimal quantity) {
        doc.put("quantity", quantity.longValue());
        doc.put("quantity_decimal", plain(quantity));
    }

    /** The line a pending invoice item becomes. */
    public ObjectNode ofInvoiceItem(ObjectNode invoiceItem) {
        ObjectNode period = Docs.child(invoiceItem, "period");
        ObjectNode line = make(
                Docs.textOf(invoiceItem, "currency"),
                Docs.numberOf(invoiceItem, "amount"),
                Docs.numberOf(period, "start"),
                Docs.numberOf(period, "end"));
        line.put("description", Docs.text(invoiceItem, "description"));
        line.put("discountable", Docs.flag(invoiceItem, "discountable"));
        line.set("discounts", invoiceItem.path("discounts").deepCopy());
        line.set("metadata", invoiceItem.path("metadata").deepCopy());
        quantity(line, new BigDecimal(Docs.textOf(invoiceItem, "quantity_decimal")));
        line.set("pricing", invoiceItem.path("pricing").deepCopy());
        line.set("_tax_rates", invoiceItem.path("tax_rates").deepCopy());
        line.put("_tax_behavior", Docs.text(invoiceItem, "_tax_behavior"));
        String subscription = Docs.text(invoiceItem, "_subscription");
        String item = Docs.text(invoiceItem, "_item");
        String id = Docs.textOf(invoiceItem, "id");
        if (subscription != null && item != null) {
            ofSubscriptionItem(line, subscription, item);
            ObjectNode details = Docs.child(Docs.child(line, "parent"), "subscription_item_details");
            details.put("invoice_item", id);
            details.put("proration", Docs.flag(invoiceItem, "proration"));
            JsonNode credited = invoiceItem.at("/proration_details/credited_items/invoice_line_item_details");
            if (credited.isObject()) {
                details.putObject("proration_details").set("credited_items", credited.deepCopy());
            }
        } else {
            ofItsOwn(line, subscription, id);
        }
        return line;
    }

    /** The subscription item a line stems from, or null. */
    public static @Nullable String subscriptionItemOf(ObjectNode line) {
        return Docs.text(Docs.child(Docs.child(line, "parent"), "subscription_item_details"), "subscription_item");
    }

    /** Makes a line one of a subscription's item. */
    public static void ofSubscriptionItem(ObjectNode line, String subscription, String item) {
        line.put("subscription", subscription);
        ObjectNode parent = line.putObject("parent");
        parent.putNull("invoice_item_details");
        details(parent, "subscription_item_details", null, subscription).put("subscription_item", item);
    }

    private static void ofItsOwn(ObjectNode line, @Nullable String subscription, String invoiceItem) {
        line.put("subscription", subscription);
        ObjectNode parent = line.putObject("parent");
        details(parent, "invoice_item_details", invoiceItem, subscription);
        parent.putNull("subscription_item_details");
    }

    private String describe(ObjectNode price, String currency, Part part) {
        ObjectNode transform = Docs.child(price, "transform_quantity");
        long by = Docs.numberOf(transform, "divide_by");
        ObjectNode recurring = Docs.child(price, "recurring");
        long count = Docs.numberOf(recurring, "interval_count");
        String interval = Docs.text(recurring, "interval");
        String every = interval == null ? "" : " / " + (count == 1 ? interval : count + " " + interval + "s");
        return (part.flat() ? "" : plain(part.quantity()) + unit(price) + " × ")
                + productName(price)
                + (part.tier() == 0 ? " (at " : " (Tier " + part.tier() + " at ")
                + AmountText.of(part.each(), currency)
                + (by > 1 ? " per " + by + " units" : "")
                + every
                + ")";
    }

    private String unit(ObjectNode price) {
        ObjectNode product = world.store().find("product", Docs.textOf(price, "product"));
        String label = product == null ? null : Docs.text(product, "unit_label");
        return label == null ? "" : " " + label;
    }

    /** A decimal number in the words of the API. */
    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static ObjectNode details(
            ObjectNode parent, String type, @Nullable String invoiceItem, @Nullable String subscription) {
        ObjectNode details = parent.putObject(type);
        details.put("invoice_item", invoiceItem);
        details.put("proration", false);
        details.putObject("proration_details").putNull("credited_items");
        details.put("subscription", subscription);
        parent.put("type", type);
        return details;
    }

    /** What a line or an invoice item shows of its price. */
    public ObjectNode pricing(ObjectNode price, String currency) {
        ObjectNode pricing = Docs.object();
        ObjectNode details = pricing.putObject("price_details");
        details.put("price", Docs.textOf(price, "id"));
        details.put("product", Docs.textOf(price, "product"));
        pricing.put("type", "price_details");
        pricing.put("unit_amount_decimal", PriceAmounts.unitDecimal(price, currency));
        return pricing;
    }

    /** The name of what a price sells. */
    public String productName(ObjectNode price) {
        ObjectNode product = world.store().find("product", Docs.textOf(price, "product"));
        String name = product == null ? null : Docs.text(product, "name");
        return name == null ? "product" : name;
    }
}
