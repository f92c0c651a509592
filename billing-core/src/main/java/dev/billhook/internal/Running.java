package dev.billhook.internal;

import dev.billhook.Billing;
import dev.billhook.catalog.Catalog;
import dev.billhook.enforcement.Enforcement;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.event.BillingListener;
import dev.billhook.internal.entitlement.DefaultEntitlementResolver;
import dev.billhook.internal.entitlement.Shadow;
import dev.billhook.internal.event.OutboxDelivery;
import dev.billhook.internal.event.OwnListener;
import dev.billhook.internal.reconcile.ReconcileTimer;
import dev.billhook.reconcile.ReconcileSchedule;
import dev.billhook.reconcile.Reconciler;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a billing, and goes on while its catalog is replaced: threads, listeners and the table of remembered answers stay, all
 * else is put together anew. What was put together before finishes what it has begun, beside the new: the two get on like
 * two nodes of which one has the new catalog already.
 */
public final class Running implements DefaultBilling.Background {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);

    private final PaymentProvider provider;
    private final BillingStores stores;
    private final Assembly.Work work;
    private final OwnListener ownListener = new OwnListener();
    private final Assembly.Lasting lasting;
    private final ReconcileTimer timer;
    private Assembly.Rules rules;
    private volatile Assembly.Parts parts;

    private Running(PaymentProvider provider, BillingStores stores, Assembly.Rules rules, Assembly.Work work) {
        this.provider = provider;
        this.stores = stores;
        this.work = work;
        this.rules = rules;
        DueWork dueWork = new DueWork();
        List<BillingListener> listeners =
                Stream.concat(work.listeners().stream(), Stream.of(ownListener)).toList();
        this.lasting = new Assembly.Lasting(
                dueWork,
                listeners,
                new OutboxDelivery(stores.outbox(), listeners, work.retryPolicy(), work.clock(), dueWork::wakeUp),
                entitlements());
        this.parts = assemble(rules);
        this.timer = new ReconcileTimer(
                Following.service(Reconciler.class, () -> parts.billing().reconciler()),
                stores,
                work.backgroundInterval().isEmpty() ? ReconcileSchedule.NONE : work.reconcileSchedule(),
                work.clock());
    }

    /** Puts a billing together and starts its background threads. */
    public static Billing start(
            PaymentProvider provider, BillingStores stores, Assembly.Rules rules, Assembly.Work work) {
        Running running = new Running(provider, stores, rules, work);
        running.start();
        return Following.billing(() -> running.parts.billing());
    }

    private void start() {
        ownListener.reactWith(parts.reactions());
        timer.start();
        lasting.dueWork().start(parts.jobs(), work.backgroundInterval().orElse(null), () -> {
            lasting.outbox().close();
            lasting.entitlements().close();
        });
        lasting.entitlements()
                .start(work.systemTime() && work.backgroundInterval().isPresent());
    }

    /** Remembered answers go last: what is decided from then on is decided by the new catalog. */
    @Override
    public synchronized void replaceCatalog(Catalog catalog, @Nullable AccessPolicy policy) {
        Assembly.Rules others =
                rules.with(catalog, policy == null ? rules.access().policy() : policy);
        Assembly.Parts fresh = assemble(others);
        rules = others;
        parts = fresh;
        ownListener.reactWith(fresh.reactions());
        lasting.dueWork().replace(fresh.jobs());
        lasting.entitlements().follow(others.accessRules());
        LOG.info(
                "The catalog was replaced; {} products and {} plans are for sale now",
                catalog.products().size(),
                catalog.plans().size());
    }

    @Override
    public int runDueWork() {
        return lasting.dueWork().runOnce();
    }

    @Override
    public void close() {
        timer.close();
        lasting.dueWork().close();
    }

    private Assembly.Parts assemble(Assembly.Rules by) {
        return new Assembly(provider, stores, by, work, lasting).assemble(this);
    }

    private DefaultEntitlementResolver entitlements() {
        AccessSettings access = rules.access();
        return new DefaultEntitlementResolver(
                stores.access(),
                stores.transactor(),
                rules.accessRules(),
                access.caching(),
                onDenial(access, work.clock()),
                access.signals(),
                work.clock());
    }

    private static Entitlements.OnDenial onDenial(AccessSettings access, InstantSource clock) {
        return access.enforcement() == Enforcement.ENFORCED
                ? Entitlements.OnDenial.DENY
                : new Shadow(access.shadowObserver(), clock);
    }
}
