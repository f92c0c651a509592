package dev.billhook.simulator.page;

import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.InvoiceCollection;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.http.PageHandler;
import dev.billhook.simulator.http.PageRoutes;
import dev.billhook.simulator.page.checkout.CheckoutPage;
import dev.billhook.simulator.page.dashboard.DashboardPage;
import dev.billhook.simulator.page.invoice.AuthenticationPage;
import dev.billhook.simulator.page.invoice.CreditNotePage;
import dev.billhook.simulator.page.invoice.InvoicePage;
import dev.billhook.simulator.page.invoice.ReceiptPage;
import dev.billhook.simulator.page.kit.Guard;
import dev.billhook.simulator.page.kit.Templates;
import dev.billhook.simulator.page.portal.PortalPage;

/** Puts the hosted pages together. */
public final class HostedPages {
    private HostedPages() {}

    /** The routes of all hosted pages. */
    public static PageRoutes routes(PageContext context) {
        World world = context.world();
        PaymentEngine payment = context.engines().payment();
        InvoiceCollection collection = context.engines().billing().collection();
        String business = world.simulation().settings().businessName();
        Templates templates = new Templates();
        PageRoutes routes = new PageRoutes().add("/assets", new AssetPage());
        add(
                routes,
                "/pay",
                templates,
                new CheckoutPage(world, context.checkout(), context.sessions(), templates, business));
        add(routes, "/portal", templates, new PortalPage(world, context.portal(), templates, business));
        add(routes, "/invoice", templates, new InvoicePage(world, collection, payment.methods(), templates));
        add(routes, "/credit_note", templates, new CreditNotePage(world));
        add(routes, "/receipt", templates, new ReceiptPage(world, templates, business));
        add(routes, "/3ds", templates, new AuthenticationPage(world, payment, templates, business));
        add(routes, "/dashboard", templates, new DashboardPage(context, templates));
        return routes;
    }

    private static void add(PageRoutes routes, String prefix, Templates templates, PageHandler page) {
        routes.add(prefix, new Guard(templates, page));
    }
}
