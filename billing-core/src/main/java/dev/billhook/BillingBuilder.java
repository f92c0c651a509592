package dev.billhook;

import dev.billhook.account.AccountService;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.CheckoutService;
import dev.billhook.conversion.PlanConverter;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.AccessRules;
import dev.billhook.event.BillingListener;
import dev.billhook.internal.DefaultBilling;
import dev.billhook.internal.DueWork;
import dev.billhook.internal.DueWork.Job;
import dev.billhook.internal.account.CustomerProvisioner;
import dev.billhook.internal.account.DefaultAccountService;
import dev.billhook.internal.catalog.DefaultCatalogPublisher;
import dev.billhook.internal.checkout.DefaultCheckoutService;
import dev.billhook.internal.checkout.DefaultPortalService;
import dev.billhook.internal.checkout.Visits;
import dev.billhook.internal.entitlement.DefaultEntitlementResolver;
import dev.billhook.internal.event.DefaultEventOutbox;
import dev.billhook.internal.event.EventPublisher;
import dev.billhook.internal.event.OutboxDelivery;
import dev.billhook.internal.mirror.DefaultMirrorWriter;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.reconcile.DefaultReconciler;
import dev.billhook.internal.reconcile.ReconcileTimer;
import dev.billhook.internal.subscription.DefaultSubscriptionService;
import dev.billhook.internal.webhook.DefaultWebhookDispatcher;
import dev.billhook.internal.webhook.DefaultWebhookInbox;
import dev.billhook.internal.webhook.Housekeeping;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.reconcile.ReconcileSchedule;
import dev.billhook.reconcile.Reconciler;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.subscription.SubscriptionService;
import dev.billhook.webhook.RetryPolicy;
import dev.billhook.webhook.WebhookDispatcher;
import dev.billhook.webhook.WebhookInbox;
import dev.billhook.webhook.WebhookMode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link Billing}. The only place where its parts are put together. Containers that know {@code jakarta.inject}
 * can inject it once catalog, provider and stores are bound. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class BillingBuilder {
    /** How often the background thread looks for due work unless told otherwise. */
    public static final Duration DEFAULT_BACKGROUND_INTERVAL = Duration.ofSeconds(5);

    /** How long finished events are remembered unless told otherwise. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(60);

    /** The shortest time finished events can be remembered: so long the provider may deliver one again. */
    public static final Duration SHORTEST_RETENTION = Duration.ofDays(30);

    private final Catalog catalog;
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final List<BillingListener> listeners = new ArrayList<>();
    private InstantSource clock = InstantSource.system();
    private AccessPolicy accessPolicy = AccessPolicy.STANDARD;
    private RetryPolicy retryPolicy = RetryPolicy.STANDARD;
    private WebhookMode webhookMode = WebhookMode.INLINE;
    private Duration retention = DEFAULT_RETENTION;
    private ReconcileSchedule reconcileSchedule = ReconcileSchedule.STANDARD;
    private @Nullable Duration backgroundInterval = DEFAULT_BACKGROUND_INTERVAL;
    private @Nullable PlanConverter planConverter;

    /** Starts with the three parts every billing needs. */
    @Inject
    public BillingBuilder(Catalog catalog, PaymentProvider provider, BillingStores stores) {
        this.catalog = catalog;
        this.provider = provider;
        this.stores = stores;
    }

    /** What "now" is for access, retries and leases; the system clock unless told otherwise. */
    public BillingBuilder clock(InstantSource newClock) {
        this.clock = newClock;
        return this;
    }

    /** What late and ended subscriptions may do; {@link AccessPolicy#STANDARD} unless told otherwise. */
    public BillingBuilder accessPolicy(AccessPolicy policy) {
        this.accessPolicy = policy;
        return this;
    }

    /** When failed events are tried again; {@link RetryPolicy#STANDARD} unless told otherwise. */
    public BillingBuilder retryPolicy(RetryPolicy policy) {
        this.retryPolicy = policy;
        return this;
    }

    /** When events are applied; {@link WebhookMode#INLINE} unless told otherwise. */
    public BillingBuilder webhookMode(WebhookMode mode) {
        this.webhookMode = mode;
        return this;
    }

    /**
     * How long finished events are remembered; {@link #DEFAULT_RETENTION} unless told otherwise. Within this time an event that
     * is delivered again is told from a new one.
     *
     * @throws IllegalArgumentException if it is shorter than the 30 days within which the provider may deliver an event again
     */
    public BillingBuilder retention(Duration time) {
        if (time.compareTo(SHORTEST_RETENTION) < 0) {
            throw new IllegalArgumentException(
                    "Events must be remembered for at least 30 days: that long the provider may"
                            + " deliver one again");
        }
        this.retention = time;
        return this;
    }

    /** How plans are changed; {@link PlanConverter#standard} unless told otherwise. */
    public BillingBuilder planConverter(PlanConverter converter) {
        this.planConverter = converter;
        return this;
    }

    /** Adds a listener. */
    public BillingBuilder listener(BillingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Adds listeners. */
    public BillingBuilder listeners(List<? extends BillingListener> more) {
        listeners.addAll(more);
        return this;
    }

    /** How often the background thread looks for due work; it is woken at once by new events. */
    public BillingBuilder backgroundInterval(Duration interval) {
        this.backgroundInterval = interval;
        return this;
    }

    /** What the background reconciles by itself; {@link ReconcileSchedule#STANDARD} unless told otherwise. */
    public BillingBuilder reconcile(ReconcileSchedule schedule) {
        this.reconcileSchedule = schedule;
        return this;
    }

    /**
     * Starts no background threads: the host calls {@link Billing#runDueWork()}, and {@link Billing#reconciler()} now and then.
     */
    public BillingBuilder withoutBackgroundWork() {
        this.backgroundInterval = null;
        return this;
    }

    /**
     * Puts the billing together and starts its background thread.
     *
     * @throws BillingException if provider and stores are of different scopes, or two listeners have the same name
     */
    public Billing build() {
        check();
        DueWork dueWork = new DueWork();
        EventPublisher publisher = new EventPublisher(stores, listeners, clock, dueWork::wakeUp);
        MirrorWriter mirror = new DefaultMirrorWriter(stores, publisher, clock, dueWork::wakeUp, this::isMain);
        MirrorSync sync = new MirrorSync(provider, stores, mirror);
        AccountService accounts = new DefaultAccountService(stores, clock, dueWork::wakeUp);
        SubscriptionService subscriptions = subscriptions(sync);
        WebhookDispatcher webhooks = webhooks(mirror, sync, dueWork);
        WebhookInbox inbox = new DefaultWebhookInbox(stores, provider.events(), clock, dueWork::wakeUp);
        start(dueWork, webhooks, inbox);
        Reconciler reconciler = new DefaultReconciler(provider, stores, mirror, clock, dueWork::wakeUp);
        ReconcileTimer reconcileTimer = new ReconcileTimer(
                reconciler, stores, backgroundInterval == null ? ReconcileSchedule.NONE : reconcileSchedule, clock);
        reconcileTimer.start();
        return new DefaultBilling(
                catalog,
                accounts,
                checkout(accounts, mirror, sync),
                new DefaultPortalService(accounts, subscriptions, provider.portal()),
                subscriptions,
                new DefaultEntitlementResolver(stores.subscriptions(), new AccessRules(catalog, accessPolicy), clock),
                webhooks,
                inbox,
                new DefaultEventOutbox(stores, clock, dueWork::wakeUp),
                reconciler,
                new DefaultCatalogPublisher(catalog, provider.catalog()),
                new DefaultBilling.Background(dueWork, reconcileTimer));
    }

    /** A plan the catalog no longer has counts as one: better told of two subscriptions in vain than not at all. */
    private boolean isMain(PlanKey plan) {
        return catalog.findPlan(plan).map(known -> !known.product().addOn()).orElse(true);
    }

    private SubscriptionService subscriptions(MirrorSync sync) {
        return new DefaultSubscriptionService(
                catalog,
                planConverter == null ? PlanConverter.standard(catalog) : planConverter,
                provider.subscriptions(),
                stores.subscriptions(),
                sync);
    }

    private CheckoutService checkout(AccountService accounts, MirrorWriter mirror, MirrorSync sync) {
        return new DefaultCheckoutService(
                catalog,
                new CustomerProvisioner(accounts, provider.customers(), mirror),
                stores.subscriptions(),
                new Visits(provider.checkout(), stores.checkouts(), sync, clock));
    }

    private WebhookDispatcher webhooks(MirrorWriter mirror, MirrorSync sync, DueWork dueWork) {
        return new DefaultWebhookDispatcher(
                provider,
                stores,
                new DefaultWebhookDispatcher.MirrorAccess(mirror, sync),
                new DefaultWebhookDispatcher.Settings(webhookMode, retryPolicy, clock, dueWork::wakeUp));
    }

    /** Listeners have a lane of their own: the inbox may wait for the provider, and they must not wait with it. */
    private void start(DueWork dueWork, WebhookDispatcher webhooks, WebhookInbox inbox) {
        Housekeeping housekeeping = new Housekeeping(stores, inbox, retention, clock);
        OutboxDelivery outbox = new OutboxDelivery(stores.outbox(), listeners, retryPolicy, clock, dueWork::wakeUp);
        dueWork.start(
                List.of(
                        Job.of("inbox", housekeeping::unpark),
                        Job.of("inbox", webhooks::processDue),
                        new Job("outbox", outbox::handOut, outbox::deliverDue),
                        Job.of("inbox", housekeeping::prune)),
                backgroundInterval,
                outbox::close);
    }

    private void check() {
        if (!provider.scope().equals(stores.scope())) {
            throw new BillingException("The provider is of scope " + provider.scope() + " and the stores are of "
                    + stores.scope() + "; give both the same");
        }
        Set<String> names = new HashSet<>();
        for (BillingListener listener : listeners) {
            if (!names.add(listener.name())) {
                throw new BillingException("Two listeners are named '" + listener.name()
                        + "'; undelivered events are kept by name, so give each its own with BillingListener.named");
            }
        }
    }
}
