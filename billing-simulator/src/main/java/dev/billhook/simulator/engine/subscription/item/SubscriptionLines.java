package dev.billhook.simulator.engine.subscription.item;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.invoice.item.InvoiceLines;
import dev.billhook.simulator.engine.subscription.item.SubscriptionItems.Span;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The lines that subscription items put on invoices. */
public final class SubscriptionLines {
    private static final int MAX_LINES = 250;

    private final SubscriptionItems items;
    private final ItemPeriods periods;
    private final InvoiceLines lines;

    public SubscriptionLines(SubscriptionItems items, InvoiceLines lines) {
        this.items = items;
        this.periods = new ItemPeriods(items);
        this.lines = lines;
    }

    /** The lines of an item's present period, which costs nothing in a trial and less than the price when it is not whole. */
    List<ObjectNode> ofPeriod(ObjectNode subscription, ObjectNode item) {
        Span span = new Span(Docs.numberOf(item, "current_period_start"), Docs.numberOf(item, "current_period_end"));
        if (SubscriptionDocs.isTrialing(subscription)) {
            return List.of(part(subscription, item, span, 0, "Trial period for "));
        }
        if (span.from() < Docs.numberOf(subscription, "_free_until")) {
            return List.of(part(subscription, item, span, 0, "Free time on "));
        }
        if (span.to() - span.from() < periods.whole(subscription, item)) {
            return List.of(part(subscription, item, span, periods.amount(subscription, item), "Time on "));
        }
        BigDecimal quantity = BigDecimal.valueOf(SubscriptionItems.quantity(item));
        return lines.spread(make(subscription, item, span), items.priceOf(item), quantity);
    }

    private ObjectNode part(ObjectNode subscription, ObjectNode item, Span span, long amount, String what) {
        ObjectNode price = items.priceOf(item);
        ObjectNode line = make(subscription, item, span);
        line.put("amount", amount);
        line.put("subtotal", amount);
        line.put("description", what + lines.productName(price));
        line.set("pricing", lines.pricing(price, Docs.textOf(subscription, "currency")));
        InvoiceLines.quantity(line, BigDecimal.valueOf(SubscriptionItems.quantity(item)));
        return line;
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

    /**
     * The lines of an item for the time before its present period to which its subscription is backdated: one for each natural
     * period, with the classic billing mode a single one counted in periods from the start.
     */
    List<ObjectNode> backdated(ObjectNode subscription, ObjectNode item) {
        boolean single = !SubscriptionDocs.isFlexible(subscription);
        long start = Docs.numberOf(subscription, "start_date");
        long end = Docs.numberOf(item, "current_period_start");
        long anchor = single ? start : ItemPeriods.anchor(subscription);
        long price = items.amount(subscription, item);
        List<ObjectNode> made = new ArrayList<>();
        long sum = 0;
        for (long from = start; from < end; ) {
            Span natural = periods.natural(anchor, item, from);
            long to = Math.min(natural.to(), end);
            long amount = Prorations.share(price, to - from, natural.to() - natural.from());
            sum += amount;
            if (!single) {
                made.add(part(subscription, item, new Span(from, to), amount, "Time on "));
            }
            if (made.size() >= MAX_LINES) {
                throw ApiError.invalid(
                        null, "backdate_start_date", "An invoice has up to " + MAX_LINES + " lines; backdate less.");
            }
            from = to;
        }
        if (single && start < end) {
            made.add(part(subscription, item, new Span(start, end), sum, "Time on "));
        }
        return made;
    }
}
