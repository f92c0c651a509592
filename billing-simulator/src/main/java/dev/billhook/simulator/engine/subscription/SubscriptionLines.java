package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.invoice.InvoiceLines;
import dev.billhook.simulator.engine.subscription.SubscriptionItems.Span;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.util.List;

/** The lines that subscription items put on invoices. */
final class SubscriptionLines {
    private final SubscriptionItems items;
    private final InvoiceLines lines;

    SubscriptionLines(SubscriptionItems items, InvoiceLines lines) {
        this.items = items;
        this.lines = lines;
    }

    /** The lines of an item's present period, which costs nothing in a trial. */
    List<ObjectNode> ofPeriod(ObjectNode subscription, ObjectNode item) {
        ObjectNode price = items.priceOf(item);
        BigDecimal quantity = BigDecimal.valueOf(SubscriptionItems.quantity(item));
        ObjectNode line = make(
                subscription,
                item,
                new Span(Docs.numberOf(item, "current_period_start"), Docs.numberOf(item, "current_period_end")));
        if (!SubscriptionDocs.isTrialing(subscription)) {
            return lines.spread(line, price, quantity);
        }
        line.put("description", "Trial period for " + lines.productName(price));
        line.set("pricing", lines.pricing(price, Docs.textOf(subscription, "currency")));
        InvoiceLines.quantity(line, quantity);
        return List.of(line);
    }

    /** The lines of what was used of a metered item in a time. */
    List<ObjectNode> ofUsage(ObjectNode subscription, ObjectNode item, Span span) {
        return lines.ofUsage(
                make(subscription, item, span), items.priceOf(item), Docs.textOf(subscription, "customer"));
    }

    /** What was used of a metered item in a time. */
    BigDecimal used(ObjectNode subscription, ObjectNode item, Span span) {
        return lines.used(items.priceOf(item), Docs.textOf(subscription, "customer"), span.from(), span.to());
    }

    private ObjectNode make(ObjectNode subscription, ObjectNode item, Span span) {
        ObjectNode line = lines.make(Docs.textOf(subscription, "currency"), 0, span.from(), span.to());
        line.set("metadata", subscription.path("metadata").deepCopy());
        line.set("_tax_rates", item.path("tax_rates").deepCopy());
        InvoiceLines.ofSubscriptionItem(line, SubscriptionDocs.id(subscription), Docs.textOf(item, "id"));
        return line;
    }
}
