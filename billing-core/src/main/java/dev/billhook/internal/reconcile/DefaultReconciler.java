package dev.billhook.internal.reconcile;

import dev.billhook.internal.purchase.PurchaseSync;
import dev.billhook.mirror.MirrorWriter;
import dev.billhook.reconcile.DriftReport;
import dev.billhook.reconcile.PastReplay;
import dev.billhook.reconcile.Reconciler;
import dev.billhook.reconcile.ReplayReport;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** See {@link Reconciler}. */
public final class DefaultReconciler implements Reconciler {
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final MirrorWriter mirror;
    private final PurchaseSync purchases;
    private final InstantSource clock;
    private final Runnable wakeUp;
    private final PastReplays pastReplays;

    /**
     * A reconciler between the provider and the stores behind the door.
     *
     * @param wakeUp has the background look at once
     */
    public DefaultReconciler(
            PaymentProvider provider,
            BillingStores stores,
            MirrorWriter mirror,
            PurchaseSync purchases,
            InstantSource clock,
            Runnable wakeUp) {
        this.provider = provider;
        this.stores = stores;
        this.mirror = mirror;
        this.purchases = purchases;
        this.clock = clock;
        this.wakeUp = wakeUp;
        this.pastReplays = new PastReplays(stores.cursors());
    }

    @Override
    public ReplayReport replay() {
        ReplayReport report = new EventReplay(stores, provider.events(), clock).run();
        pastReplays.save(new PastReplay(clock.instant(), report));
        if (report.missed() > 0) {
            wakeUp.run();
        }
        return report;
    }

    @Override
    public Optional<PastReplay> lastReplay() {
        return pastReplays.find();
    }

    @Override
    public DriftReport sweep(SweepRequest request) {
        Instant startedAt = clock.instant();
        SweepState state = new SweepState(stores.cursors(), request);
        Sweep sweep = new Sweep(new Comparison(mirror, request.repair()), state, () -> sleep(request.pause()));
        if (state.reaches(SweepState.Phase.SUBSCRIPTIONS)) {
            new SubscriptionSweep(provider, stores, sweep).run();
            state.reached(SweepState.Phase.PURCHASES, null, 0);
        }
        if (state.reaches(SweepState.Phase.PURCHASES)) {
            if (purchases.anySold()) {
                new PurchaseSweep(provider.purchases(), stores, purchases, sweep, clock).run();
            }
            state.reached(SweepState.Phase.CUSTOMERS, null, 0);
        }
        new CustomerSweep(provider, stores, sweep).run();
        state.finished();
        return new DriftReport(startedAt, clock.instant(), state.counts(), state.drifts());
    }

    private static void sleep(Duration pause) {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The sweep was interrupted; the next one resumes it", e);
        }
    }
}
