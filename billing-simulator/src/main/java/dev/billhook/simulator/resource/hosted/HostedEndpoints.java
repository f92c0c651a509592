package dev.billhook.simulator.resource.hosted;

import dev.billhook.simulator.engine.checkout.CheckoutSessions;
import dev.billhook.simulator.engine.portal.PortalConfigurations;
import dev.billhook.simulator.engine.portal.PortalSessions;
import dev.billhook.simulator.resource.ApiKit;

/** The endpoints of Checkout and Customer Portal sessions. */
public final class HostedEndpoints {
    private HostedEndpoints() {}

    /** Adds them to the router. */
    public static void add(
            ApiKit kit, CheckoutSessions checkout, PortalConfigurations configurations, PortalSessions portal) {
        new CheckoutResource(kit, checkout);
        new PortalResource(kit, configurations, portal);
    }
}
