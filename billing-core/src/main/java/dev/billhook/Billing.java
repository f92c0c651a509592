package dev.billhook;

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
import dev.billhook.internal.endpoint.KeptSecrets;
import dev.billhook.invoice.InvoiceService;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.migration.PriceMigration;
import dev.billhook.offer.OfferService;
import dev.billhook.purchase.PurchaseService;
import dev.billhook.quote.QuoteService;
import dev.billhook.reconcile.Reconciler;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.support.SupportDesk;
import dev.billhook.trial.TrialService;
import dev.billhook.unit.UnitService;
import dev.billhook.usage.UsageOutbox;
import dev.billhook.usage.UsageRecorder;
import dev.billhook.webhook.WebhookDispatcher;
import dev.billhook.webhook.WebhookInbox;
import dev.billhook.webhook.endpoint.SecretKeys;
import dev.billhook.webhook.endpoint.SigningSecret;
import dev.billhook.webhook.endpoint.WebhookEndpoints;
import java.util.List;

/**
 * Billing for one account at the payment provider: everything a host asks and commands. A host with several provider
 * accounts has several. Thread-safe; close it to stop its background threads.
 *
 * <p>Verbs mean the same everywhere: {@code find} answers an Optional, {@code get} throws {@link NotFoundException},
 * {@code require} throws if something is denied, {@code list} answers a list.
 *
 * @since 0.1.0
 */
public interface Billing extends AutoCloseable {
    /** Starts describing a billing: a catalog, a provider and stores are all it needs. */
    static BillingBuilder builder(Catalog catalog, PaymentProvider provider, BillingStores stores) {
        return new BillingBuilder(catalog, provider, stores);
    }

    /**
     * A billing that is switched off: everything is allowed ({@link EntitlementResolver}, reason {@code SWITCHED_OFF}), and neither
     * provider nor database is called. Every account counts as registered; lists are empty; commands throw
     * {@link BillingSwitchedOffException}, but for usage, of which nothing is recorded; webhooks are answered 503, so that the provider keeps what it has to tell.
     *
     * @param catalog what everybody has
     */
    static Billing off(Catalog catalog) {
        return BillingBuilder.off(catalog);
    }

    /** The same without a catalog; everything a host asks for is allowed. */
    static Billing off() {
        return off(Catalog.of(List.of()));
    }

    /**
     * The signing secrets that are kept for an environment, for its application to hand to the provider's adapter when it starts;
     * see {@link WebhookEndpoints}. One, or several while it is being rotated; none if it was not registered.
     *
     * @throws BillingException if none of the keys opens one
     * @throws StoreException if the database cannot be read
     */
    static List<SigningSecret> endpointSecrets(BillingStores stores, SecretKeys keys, String environment) {
        return new KeptSecrets(stores.endpoints(), keys).list(environment);
    }

    /** Whether this billing is switched off, see {@link #off(Catalog)}; where it is, offer nothing for sale. */
    default boolean switchedOff() {
        return false;
    }

    /** What is for sale now. */
    Catalog catalog();

    /**
     * Sells by another catalog from now on, and has subscribers have what it gives them; the access policy stays. Once this
     * returns, every call goes by the new catalog, also on services of this billing that the host has kept; a call that is
     * under way finishes by the one it began with. Remembered answers about access are forgotten. The provider is told nothing: what is new for sale must be
     * {@linkplain #catalogPublisher() published} first. Of several nodes each must be told.
     */
    void replaceCatalog(Catalog catalog);

    /** The same, with another access policy. */
    void replaceCatalog(Catalog catalog, AccessPolicy policy);

    /** Registers accounts and tells what is known of them. */
    AccountService accounts();

    /** Sends accounts to the payment page and takes them back. */
    CheckoutService checkout();

    /** Sends accounts to the Customer Portal. */
    PortalService portal();

    /** Reads and changes subscriptions. */
    SubscriptionService subscriptions();

    /** Tells, pays and takes back what accounts are charged. */
    InvoiceService invoices();

    /** Tells and pays back what accounts paid for once. */
    PurchaseService purchases();

    /** Checks, redeems and makes promotion codes. */
    DiscountService discounts();

    /** Buys and gives back units. */
    UnitService units();

    /** Counts what accounts use of metered plans. */
    UsageRecorder usage();

    /** Adds, changes and removes what accounts have on top of their plans. */
    AddOnService addOns();

    /** Decides who gets a free trial, and changes trials that run. */
    TrialService trials();

    /** Offers accounts subscriptions and changes of them. */
    QuoteService quotes();

    /** Tells how many places limited plans have left. */
    OfferService offers();

    /** Tells what an account may do now. */
    EntitlementResolver entitlements();

    /** Gives access that is not bought. */
    GrantService grants();

    /** Takes in users the host had before, with the customers they have at the provider. */
    AccountImport imports();

    /** Deletes accounts. */
    AccountDeletion deletion();

    /** Takes in the provider's events. */
    WebhookDispatcher webhooks();

    /** The events that came in, for operators. */
    WebhookInbox inbox();

    /** The events that go out to after-commit listeners, for operators. */
    EventOutbox outbox();

    /** Usage on its way to the provider, for operators. */
    UsageOutbox usageOutbox();

    /** Registers where the provider delivers its events to, for operators. */
    WebhookEndpoints endpoints();

    /** Tells a help desk who its customers are. */
    SupportDesk support();

    /** Finds and takes in what was missed. */
    Reconciler reconciler();

    /** Brings the provider's products, prices and Customer Portal in line with the catalog. */
    CatalogPublisher catalogPublisher();

    /** Moves subscribers of older prices to the present ones. */
    PriceMigration migrations();

    /**
     * Does what is due: queued, failed and parked webhook events, what accounts are told by time, events for after-commit listeners,
     * usage to be reported. The background thread calls it; a host
     * that switched that off calls it from its own scheduler.
     *
     * @return how many items were worked on; 0 means there is nothing left for now
     */
    int runDueWork();

    /** Stops the background threads after the item they work on. */
    @Override
    void close();
}
