package dev.billhook.simulator.engine.billing;

import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.engine.meter.MeterUsage;
import dev.billhook.simulator.engine.payment.PaymentMethods;
import dev.billhook.simulator.engine.payment.Payments;

/** The parts of the billing engine, put together. */
public final class BillingEngine {
    private final SubscriptionItems items;
    private final Invoices invoices;
    private final InvoiceCollection collection;
    private final Subscriptions subscriptions;
    private final SubscriptionChanges changes;
    private final Previews previews;

    public BillingEngine(
            World world, Prices prices, PaymentMethods methods, Payments payments, DiscountEngine discounts) {
        this.items = new SubscriptionItems(world, prices);
        InvoiceLines lines = new InvoiceLines(world, items, new MeterUsage(world));
        Prorations prorations = new Prorations(world, items, lines, discounts.onInvoices());
        this.invoices = new Invoices(world, lines, prorations, discounts.onInvoices());
        this.collection = new InvoiceCollection(world, invoices, payments, methods);
        Billing billing = new Billing(world, items, lines, invoices, collection);
        this.subscriptions = new Subscriptions(world, items, prorations, billing, methods, discounts.discounts());
        this.changes = new SubscriptionChanges(world, items, prorations, subscriptions, billing);
        this.previews = new Previews(world, new Previews.Parts(items, prorations, subscriptions, changes, billing));
        collection.tell(new SubscriptionCycle(world, items, subscriptions, billing, invoices, methods, previews));
        world.renderer().complete("subscription_item", items::complete);
    }

    /** Items. */
    public SubscriptionItems items() {
        return items;
    }

    /** Invoices. */
    public Invoices invoices() {
        return invoices;
    }

    /** Collecting invoices. */
    public InvoiceCollection collection() {
        return collection;
    }

    /** Beginning and ending subscriptions. */
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Changing subscriptions. */
    public SubscriptionChanges changes() {
        return changes;
    }

    /** Previews of invoices. */
    public Previews previews() {
        return previews;
    }
}
