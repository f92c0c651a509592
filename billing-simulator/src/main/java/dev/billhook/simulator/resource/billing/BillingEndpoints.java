package dev.billhook.simulator.resource.billing;

import dev.billhook.simulator.engine.billing.BillingEngine;
import dev.billhook.simulator.resource.ApiKit;

/** The endpoints of subscriptions, their items and invoices. */
public final class BillingEndpoints {
    private BillingEndpoints() {}

    /** Adds them to the router. */
    public static void add(ApiKit kit, BillingEngine billing) {
        new SubscriptionResource(kit, billing);
        new SubscriptionItemResource(kit, billing);
        new InvoiceResource(kit, billing);
    }
}
