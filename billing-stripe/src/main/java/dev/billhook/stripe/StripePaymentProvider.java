package dev.billhook.stripe;

import dev.billhook.ProviderScope;
import dev.billhook.spi.provider.CatalogGateway;
import dev.billhook.spi.provider.CheckoutGateway;
import dev.billhook.spi.provider.CustomerGateway;
import dev.billhook.spi.provider.EstimateGateway;
import dev.billhook.spi.provider.EventGateway;
import dev.billhook.spi.provider.PaymentGateway;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.provider.PortalGateway;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.spi.provider.WebhookGateway;
import dev.billhook.spi.provider.addon.AddOnGateway;
import dev.billhook.spi.provider.discount.CouponGateway;
import dev.billhook.spi.provider.discount.DiscountGateway;
import dev.billhook.spi.provider.endpoint.EndpointGateway;
import dev.billhook.spi.provider.imports.ImportGateway;
import dev.billhook.spi.provider.invoice.CreditGateway;
import dev.billhook.spi.provider.invoice.InvoiceGateway;
import dev.billhook.spi.provider.invoice.QuoteGateway;
import dev.billhook.spi.provider.price.PriceGateway;
import dev.billhook.spi.provider.purchase.PurchaseGateway;
import dev.billhook.spi.provider.support.SupportGateway;
import dev.billhook.spi.provider.trial.TrialGateway;
import dev.billhook.spi.provider.usage.UsageGateway;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.catalog.StripeCatalog;
import dev.billhook.stripe.internal.catalog.StripePrices;
import dev.billhook.stripe.internal.checkout.StripeCheckout;
import dev.billhook.stripe.internal.checkout.StripePortal;
import dev.billhook.stripe.internal.customer.StripeCustomers;
import dev.billhook.stripe.internal.customer.StripeImports;
import dev.billhook.stripe.internal.discount.CatalogCoupons;
import dev.billhook.stripe.internal.discount.StripeDiscounts;
import dev.billhook.stripe.internal.event.EventRests;
import dev.billhook.stripe.internal.event.StripeEvents;
import dev.billhook.stripe.internal.invoice.StripeCredits;
import dev.billhook.stripe.internal.invoice.StripeInvoices;
import dev.billhook.stripe.internal.payment.StripePayments;
import dev.billhook.stripe.internal.purchase.StripePurchases;
import dev.billhook.stripe.internal.quote.StripeQuotes;
import dev.billhook.stripe.internal.subscription.StripeAddOns;
import dev.billhook.stripe.internal.subscription.StripeEstimates;
import dev.billhook.stripe.internal.subscription.StripeSubscriptions;
import dev.billhook.stripe.internal.subscription.StripeTrials;
import dev.billhook.stripe.internal.subscription.SubscriptionDiscounts;
import dev.billhook.stripe.internal.subscription.SubscriptionDocuments;
import dev.billhook.stripe.internal.support.StripeSupport;
import dev.billhook.stripe.internal.transport.Downloads;
import dev.billhook.stripe.internal.transport.Signer;
import dev.billhook.stripe.internal.transport.StripeApi;
import dev.billhook.stripe.internal.usage.StripeUsage;
import dev.billhook.stripe.internal.webhook.StripeEndpoints;
import dev.billhook.stripe.internal.webhook.StripeWebhooks;

/**
 * Stripe as Billhook's payment provider, for one Stripe account and mode. Touches none of the Stripe client's process-wide
 * settings, so a process may hold any number of them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class StripePaymentProvider implements PaymentProvider {
    private final ProviderScope scope;
    private final CustomerGateway customers;
    private final SubscriptionGateway subscriptions;
    private final EstimateGateway estimates;
    private final TrialGateway trials;
    private final AddOnGateway addOns;
    private final CheckoutGateway checkout;
    private final PortalGateway portal;
    private final CatalogGateway catalog;
    private final PriceGateway prices;
    private final InvoiceGateway invoices;
    private final CreditGateway credits;
    private final CouponGateway coupons;
    private final DiscountGateway discounts;
    private final QuoteGateway quotes;
    private final PaymentGateway payments;
    private final ImportGateway imports;
    private final UsageGateway usage;
    private final SupportGateway support;
    private final PurchaseGateway purchases;
    private final WebhookGateway webhooks;
    private final EndpointGateway endpoints;
    private final EventGateway events;
    private final Signer signer;

    private StripePaymentProvider(StripeConfig config) {
        StripeConfig.Connection connection = config.connection();
        StripeApi api = StripeApi.connect(
                config.apiKey(),
                connection.apiBase(),
                connection.connectTimeout(),
                connection.readTimeout(),
                connection.maxNetworkRetries());
        Downloads downloads = new Downloads(
                config.apiKey(), connection.apiBase(), connection.connectTimeout(), connection.readTimeout());
        PriceLookup prices = new PriceLookup(api);
        SubscriptionDocuments documents = new SubscriptionDocuments(api);
        this.scope = config.scope();
        StripeCustomers customers = new StripeCustomers(api);
        this.customers = customers;
        this.imports = new StripeImports(api, customers);
        this.subscriptions = new StripeSubscriptions(api, prices, documents);
        this.estimates = new StripeEstimates(api, prices, documents);
        this.addOns = new StripeAddOns(api, prices, documents);
        this.trials = new StripeTrials(api, documents);
        this.checkout = new StripeCheckout(api, prices);
        this.portal = new StripePortal(api, prices);
        this.catalog = new StripeCatalog(api, prices);
        this.prices = new StripePrices(api, prices);
        this.invoices = new StripeInvoices(api, downloads);
        this.credits = new StripeCredits(api);
        this.coupons = new CatalogCoupons(api);
        this.discounts = new StripeDiscounts(api, new SubscriptionDiscounts(api, documents));
        this.quotes = new StripeQuotes(api, prices, downloads);
        this.payments = new StripePayments(api);
        this.usage = new StripeUsage(api);
        this.support = new StripeSupport(api, scope.livemode());
        this.purchases = new StripePurchases(api);
        this.endpoints = new StripeEndpoints(api);
        this.events = new StripeEvents(api);
        this.signer = new Signer(config.apiKey());
        this.webhooks = new StripeWebhooks(
                config.webhookSecrets(), config.signatureTolerance(), config.signatureClock(), new EventRests(api)::of);
    }

    /** The provider of the configuration. Makes no call. */
    public static StripePaymentProvider of(StripeConfig config) {
        return new StripePaymentProvider(config);
    }

    @Override
    public ProviderScope scope() {
        return scope;
    }

    @Override
    public CustomerGateway customers() {
        return customers;
    }

    @Override
    public SubscriptionGateway subscriptions() {
        return subscriptions;
    }

    @Override
    public EstimateGateway estimates() {
        return estimates;
    }

    @Override
    public AddOnGateway addOns() {
        return addOns;
    }

    @Override
    public TrialGateway trials() {
        return trials;
    }

    @Override
    public CheckoutGateway checkout() {
        return checkout;
    }

    @Override
    public PortalGateway portal() {
        return portal;
    }

    @Override
    public CatalogGateway catalog() {
        return catalog;
    }

    @Override
    public CouponGateway coupons() {
        return coupons;
    }

    @Override
    public DiscountGateway discounts() {
        return discounts;
    }

    @Override
    public PriceGateway prices() {
        return prices;
    }

    @Override
    public WebhookGateway webhooks() {
        return webhooks;
    }

    @Override
    public InvoiceGateway invoices() {
        return invoices;
    }

    @Override
    public CreditGateway credits() {
        return credits;
    }

    @Override
    public QuoteGateway quotes() {
        return quotes;
    }

    @Override
    public PaymentGateway payments() {
        return payments;
    }

    @Override
    public SupportGateway support() {
        return support;
    }

    @Override
    public UsageGateway usage() {
        return usage;
    }

    @Override
    public ImportGateway imports() {
        return imports;
    }

    @Override
    public PurchaseGateway purchases() {
        return purchases;
    }

    @Override
    public EndpointGateway endpoints() {
        return endpoints;
    }

    @Override
    public EventGateway events() {
        return events;
    }

    @Override
    public byte[] sign(String purpose, byte[] content) {
        return signer.sign(purpose, content);
    }
}
