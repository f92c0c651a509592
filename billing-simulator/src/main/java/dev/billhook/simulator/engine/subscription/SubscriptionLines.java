package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.catalog.PriceAmounts;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.invoice.InvoiceLines;
import dev.billhook.simulator.engine.subscription.SubscriptionItems.Span;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.util.Locale;

/** The lines that subscription items put on invoices. */
final class SubscriptionLines {
    private final SubscriptionItems items;
    private final InvoiceLines lines;

    SubscriptionLines(SubscriptionItems items, InvoiceLines lines) {
        this.items = items;
        this.lines = lines;
    }

    /** The line of an item for a period. */
    ObjectNode ofItem(ObjectNode subscription, ObjectNode item, long amount, long start, long end) {
        ObjectNode price = items.priceOf(item);
        String currency = Docs.textOf(subscription, "currency");
        boolean metered = Prices.isMetered(price);
        long quantity = SubscriptionItems.quantity(item);
        ObjectNode line = lines.make(currency, amount, start, end);
        line.put(
                "description",
                SubscriptionDocs.isTrialing(subscription)
                        ? "Trial period for " + lines.productName(price)
                        : describe(price, quantity, currency, metered));
        line.set("metadata", subscription.path("metadata").deepCopy());
        InvoiceLines.quantity(line, BigDecimal.valueOf(metered ? 0 : quantity));
        line.set("pricing", lines.pricing(price, currency));
        InvoiceLines.ofSubscriptionItem(line, SubscriptionDocs.id(subscription), Docs.textOf(item, "id"));
        return line;
    }

    /** The line of what was used of a metered item in a time. */
    ObjectNode ofUsage(ObjectNode subscription, ObjectNode item, Span span) {
        ObjectNode line = ofItem(subscription, item, 0, span.from(), span.to());
        lines.count(line, items.priceOf(item), Docs.textOf(subscription, "customer"));
        return line;
    }

    private String describe(ObjectNode price, long quantity, String currency, boolean metered) {
        ObjectNode recurring = Docs.child(price, "recurring");
        long count = Docs.numberOf(recurring, "interval_count");
        String interval = Docs.textOf(recurring, "interval");
        String every = count == 1 ? interval : count + " " + interval + "s";
        String unit = PriceAmounts.unitDecimal(price, currency);
        String amount = unit == null ? "tiered" : unit + " " + currency.toUpperCase(Locale.ROOT) + " minor units";
        return (metered ? "" : quantity + " × ") + lines.productName(price) + " (at " + amount + " / " + every + ")";
    }
}
