package dev.billhook.simulator.engine.quote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.subscription.item.BillingCalendar;
import dev.billhook.simulator.engine.tax.AutomaticTax;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** What an accepted quote asks for, as the parameters that subscriptions and invoices are made with. */
final class QuoteOrders {
    private static final String SEND = "send_invoice";
    private static final long DAY = 86_400;

    private final World world;
    private final QuoteLines lines;

    QuoteOrders(World world, QuoteLines lines) {
        this.world = world;
        this.lines = lines;
    }

    /** Whether the quote becomes a subscription: it offers something recurring. */
    boolean recurs(ObjectNode quote) {
        return QuoteLines.of(quote).stream().anyMatch(lines::isRecurring);
    }

    /** The second at which the subscription begins, when that lies ahead; otherwise null. */
    static @Nullable Long startsLater(ObjectNode quote, long now) {
        Long date = Docs.number(Docs.child(quote, "subscription_data"), "effective_date");
        return date != null && date > now ? date : null;
    }

    /** The parameters of the subscription. */
    Params subscription(ObjectNode quote, String customer) {
        ObjectNode data = Docs.child(quote, "subscription_data");
        ObjectNode order = subscriptionAlone(quote, customer);
        ArrayNode once = order.putArray("add_invoice_items");
        QuoteLines.of(quote).stream().filter(line -> !lines.isRecurring(line)).forEach(line -> once.add(item(line)));
        if (once.isEmpty()) {
            order.remove("add_invoice_items");
        }
        copy(data, "trial_period_days", order);
        copy(data, "description", order);
        copy(data, "metadata", order);
        order.set("billing_mode", Docs.child(data, "billing_mode").deepCopy());
        return Params.of(order);
    }

    /** The parameters of a schedule that begins the subscription at a later second, in its only phase. */
    Params schedule(ObjectNode quote, String customer, long start) {
        ObjectNode phase = subscription(quote, customer).tree();
        ObjectNode order = Docs.object();
        order.set("customer", phase.remove("customer"));
        order.set("billing_mode", phase.remove("billing_mode"));
        order.put("start_date", start);
        order.putArray("phases").add(phase);
        if (phase.has("days_until_due")) {
            phase.putObject("invoice_settings").set("days_until_due", phase.remove("days_until_due"));
        }
        if (phase.has("trial_period_days")) {
            long paidFrom = start + phase.remove("trial_period_days").longValue() * DAY;
            ObjectNode rhythm = Docs.child(lines.priceOf(firstRecurring(quote)), "recurring");
            phase.put("trial_end", paidFrom);
            phase.put(
                    "end_date",
                    BillingCalendar.plus(
                            paidFrom,
                            paidFrom,
                            Docs.textOf(rhythm, "interval"),
                            Docs.numberOf(rhythm, "interval_count")));
        }
        return Params.of(order);
    }

    /** The line in whose rhythm the quote recurs. */
    ObjectNode firstRecurring(ObjectNode quote) {
        return QuoteLines.of(quote).stream()
                .filter(lines::isRecurring)
                .findFirst()
                .orElseThrow();
    }

    /** The parameters of the same subscription with nothing in it but what recurs for ever. */
    Params recurring(ObjectNode quote, String customer) {
        ObjectNode order = subscriptionAlone(quote, customer);
        ArrayNode lasting = order.putArray("discounts");
        for (String id : Docs.texts(quote, "discounts")) {
            ObjectNode coupon = Docs.child(world.store().get("discount", id), "_coupon");
            if ("forever".equals(Docs.text(coupon, "duration"))) {
                lasting.add(discount(id));
            }
        }
        return Params.of(order);
    }

    /** The parameters of the invoice of a quote without anything recurring. */
    Params invoice(ObjectNode quote, String customer) {
        ObjectNode order = common(quote, customer);
        order.remove("discounts");
        order.put("currency", Docs.textOf(quote, "currency"));
        order.put("pending_invoice_items_behavior", "exclude");
        order.put("_quote", Docs.textOf(quote, "id"));
        ObjectNode settings = Docs.child(quote, "invoice_settings");
        copy(settings, "description", order);
        copy(settings, "footer", order);
        copy(settings, "custom_fields", order);
        order.set("metadata", Docs.child(quote, "metadata").deepCopy());
        return Params.of(order);
    }

    /** The parameters of the lines of that invoice. */
    Params invoiceLines(ObjectNode quote) {
        ObjectNode order = Docs.object();
        ArrayNode added = order.putArray("lines");
        for (ObjectNode line : QuoteLines.of(quote)) {
            ObjectNode item = item(line);
            item.putObject("pricing").set("price", item.remove("price"));
            added.add(item);
        }
        return Params.of(order);
    }

    /** The parameters of its discounts, which it qualifies for once it has its lines. */
    Params invoiceDiscounts(ObjectNode quote) {
        ObjectNode order = Docs.object();
        putDiscounts(order, quote);
        return Params.of(order);
    }

    private ObjectNode subscriptionAlone(ObjectNode quote, String customer) {
        ObjectNode order = common(quote, customer);
        order.put("currency", Docs.textOf(quote, "currency"));
        ArrayNode items = order.putArray("items");
        QuoteLines.of(quote).stream().filter(lines::isRecurring).forEach(line -> items.add(item(line)));
        return order;
    }

    private ObjectNode common(ObjectNode quote, String customer) {
        ObjectNode order = Docs.object();
        order.put("customer", customer);
        String method = Docs.textOf(quote, "collection_method");
        order.put("collection_method", method);
        if (SEND.equals(method)) {
            order.set("days_until_due", Docs.child(quote, "invoice_settings").path("days_until_due"));
        }
        if (!Docs.texts(quote, "default_tax_rates").isEmpty()) {
            order.set("default_tax_rates", quote.path("default_tax_rates").deepCopy());
        }
        if (AutomaticTax.isOn(quote)) {
            order.putObject("automatic_tax").put("enabled", true);
        }
        putDiscounts(order, quote);
        return order;
    }

    private void putDiscounts(ObjectNode order, ObjectNode quote) {
        if (!Docs.texts(quote, "discounts").isEmpty()) {
            ArrayNode discounts = order.putArray("discounts");
            Docs.texts(quote, "discounts").forEach(id -> discounts.add(discount(id)));
        }
    }

    private ObjectNode discount(String id) {
        ObjectNode offered = world.store().get("discount", id);
        String code = Docs.text(offered, "promotion_code");
        return code == null
                ? Docs.object().put("coupon", Docs.text(Docs.child(offered, "source"), "coupon"))
                : Docs.object().put("promotion_code", code);
    }

    private ObjectNode item(ObjectNode line) {
        ObjectNode item = Docs.object();
        item.set("price", line.path("price"));
        // A price described inside the quote is not offered by itself, yet this quote agrees on it.
        item.put("_agreed", true);
        copy(line, "quantity", item);
        for (String extra : new String[] {"discounts", "tax_rates"}) {
            if (line.hasNonNull("_" + extra)) {
                item.set(extra, line.get("_" + extra).deepCopy());
            }
        }
        return item;
    }

    private static void copy(ObjectNode from, String field, ObjectNode to) {
        if (from.hasNonNull(field)) {
            to.set(field, from.get(field).deepCopy());
        }
    }
}
