package dev.billhook.simulator.page;

import dev.billhook.simulator.api.Faults;
import dev.billhook.simulator.api.gateway.RequestLog;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.checkout.CheckoutSessions;
import dev.billhook.simulator.engine.checkout.completion.CheckoutEngine;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.engine.portal.PortalEngine;
import dev.billhook.simulator.engine.portal.PortalSessions;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.event.WebhookDelivery;

/** What hosted pages are made of: the engine's operations, the documents, and what the simulator is operated by. */
public record PageContext(
        World world,
        CheckoutEngine checkout,
        CheckoutSessions sessions,
        PortalEngine portal,
        Operations operations,
        Engines engines) {
    /** What hosted invoices and 3-D Secure steps are paid with, and what visits of the portal begin with. */
    public record Engines(PaymentEngine payment, BillingEngine billing, PortalSessions portals) {}

    /**
     * What the simulator itself is watched and operated by.
     *
     * @param reset forgets all objects
     */
    public record Operations(WebhookDelivery deliveries, RequestLog requests, Faults faults, Runnable reset) {}
}
