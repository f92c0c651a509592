package dev.billhook.simulator.engine.quote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.payment.Customers;
import dev.billhook.simulator.engine.schedule.Schedules;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.kernel.Docs;

/** Makes of a quote what it is for: a subscription, a schedule that begins one, or an invoice. */
final class QuoteFulfilment {
    private final World world;
    private final QuoteOrders orders;
    private final BillingEngine billing;
    private final Schedules schedules;
    private final InvoiceEngine invoicing;
    private final Customers customers;

    QuoteFulfilment(World world, QuoteOrders orders, Quotes.Parts parts) {
        this.world = world;
        this.orders = orders;
        this.billing = parts.billing();
        this.schedules = parts.schedules();
        this.invoicing = parts.invoicing();
        this.customers = parts.customers();
    }

    /** Makes it of an accepted quote, which then names it. */
    void fulfil(ObjectNode quote) {
        String customer = Docs.textOf(quote, "customer");
        if (!orders.recurs(quote)) {
            quote.put("invoice", Docs.textOf(invoice(quote, customer), "id"));
            return;
        }
        long now = world.now(Docs.text(quote, "test_clock"));
        Long start = QuoteOrders.startsLater(quote, now);
        if (start != null) {
            ObjectNode schedule = schedules.create(orders.schedule(quote, customer, start));
            quote.put("subscription_schedule", Docs.textOf(schedule, "id"));
            return;
        }
        ObjectNode subscription = billing.subscriptions().create(orders.subscription(quote, customer));
        quote.put("subscription", Docs.textOf(subscription, "id"));
    }

    /** The first invoice that would follow; whoever asks undoes it. */
    ObjectNode firstInvoice(ObjectNode quote, String customer) {
        return orders.recurs(quote)
                ? billing.previews().first(orders.subscription(quote, customer))
                : invoice(quote, customer);
    }

    private ObjectNode invoice(ObjectNode quote, String customer) {
        String id = Docs.textOf(invoicing.drafts().create(orders.invoice(quote, customer)), "id");
        ObjectNode draft = invoicing.editing().addLines(id, orders.invoiceLines(quote));
        Params discounts = orders.invoiceDiscounts(quote);
        return discounts.has("discounts") ? invoicing.drafts().update(id, discounts) : draft;
    }

    /** The invoice of every later period; whoever asks undoes it. */
    ObjectNode recurringInvoice(ObjectNode quote, String customer) {
        return billing.previews().first(orders.recurring(quote, customer));
    }

    /** Forgets what waits for the customer's next invoice, which is no part of an offer; whoever asks undoes it. */
    void forgetPending(String customer) {
        invoicing.items().forgetPending(customer);
    }

    /** A customer for a quote that names none; whoever asks undoes it. */
    String somebody() {
        return Docs.textOf(customers.create(Params.of(Docs.object())), "id");
    }
}
