package dev.billhook.simulator.page;

import dev.billhook.simulator.api.RequestLog;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.checkout.CheckoutEngine;
import dev.billhook.simulator.engine.checkout.CheckoutSessions;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.engine.portal.PortalEngine;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.event.WebhookDelivery;

/** What hosted pages are made of: the engine's operations, the documents, deliveries and the request log. */
public record PageContext(
        World world,
        CheckoutEngine checkout,
        CheckoutSessions sessions,
        PortalEngine portal,
        WebhookDelivery deliveries,
        RequestLog requests,
        Engines engines) {
    /** What hosted invoices and 3-D Secure steps are paid with. */
    public record Engines(PaymentEngine payment, BillingEngine billing) {}
}
