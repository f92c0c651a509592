package dev.billhook.simulator.wiring;

import dev.billhook.simulator.api.Expander;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.api.Router;
import dev.billhook.simulator.api.gateway.ApiGateway;
import dev.billhook.simulator.api.list.Pager;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.catalog.Plans;
import dev.billhook.simulator.engine.catalog.Prices;
import dev.billhook.simulator.engine.catalog.Products;
import dev.billhook.simulator.engine.checkout.CheckoutDiscounts;
import dev.billhook.simulator.engine.checkout.CheckoutSessions;
import dev.billhook.simulator.engine.checkout.CheckoutTaxes;
import dev.billhook.simulator.engine.checkout.completion.CheckoutEngine;
import dev.billhook.simulator.engine.creditnote.CreditNotes;
import dev.billhook.simulator.engine.discount.DiscountEngine;
import dev.billhook.simulator.engine.entitlement.Entitlements;
import dev.billhook.simulator.engine.entitlement.Features;
import dev.billhook.simulator.engine.invoice.DunningPolicy;
import dev.billhook.simulator.engine.invoice.InvoiceCollection;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.meter.MeterEvents;
import dev.billhook.simulator.engine.meter.MeterUsage;
import dev.billhook.simulator.engine.meter.Meters;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.engine.portal.PortalConfigurations;
import dev.billhook.simulator.engine.portal.PortalEngine;
import dev.billhook.simulator.engine.portal.PortalSessions;
import dev.billhook.simulator.engine.quote.Quotes;
import dev.billhook.simulator.engine.schedule.Schedules;
import dev.billhook.simulator.engine.subscription.BillingEngine;
import dev.billhook.simulator.engine.tax.TaxEngine;
import dev.billhook.simulator.event.Endpoints;
import dev.billhook.simulator.event.EventLog;
import dev.billhook.simulator.event.RetryPolicy;
import dev.billhook.simulator.event.WebhookDelivery;
import dev.billhook.simulator.http.PageRoutes;
import dev.billhook.simulator.http.WireRequest;
import dev.billhook.simulator.http.WireResponse;
import dev.billhook.simulator.kernel.Docs;
import dev.billhook.simulator.kernel.Renderer;
import dev.billhook.simulator.kernel.RequestInfo;
import dev.billhook.simulator.kernel.Settings;
import dev.billhook.simulator.kernel.Simulation;
import dev.billhook.simulator.page.HostedPages;
import dev.billhook.simulator.page.PageContext;
import dev.billhook.simulator.page.quote.QuotePrinter;
import dev.billhook.simulator.resource.ApiKit;
import dev.billhook.simulator.resource.account.AccountEndpoints;
import dev.billhook.simulator.resource.catalog.CatalogEndpoints;
import dev.billhook.simulator.resource.charge.ChargeEndpoints;
import dev.billhook.simulator.resource.creditnote.CreditNoteEndpoints;
import dev.billhook.simulator.resource.discount.DiscountEndpoints;
import dev.billhook.simulator.resource.entitlement.EntitlementEndpoints;
import dev.billhook.simulator.resource.hosted.HostedEndpoints;
import dev.billhook.simulator.resource.invoice.InvoiceEndpoints;
import dev.billhook.simulator.resource.meter.MeterEndpoints;
import dev.billhook.simulator.resource.payment.PaymentEndpoints;
import dev.billhook.simulator.resource.quote.QuoteEndpoints;
import dev.billhook.simulator.resource.subscription.SubscriptionEndpoints;
import dev.billhook.simulator.resource.tax.TaxEndpoints;
import dev.billhook.simulator.snapshot.Snapshot;
import java.util.List;
import java.util.function.Supplier;

/** Puts a simulator together. */
public final class Assembly {
    private final Simulation simulation;
    private final Endpoints endpoints;
    private final WebhookDelivery deliveries;
    private final Router router = new Router();
    private final Observers observers = new Observers(router);
    private final ApiGateway gateway;
    private final PageContext context;
    private final PageRoutes pages;
    private final DiscountEngine discounts;
    private final TaxEngine taxes;

    public Assembly(Settings settings, RetryPolicy retryPolicy, Supplier<String> baseUrl, Runnable reset) {
        this.simulation = new Simulation(settings);
        Renderer renderer = new Renderer();
        EventLog events = new EventLog(simulation, renderer);
        this.endpoints = new Endpoints(simulation);
        this.deliveries = new WebhookDelivery(
                simulation, endpoints, renderer, new StoredObjects(simulation.store(), renderer), retryPolicy);
        events.publishTo(event -> {
            deliveries.publish(event);
            observers.seen(event);
        });
        events.twinWhen(eventId -> deliveries.chaos().isTwinned(eventId));
        World world = new World(simulation, renderer, events, baseUrl);
        Expander expander = new Expander(simulation.store(), renderer);
        this.gateway = new ApiGateway(simulation, router, expander);
        ApiKit kit = new ApiKit(world, router, expander, new Pager(simulation.store(), renderer));
        this.discounts = new DiscountEngine(world);
        this.taxes = new TaxEngine(world);
        this.context = connect(world, kit, reset);
        this.pages = HostedPages.routes(context);
    }

    private PageContext connect(World world, ApiKit kit, Runnable reset) {
        Prices prices = new Prices(world);
        Products products = new Products(world, prices);
        prices.makeProductsWith(products);
        PaymentEngine payment = new PaymentEngine(world, taxes);
        InvoiceEngine invoicing = new InvoiceEngine(world, prices, payment, discounts, taxes);
        BillingEngine billing = new BillingEngine(world, prices, payment.methods(), invoicing, discounts, taxes);
        payment.customers().onDeletion(billing.subscriptions()::endAllOf);
        payment.customers().onDeletion(invoicing.settlement()::abandon);
        CheckoutSessions sessions = new CheckoutSessions(
                world, prices, new CheckoutDiscounts(world, discounts), new CheckoutTaxes(world, taxes));
        PortalConfigurations configurations = new PortalConfigurations(world);
        CatalogEndpoints.add(kit, products, prices, new Plans(world, prices));
        addMeters(world, kit);
        addFeatures(world, kit);
        PaymentEndpoints.add(kit, payment);
        ChargeEndpoints.add(kit, payment);
        CreditNoteEndpoints.add(kit, new CreditNotes(world, payment, invoicing, taxes));
        DiscountEndpoints.add(kit, discounts);
        InvoiceEndpoints.add(kit, invoicing);
        Schedules schedules = new Schedules(world, billing, discounts, taxes.rates());
        SubscriptionEndpoints.add(kit, billing, payment.customers(), schedules);
        TaxEndpoints.add(kit, taxes);
        PortalSessions portals = new PortalSessions(world, configurations);
        HostedEndpoints.add(kit, sessions, configurations, portals);
        Quotes quotes = new Quotes(
                world,
                new Quotes.Parts(prices, billing, schedules, invoicing, payment.customers(), discounts, taxes.rates()));
        QuoteEndpoints.add(
                kit, quotes, new QuotePrinter(world, simulation.settings().businessName())::print);
        AccountEndpoints.add(kit, endpoints, deliveries::undelivered, payment.customers());
        return new PageContext(
                world,
                new CheckoutEngine(world, sessions, payment, billing, invoicing),
                sessions,
                new PortalEngine(world, new PortalEngine.Parts(payment, billing, schedules, discounts, taxes.ids())),
                new PageContext.Operations(deliveries, gateway.log(), gateway.faults(), reset),
                new PageContext.Engines(payment, billing, portals));
    }

    private static void addMeters(World world, ApiKit kit) {
        Meters meters = new Meters(world);
        MeterEndpoints.add(kit, meters, new MeterEvents(world, meters), new MeterUsage(world));
    }

    private static void addFeatures(World world, ApiKit kit) {
        Features features = new Features(world);
        new Entitlements(world, features);
        EntitlementEndpoints.add(kit, features);
    }

    public Cardholders cardholders() {
        return new Cardholders(context.world(), context.engines().payment().charging());
    }

    public Simulation simulation() {
        return simulation;
    }

    public Endpoints endpoints() {
        return endpoints;
    }

    public WebhookDelivery deliveries() {
        return deliveries;
    }

    public ApiGateway gateway() {
        return gateway;
    }

    WireResponse answer(WireRequest request) {
        return observers.seen(request, gateway.handle(request));
    }

    public Router router() {
        return router;
    }

    public PageContext context() {
        return context;
    }

    PageRoutes pages() {
        return pages;
    }

    public void discountCustomer(String customer, String coupon) {
        Params given = Params.of(Docs.object().put("coupon", coupon));
        simulation.atomically(RequestInfo.NONE, () -> discounts.discounts().setOnCustomer(customer, given));
    }

    public void dunning(DunningPolicy policy) {
        simulation.exclusively(() -> {
            collection().dunning(policy);
            return policy;
        });
    }

    public DunningPolicy dunning() {
        return simulation.exclusively(() -> collection().dunning());
    }

    private InvoiceCollection collection() {
        return context.engines().billing().collection();
    }

    public TaxEngine taxes() {
        return taxes;
    }

    public Snapshot snapshot() {
        return new Snapshot(simulation, gateway);
    }

    public List<String> routes() {
        return router.describe();
    }
}
