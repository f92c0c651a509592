package dev.billhook.simulator.engine.quote;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import java.util.function.Function;

/**
 * What a quote costs: the invoices that would follow from it are really made, and undone again, so that an offer cannot differ from
 * what is charged.
 */
final class QuoteTotals {
    private final World world;
    private final QuoteLines lines;
    private final QuoteOrders orders;
    private final QuoteFulfilment fulfilment;

    QuoteTotals(World world, QuoteLines lines, QuoteOrders orders, QuoteFulfilment fulfilment) {
        this.world = world;
        this.lines = lines;
        this.orders = orders;
        this.fulfilment = fulfilment;
    }

    /** Works out the amounts of a quote and of its lines. */
    void compute(ObjectNode quote) {
        boolean empty = QuoteLines.of(quote).isEmpty();
        ObjectNode first =
                empty ? Docs.object() : supposing(quote, customer -> fulfilment.firstInvoice(quote, customer));
        ObjectNode whole = empty ? first : withoutTrial(quote, first);
        ObjectNode each = !empty && orders.recurs(quote)
                ? supposing(quote, customer -> fulfilment.recurringInvoice(quote, customer))
                : null;
        ObjectNode computed = quote.putObject("computed");
        computed.set("recurring", each == null ? NullNode.getInstance() : recurring(quote, each));
        putTotals(computed.putObject("upfront"), first);
        putTotals(quote, whole);
        quote.set("_upfront", priced(quote, first));
        quote.set("_line_items", priced(quote, whole));
    }

    /** The first invoice as it were without a trial: what the quote is worth. */
    private ObjectNode withoutTrial(ObjectNode quote, ObjectNode first) {
        if (!Docs.child(quote, "subscription_data").hasNonNull("trial_period_days")) {
            return first;
        }
        ObjectNode untried = quote.deepCopy();
        Docs.child(untried, "subscription_data").remove("trial_period_days");
        return supposing(quote, customer -> fulfilment.firstInvoice(untried, customer));
    }

    private ObjectNode recurring(ObjectNode quote, ObjectNode invoice) {
        ObjectNode recurring = Docs.object();
        putTotals(recurring, invoice);
        ObjectNode period = Docs.child(lines.priceOf(orders.firstRecurring(quote)), "recurring");
        recurring.set("interval", period.path("interval"));
        recurring.set("interval_count", period.path("interval_count"));
        return recurring;
    }

    private ObjectNode supposing(ObjectNode quote, Function<String, ObjectNode> make) {
        String clock = Docs.text(quote, "test_clock");
        return world.simulation().hypothetically(clock, world.now(clock), () -> {
            String named = Docs.text(quote, "customer");
            String customer = named == null ? fulfilment.somebody() : named;
            fulfilment.forgetPending(customer);
            return make.apply(customer).deepCopy();
        });
    }

    /** The lines of a quote with what an invoice takes for each. */
    private static ArrayNode priced(ObjectNode quote, ObjectNode invoice) {
        List<ObjectNode> billed = Docs.objects(invoice, "lines");
        ArrayNode result = Docs.array();
        for (ObjectNode line : QuoteLines.of(quote)) {
            ObjectNode copy = line.deepCopy();
            String price = Docs.textOf(line, "price");
            long subtotal = 0;
            long discount = 0;
            long tax = 0;
            long inclusive = 0;
            for (ObjectNode part : billed) {
                if (price.equals(Docs.text(Docs.child(Docs.child(part, "pricing"), "price_details"), "price"))) {
                    subtotal += Docs.numberOf(part, "amount");
                    discount += sum(part, "discount_amounts");
                    tax += sum(part, "taxes");
                    inclusive += inclusive(part);
                }
            }
            copy.put("amount_subtotal", subtotal);
            copy.put("amount_discount", discount);
            copy.put("amount_tax", tax);
            copy.put("amount_total", subtotal - discount + tax - inclusive);
            result.add(copy);
        }
        return result;
    }

    private static void putTotals(ObjectNode target, ObjectNode invoice) {
        target.put("amount_subtotal", Docs.numberOf(invoice, "subtotal"));
        target.put("amount_total", Docs.numberOf(invoice, "total"));
        ObjectNode details = target.putObject("total_details");
        details.put("amount_discount", sum(invoice, "total_discount_amounts"));
        details.put("amount_shipping", 0);
        details.put("amount_tax", sum(invoice, "total_taxes"));
    }

    private static long sum(ObjectNode doc, String field) {
        return Docs.sum(Docs.objects(doc, field), "amount");
    }

    private static long inclusive(ObjectNode line) {
        return Docs.objects(line, "taxes").stream()
                .filter(tax -> "inclusive".equals(Docs.text(tax, "tax_behavior")))
                .mapToLong(tax -> Docs.numberOf(tax, "amount"))
                .sum();
    }
}
