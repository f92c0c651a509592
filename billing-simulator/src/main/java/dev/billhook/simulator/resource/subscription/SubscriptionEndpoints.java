package dev.billhook.simulator.resource.subscription;

import dev.billhook.simulator.engine.payment.Customers;
import dev.billhook.simulator.engine.schedule.Schedules;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.resource.ApiKit;

/** The endpoints of subscriptions, their items and schedules, and previews of their invoices. */
public final class SubscriptionEndpoints {
    private SubscriptionEndpoints() {}

    /** Adds them to the router. */
    public static void add(ApiKit kit, BillingEngine billing, Customers customers, Schedules schedules) {
        new SubscriptionResource(kit, billing);
        new SubscriptionItemResource(kit, billing);
        new ScheduleResource(kit, schedules);
        new PreviewResource(kit, billing, customers, schedules);
    }
}
