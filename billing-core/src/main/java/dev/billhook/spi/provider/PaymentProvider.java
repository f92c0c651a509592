package dev.billhook.spi.provider;

import dev.billhook.ProviderScope;
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

/**
 * A payment provider's adapter, for one scope. Everything it throws is a {@link dev.billhook.error.ProviderException}; every
 * write carries the given key. All gateways are thread-safe.
 *
 * @since 0.1.0
 */
public interface PaymentProvider {
    /** The provider account and mode the adapter's key belongs to. */
    ProviderScope scope();

    /** Customers. */
    CustomerGateway customers();

    /** Subscriptions. */
    SubscriptionGateway subscriptions();

    /** Invoices that were not made. */
    EstimateGateway estimates();

    /** Add-ons with subscriptions of their own. */
    AddOnGateway addOns();

    /** Trials. */
    TrialGateway trials();

    /** The hosted payment page. */
    CheckoutGateway checkout();

    /** The hosted Customer Portal. */
    PortalGateway portal();

    /** Products and prices. */
    CatalogGateway catalog();

    /** Prices, older ones too. */
    PriceGateway prices();

    /** Invoices. */
    InvoiceGateway invoices();

    /** Credit notes and refunds. */
    CreditGateway credits();
    /** The catalog's coupons. */
    CouponGateway coupons();

    /** Promotion codes and discounts. */
    DiscountGateway discounts();

    /** Quotes. */
    QuoteGateway quotes();

    /** One-time purchases. */
    PurchaseGateway purchases();

    /** Payments. */
    PaymentGateway payments();

    /** What a help desk is told. */
    SupportGateway support();

    /** Usage of metered plans. */
    UsageGateway usage();

    /** Customers that were made before. */
    ImportGateway imports();

    /** Incoming events. */
    WebhookGateway webhooks();

    /** Where events are delivered to. */
    EndpointGateway endpoints();

    /** Events as the provider keeps them. */
    EventGateway events();

    /**
     * Signs what leaves the host and comes back. Every process with this adapter's key signs alike, so nothing is to be
     * configured; once the key is replaced, what was signed before is not recognised any more.
     *
     * @param purpose keeps signatures for different uses apart
     * @return 32 bytes nobody else can make
     */
    byte[] sign(String purpose, byte[] content);
}
