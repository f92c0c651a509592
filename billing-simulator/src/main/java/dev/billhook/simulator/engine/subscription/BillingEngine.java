package dev.billhook.simulator.engine.subscription;

import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.engine.invoice.InvoiceCollection;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.invoice.InvoiceSettlement;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.engine.subscription.item.Billing;
import dev.billhook.simulator.engine.subscription.item.ExtraLines;
import dev.billhook.simulator.engine.subscription.item.Prorations;
import dev.billhook.simulator.engine.subscription.item.SubscriptionItems;
import dev.billhook.simulator.engine.subscription.item.SubscriptionLines;
import dev.billhook.simulator.engine.tax.TaxEngine;

/** The parts that deal with subscriptions and their billing, put together. */
public final class BillingEngine {
    private final SubscriptionItems items;
    private final InvoiceEngine invoicing;
    private final Subscriptions subscriptions;
    private final SubscriptionChanges changes;
    private final Renewals renewals;
    private final Previews previews;
    private final UpcomingInvoices upcoming;

    public BillingEngine(
            World world,
            Prices prices,
            PaymentMethods methods,
            InvoiceEngine invoicing,
            DiscountEngine discounts,
            TaxEngine taxes) {
        this.items = new SubscriptionItems(world, prices, taxes.rates());
        this.invoicing = invoicing;
        InvoiceSettlement settlement = invoicing.settlement();
        SubscriptionLines lines = new SubscriptionLines(items, invoicing.lines());
        Billing billing = new Billing(world, items, lines, invoicing, discounts);
        Prorations prorations = new Prorations(world, items, invoicing, discounts.onInvoices());
        SubscriptionTerms terms = new SubscriptionTerms(world, items, methods, discounts.discounts(), taxes);
        ExtraLines extras = new ExtraLines(world, items, prorations, discounts.discounts(), taxes.rates());
        PendingUpdates pending = new PendingUpdates(world, invoicing);
        new PendingItemInvoices(world, billing, settlement);
        this.renewals = new Renewals(items, billing);
        this.subscriptions = new Subscriptions(world, items, terms, extras, prorations, billing, settlement);
        SubscriptionUpdate updates = new SubscriptionUpdate(items, terms, extras, prorations, subscriptions, billing);
        this.changes = new SubscriptionChanges(world, subscriptions, updates, pending, billing, settlement);
        this.previews = new Previews(world, subscriptions, changes, prorations, billing, renewals);
        this.upcoming = new UpcomingInvoices(world, previews, invoicing);
        invoicing.ownedBy(new SubscriptionCycle(
                world,
                methods,
                new SubscriptionCycle.Parts(subscriptions, renewals, billing, invoicing, pending, previews)));
        world.renderer().complete("subscription_item", items::complete);
    }

    /** Lets somebody plan changes of subscriptions ahead. */
    public void plannedBy(SubscriptionPlanner planner) {
        renewals.plannedBy(planner);
        subscriptions.plannedBy(planner);
        changes.plannedBy(planner);
    }

    /** Items. */
    public SubscriptionItems items() {
        return items;
    }

    /** Collecting invoices. */
    public InvoiceCollection collection() {
        return invoicing.collection();
    }

    /** Beginning and ending subscriptions. */
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Changing subscriptions. */
    public SubscriptionChanges changes() {
        return changes;
    }

    /** Previews of invoices that requests ask for. */
    public UpcomingInvoices upcoming() {
        return upcoming;
    }

    /** Previews of invoices of subscriptions. */
    public Previews previews() {
        return previews;
    }
}
