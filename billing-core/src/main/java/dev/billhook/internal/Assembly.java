package dev.billhook.internal;

import dev.billhook.Billing;
import dev.billhook.account.AccountRef;
import dev.billhook.account.AccountService;
import dev.billhook.account.BillingDetail;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.AllowedOrigins;
import dev.billhook.conversion.PlanConverter;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.AccessRules;
import dev.billhook.event.BillingListener;
import dev.billhook.grant.GrantService;
import dev.billhook.imports.AccountImport;
import dev.billhook.internal.DueWork.Job;
import dev.billhook.internal.account.CustomerProvisioner;
import dev.billhook.internal.account.DefaultAccountService;
import dev.billhook.internal.catalog.DefaultCatalogPublisher;
import dev.billhook.internal.checkout.Visits;
import dev.billhook.internal.deletion.DefaultAccountDeletion;
import dev.billhook.internal.endpoint.DefaultWebhookEndpoints;
import dev.billhook.internal.endpoint.KeptSecrets;
import dev.billhook.internal.entitlement.DefaultEntitlementResolver;
import dev.billhook.internal.event.DefaultEventOutbox;
import dev.billhook.internal.event.EventPublisher;
import dev.billhook.internal.event.OutboxDelivery;
import dev.billhook.internal.event.Reaction;
import dev.billhook.internal.grant.DefaultGrantService;
import dev.billhook.internal.imports.DefaultAccountImport;
import dev.billhook.internal.migration.DefaultPriceMigration;
import dev.billhook.internal.mirror.DefaultMirrorWriter;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.internal.offer.DefaultOfferService;
import dev.billhook.internal.offer.Places;
import dev.billhook.internal.purchase.DefaultPurchaseService;
import dev.billhook.internal.purchase.FormerSubscription;
import dev.billhook.internal.purchase.PurchaseSync;
import dev.billhook.internal.reconcile.DefaultReconciler;
import dev.billhook.internal.support.DefaultSupportDesk;
import dev.billhook.internal.usage.DefaultUsageOutbox;
import dev.billhook.internal.usage.DefaultUsageRecorder;
import dev.billhook.internal.usage.UsageSender;
import dev.billhook.internal.webhook.DefaultWebhookDispatcher;
import dev.billhook.internal.webhook.DefaultWebhookInbox;
import dev.billhook.internal.webhook.Housekeeping;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.purchase.SaleRules;
import dev.billhook.reconcile.ReconcileSchedule;
import dev.billhook.reconcile.Reconciler;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.trial.TrialService;
import dev.billhook.unit.UnitService;
import dev.billhook.webhook.RetryPolicy;
import dev.billhook.webhook.WebhookDispatcher;
import dev.billhook.webhook.WebhookInbox;
import dev.billhook.webhook.WebhookMode;
import dev.billhook.webhook.endpoint.WebhookEndpoints;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The only place where the parts of a {@link Billing} are put together, for one catalog. For one use. */
public final class Assembly {
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final Rules rules;
    private final Work work;
    private final Lasting lasting;
    private final DueWork dueWork;
    private final AccountService accounts;
    private final DefaultMirrorWriter mirror;
    private final MirrorSync sync;
    private final CustomerProvisioner customers;
    private final PurchaseSync purchases;
    private final DefaultEntitlementResolver entitlements;
    private final DefaultAccountDeletion deletion;
    private final EventPublisher publisher;
    private final TimedNotices notices;

    /** Of these parts. */
    Assembly(PaymentProvider provider, BillingStores stores, Rules rules, Work work, Lasting lasting) {
        this.provider = provider;
        this.stores = stores;
        this.rules = rules;
        this.work = work;
        this.lasting = lasting;
        this.dueWork = lasting.dueWork();
        this.publisher = new EventPublisher(stores, lasting.listeners(), work.clock(), dueWork::wakeUp);
        this.notices = new TimedNotices(provider, stores, rules, rules.accessRules(), work.clock());
        this.entitlements = lasting.entitlements();
        this.mirror = new DefaultMirrorWriter(
                stores, publisher, work.clock(), dueWork::wakeUp, this::isMain, entitlements::changing, notices::looks);
        this.sync = new MirrorSync(provider, stores, mirror);
        this.deletion = new DefaultAccountDeletion(provider, stores, sync, publisher, work.clock(), this::deleted);
        SaleRules sales = new SaleRules(rules.catalog(), rules.extras().purchases());
        this.purchases = new PurchaseSync(provider.purchases(), stores.purchases(), sales, sync, mirror);
        this.accounts = new DefaultAccountService(
                stores, provider.customers(), rules.requiredDetails(), work.clock(), dueWork::wakeUp);
        this.customers = new CustomerProvisioner(accounts, provider.customers(), mirror);
    }

    /**
     * Puts it together.
     *
     * @param background what it runs by
     */
    Parts assemble(DefaultBilling.Background background) {
        Places places = new Places(rules.catalog(), stores, work.clock());
        SubscriptionAssembly parts = new SubscriptionAssembly(provider, stores, rules, sync, places, work.clock());
        UnitService units = parts.units();
        TrialService trials = parts.trials(accounts);
        SubscriptionService subscriptions = parts.subscriptions(units);
        List<Reaction> reactions = reactions(parts, subscriptions);
        SaleAssembly sales = new SaleAssembly(
                provider, stores, rules, work.clock(), new SaleAssembly.Parts(accounts, customers, sync, places));
        Visits visits = sales.visits(purchases);
        WebhookDispatcher webhooks = dispatcher(visits);
        WebhookInbox inbox = new DefaultWebhookInbox(stores, provider.events(), work.clock(), dueWork::wakeUp);
        GrantService grants = grants();
        DefaultBilling billing = new DefaultBilling(
                rules::catalog,
                accounts,
                sales.checkout(visits, trials),
                sales.portal(subscriptions),
                subscriptions,
                sales.invoices(subscriptions),
                new DefaultPurchaseService(stores.purchases(), provider.purchases(), provider.credits(), purchases),
                sales.discounts(subscriptions, parts.turns()),
                units,
                new DefaultUsageRecorder(rules.catalog(), stores, provider.usage(), work.clock(), dueWork::wakeUp),
                parts.addOns(),
                trials,
                sales.quotes(subscriptions, trials),
                new DefaultOfferService(rules.catalog(), stores.offers(), work.clock()),
                entitlements,
                grants,
                imports(grants),
                deletion,
                webhooks,
                inbox,
                new DefaultEventOutbox(stores, work.clock(), dueWork::wakeUp),
                new DefaultUsageOutbox(stores, work.clock(), dueWork::wakeUp),
                endpoints(),
                new DefaultSupportDesk(
                        rules.catalog(),
                        stores.accounts(),
                        provider.support(),
                        rules.extras().support()),
                reconciler(),
                new DefaultCatalogPublisher(rules.catalog(), provider.catalog(), provider.coupons()),
                new DefaultPriceMigration(rules.catalog(), provider, stores, sync, work.clock()),
                background);
        return new Parts(billing, reactions, jobs(webhooks, inbox));
    }

    private WebhookEndpoints endpoints() {
        KeptSecrets secrets = new KeptSecrets(stores.endpoints(), rules.extras().secretKeys());
        return new DefaultWebhookEndpoints(provider.endpoints(), secrets, work.clock());
    }

    private GrantService grants() {
        return new DefaultGrantService(rules.catalog(), accounts, stores, work.clock(), this::accessChanged);
    }

    private Reconciler reconciler() {
        return new DefaultReconciler(provider, stores, mirror, purchases, work.clock(), dueWork::wakeUp);
    }

    /** A plan the catalog no longer has counts as one: better told of two subscriptions in vain than not at all. */
    private boolean isMain(PlanKey plan) {
        return rules.catalog()
                .findPlan(plan)
                .map(known -> !known.product().addOn())
                .orElse(true);
    }

    private void accessChanged(AccountRef account) {
        entitlements.changing(Set.of(account));
        notices.accessChanged(account);
    }

    private void deleted(AccountRef account) {
        entitlements.changing(Set.of(account));
        notices.deleted(account);
    }

    private AccountImport imports(GrantService grants) {
        EventPublisher nobody = new EventPublisher(stores, List.of(), work.clock(), dueWork::wakeUp);
        DefaultMirrorWriter quiet = new DefaultMirrorWriter(
                stores, nobody, work.clock(), dueWork::wakeUp, this::isMain, entitlements::changing, notices::looks);
        return new DefaultAccountImport(
                rules.catalog(),
                provider,
                stores,
                new DefaultAccountImport.Parts(accounts, grants, mirror, quiet),
                work.clock());
    }

    private WebhookDispatcher dispatcher(Visits visits) {
        return new DefaultWebhookDispatcher(
                provider,
                stores,
                new DefaultWebhookDispatcher.MirrorAccess(mirror, sync, visits, purchases),
                new DefaultWebhookDispatcher.Settings(
                        work.webhookMode(), work.retryPolicy(), work.clock(), dueWork::wakeUp));
    }

    private List<Reaction> reactions(SubscriptionAssembly parts, SubscriptionService subscriptions) {
        Reaction formerSubscription = new FormerSubscription(
                rules.catalog(),
                stores.purchases(),
                subscriptions,
                rules.extras().purchases().remainder());
        return Stream.concat(parts.reactions(mirror).stream(), Stream.of(deletion, formerSubscription))
                .toList();
    }

    /**
     * Listeners and usage have lanes of their own: the inbox may wait for the provider, and they must not wait with it, nor it
     * with them.
     */
    private List<Job> jobs(WebhookDispatcher webhooks, WebhookInbox inbox) {
        Housekeeping housekeeping = new Housekeeping(stores, inbox, work.retention(), work.clock());
        UsageSender usage =
                new UsageSender(provider.usage(), stores, work.retryPolicy(), work.usageRetention(), work.clock());
        return List.of(
                Job.gathered("inbox", housekeeping::unpark),
                Job.gathered("inbox", webhooks::processDue),
                Job.prompt("outbox", lasting.outbox()::handOut, lasting.outbox()::deliverDue),
                notices.job(publisher),
                Job.gathered("inbox", housekeeping::prune),
                Job.gathered("usage", usage::sendDue),
                Job.gathered("usage", usage::prune));
    }

    /**
     * What outlives the catalog it was begun with.
     *
     * @param listeners the host's, and Billhook's own
     */
    record Lasting(
            DueWork dueWork,
            List<BillingListener> listeners,
            OutboxDelivery outbox,
            DefaultEntitlementResolver entitlements) {}

    /**
     * What is put together.
     *
     * @param reactions what follows from events
     * @param jobs what is to be done again and again
     */
    record Parts(DefaultBilling billing, List<Reaction> reactions, List<Job> jobs) {}

    /**
     * What is decided by.
     *
     * @param converters how plans of a catalog are changed
     */
    public record Rules(
            Catalog catalog,
            AccessSettings access,
            Function<Catalog, PlanConverter> converters,
            Set<BillingDetail> requiredDetails,
            AllowedOrigins origins,
            ExtraRules extras) {
        PlanConverter converter() {
            return converters.apply(catalog);
        }

        AccessRules accessRules() {
            return new AccessRules(catalog, access.policy());
        }

        Rules with(Catalog another, AccessPolicy policy) {
            return new Rules(another, access.with(policy), converters, requiredDetails, origins, extras);
        }
    }

    /**
     * How and when work is done; without an interval there is no background thread.
     *
     * @param systemTime whether the clock is the system's
     */
    public record Work(
            InstantSource clock,
            boolean systemTime,
            List<BillingListener> listeners,
            RetryPolicy retryPolicy,
            WebhookMode webhookMode,
            Duration retention,
            Duration usageRetention,
            ReconcileSchedule reconcileSchedule,
            Optional<Duration> backgroundInterval) {}
}
