package dev.billhook.simulator.resource;

import dev.billhook.simulator.engine.billing.BillingEngine;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.catalog.Products;
import dev.billhook.simulator.engine.checkout.CheckoutSessions;
import dev.billhook.simulator.engine.checkout.PortalConfigurations;
import dev.billhook.simulator.engine.checkout.PortalSessions;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.event.Endpoints;

/** Adds every endpoint to the router. */
public final class ApiResources {
    private ApiResources() {}

    /** Endpoints of products and prices. */
    public static void addCatalog(ApiKit kit, Products products, Prices prices) {
        new ProductResource(kit, products);
        new PriceResource(kit, prices);
    }

    /** Endpoints of customers and payments. */
    public static void addPayments(ApiKit kit, PaymentEngine payment) {
        new CustomerResource(kit, payment.customers());
        new PaymentMethodResource(kit, payment.methods());
        new IntentResource(kit, payment.payments(), payment.methods());
        new SetupIntentResource(kit, payment.setups(), payment.methods());
        new ChargeResource(kit);
    }

    /** Endpoints of subscriptions and invoices. */
    public static void addBilling(ApiKit kit, BillingEngine billing) {
        new SubscriptionResource(kit, billing);
        new SubscriptionItemResource(kit, billing);
        new InvoiceResource(kit, billing);
    }

    /** Endpoints of Checkout and the Customer Portal. */
    public static void addHosted(
            ApiKit kit, CheckoutSessions checkout, PortalConfigurations configurations, PortalSessions portal) {
        new CheckoutResource(kit, checkout);
        new PortalResource(kit, configurations, portal);
    }

    /** Endpoints of events, webhooks, test clocks and the account. */
    public static void addAccount(ApiKit kit, Endpoints endpoints, PaymentEngine payment) {
        new EventResource(kit, endpoints);
        new TestClockResource(kit, payment.customers());
        new AccountResource(kit);
    }
}
