package dev.billhook.simulator.engine.subscription.item;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.engine.invoice.Bill;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.invoice.item.InvoiceLines;
import dev.billhook.simulator.engine.subscription.item.SubscriptionItems.Span;
import dev.billhook.simulator.engine.tax.TaxSettings;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the periods of a subscription into drafts of invoices. */
public final class Billing {
    private final World world;
    private final SubscriptionItems items;
    private final SubscriptionLines lines;
    private final InvoiceEngine invoicing;
    private final DiscountEngine discounts;
    private final Debits debits;

    public Billing(
            World world,
            SubscriptionItems items,
            SubscriptionLines lines,
            InvoiceEngine invoicing,
            DiscountEngine discounts) {
        this.world = world;
        this.items = items;
        this.lines = lines;
        this.invoicing = invoicing;
        this.discounts = discounts;
        this.debits = new Debits(world);
    }

    /** A draft that bills the present period of these items, and what is pending. */
    public ObjectNode draft(ObjectNode subscription, String reason, List<ObjectNode> billed, long periodStart) {
        List<ObjectNode> made = new ArrayList<>();
        for (ObjectNode item : billed) {
            if (items.isMetered(item)) {
                Span used = SubscriptionItems.usedBefore(subscription, item);
                if (!used.isEmpty()) {
                    made.addAll(lines.ofUsage(subscription, item, used));
                }
            } else {
                made.addAll(lines.ofPeriod(subscription, item));
            }
        }
        return draft(subscription, reason, periodStart, made);
    }

    /** The first draft of a subscription, which also bills the time before now that it is backdated to. */
    public ObjectNode firstDraft(ObjectNode subscription, long now) {
        List<ObjectNode> all = Docs.objects(subscription, "items");
        if (!Docs.flag(subscription, "_backdated")) {
            return draft(subscription, "subscription_create", all, now);
        }
        List<ObjectNode> made = new ArrayList<>();
        for (ObjectNode item : all) {
            if (!items.isMetered(item)) {
                made.addAll(lines.backdated(subscription, item));
                made.addAll(lines.ofPeriod(subscription, item));
            }
        }
        return draft(subscription, "subscription_create", now, made);
    }

    /** A draft of what a subscription that ends now used and has pending; null when there is nothing to bill. */
    public @Nullable ObjectNode lastDraft(ObjectNode subscription, String reason, long now) {
        List<ObjectNode> made = new ArrayList<>();
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            if (items.isMetered(item)) {
                Span span = SubscriptionItems.usedUntil(subscription, item, now);
                if (lines.used(subscription, item, span).signum() > 0) {
                    made.addAll(lines.ofUsage(subscription, item, span));
                }
            }
        }
        if (made.isEmpty() && pending(subscription).isEmpty()) {
            return null;
        }
        return draft(subscription, reason, SubscriptionDocs.periodStart(subscription), made);
    }

    /** What waits for the next invoice of a subscription, oldest first. */
    public List<ObjectNode> pending(ObjectNode subscription) {
        return invoicing.items().pending(Docs.textOf(subscription, "customer"), SubscriptionDocs.id(subscription));
    }

    private ObjectNode draft(ObjectNode subscription, String reason, long periodStart, List<ObjectNode> made) {
        long at = made.stream()
                .mapToLong(line -> Docs.numberOf(Docs.child(line, "period"), "start"))
                .reduce(world.now(SubscriptionDocs.clock(subscription)), Math::max);
        discountLines(subscription, made, at);
        Bill bill = bill(subscription, discounts.discounts().effective(subscription, at));
        List<ObjectNode> due =
                invoicing.items().due(bill.customer(), SubscriptionDocs.id(subscription), bill.currency());
        ObjectNode invoice = invoicing.invoices().draft(bill, reason, due, made);
        invoice.put("period_start", periodStart);
        discounts.onInvoices().remember(subscription, invoice);
        debits.billed(subscription, invoice);
        subscription.put("latest_invoice", Docs.textOf(invoice, "id"));
        return invoice;
    }

    private void discountLines(ObjectNode subscription, List<ObjectNode> made, long at) {
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            List<String> own = discounts.discounts().effective(Docs.texts(item, "discounts"), at);
            made.stream()
                    .filter(line -> Docs.textOf(item, "id").equals(InvoiceLines.subscriptionItemOf(line)))
                    .forEach(line -> own.forEach(line.withArray("discounts")::add));
        }
    }

    private static Bill bill(ObjectNode subscription, List<String> discounts) {
        boolean automatic = SubscriptionDocs.chargesAutomatically(subscription);
        return new Bill(
                Docs.textOf(subscription, "customer"),
                Docs.textOf(subscription, "currency"),
                SubscriptionDocs.clock(subscription),
                new Bill.Terms(
                        Docs.textOf(subscription, "collection_method"),
                        automatic ? null : Docs.number(subscription, "days_until_due"),
                        Docs.text(subscription, "description")),
                Bill.ofSubscription(SubscriptionDocs.id(subscription), Docs.child(subscription, "metadata")),
                discounts,
                TaxSettings.of(subscription));
    }
}
