package dev.billhook.internal;

import dev.billhook.Billing;
import dev.billhook.account.AccountService;
import dev.billhook.addon.AddOnService;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.sync.CatalogPublisher;
import dev.billhook.checkout.CheckoutService;
import dev.billhook.checkout.PortalService;
import dev.billhook.deletion.AccountDeletion;
import dev.billhook.discount.DiscountService;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.EntitlementResolver;
import dev.billhook.event.EventOutbox;
import dev.billhook.grant.GrantService;
import dev.billhook.imports.AccountImport;
import dev.billhook.invoice.InvoiceService;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.migration.PriceMigration;
import dev.billhook.offer.OfferService;
import dev.billhook.purchase.PurchaseService;
import dev.billhook.quote.QuoteService;
import dev.billhook.reconcile.Reconciler;
import dev.billhook.support.SupportDesk;
import dev.billhook.trial.TrialService;
import dev.billhook.unit.UnitService;
import dev.billhook.usage.UsageOutbox;
import dev.billhook.usage.UsageRecorder;
import dev.billhook.webhook.WebhookDispatcher;
import dev.billhook.webhook.WebhookInbox;
import dev.billhook.webhook.endpoint.WebhookEndpoints;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * See {@link Billing}.
 *
 * @param inForce tells the catalog that is in force
 */
record DefaultBilling(
        Supplier<Catalog> inForce,
        AccountService accounts,
        CheckoutService checkout,
        PortalService portal,
        SubscriptionService subscriptions,
        InvoiceService invoices,
        PurchaseService purchases,
        DiscountService discounts,
        UnitService units,
        UsageRecorder usage,
        AddOnService addOns,
        TrialService trials,
        QuoteService quotes,
        OfferService offers,
        EntitlementResolver entitlements,
        GrantService grants,
        AccountImport imports,
        AccountDeletion deletion,
        WebhookDispatcher webhooks,
        WebhookInbox inbox,
        EventOutbox outbox,
        UsageOutbox usageOutbox,
        WebhookEndpoints endpoints,
        SupportDesk support,
        Reconciler reconciler,
        CatalogPublisher catalogPublisher,
        PriceMigration migrations,
        Background background)
        implements Billing {
    @Override
    public Catalog catalog() {
        return inForce.get();
    }

    @Override
    public void replaceCatalog(Catalog catalog) {
        background.replaceCatalog(catalog, null);
    }

    @Override
    public void replaceCatalog(Catalog catalog, AccessPolicy policy) {
        background.replaceCatalog(catalog, policy);
    }

    @Override
    public int runDueWork() {
        return background.runDueWork();
    }

    @Override
    public void close() {
        background.close();
    }

    /** What runs by itself, whatever the catalog. */
    interface Background {
        /** See {@link Billing#runDueWork()}. */
        int runDueWork();

        /**
         * See {@link Billing#replaceCatalog(Catalog, AccessPolicy)}.
         *
         * @param policy null for that which is in force
         */
        void replaceCatalog(Catalog catalog, @Nullable AccessPolicy policy);

        /** See {@link Billing#close()}. */
        void close();
    }
}
