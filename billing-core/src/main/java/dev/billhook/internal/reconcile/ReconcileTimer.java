package dev.billhook.internal.reconcile;

import dev.billhook.reconcile.DriftReport;
import dev.billhook.reconcile.ReconcileSchedule;
import dev.billhook.reconcile.Reconciler;
import dev.billhook.reconcile.ReplayReport;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.spi.store.BillingStores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reconciles by schedule, on a daemon thread of its own: a sweep takes hours and must not hold up due work. */
public final class ReconcileTimer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReconcileTimer.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final long CLOSE_MILLIS = 5_000;

    private final Reconciler reconciler;
    private final ReconcileSchedule schedule;
    private final Turns turns;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Thread thread;

    /** A timer that is not started yet. */
    public ReconcileTimer(
            Reconciler reconciler, BillingStores stores, ReconcileSchedule schedule, InstantSource clock) {
        this.reconciler = reconciler;
        this.schedule = schedule;
        this.turns = new Turns(stores, clock);
    }

    /** Starts the thread, if there is anything to do. */
    public synchronized void start() {
        if (schedule.replayEvery() != null || schedule.sweepEvery() != null) {
            thread = new Thread(this::loop, "billhook-reconcile");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Interrupts a sweep; the next one resumes it. */
    @Override
    public synchronized void close() {
        closed.countDown();
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(CLOSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        try {
            do {
                run("replay", schedule.replayEvery(), this::replay);
                run("sweep", schedule.sweepEvery(), this::sweep);
            } while (!closed.await(shortestWait().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            LOG.debug("Stopped while waiting", stopped);
        }
    }

    private Duration shortestWait() {
        Duration replay = schedule.replayEvery();
        return replay == null || replay.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : replay;
    }

    /** A failure must not end the thread. */
    private void run(String job, @Nullable Duration interval, Runnable work) {
        if (interval == null || closed.getCount() == 0) {
            return;
        }
        try {
            turns.run(job, interval, work);
        } catch (Throwable failure) {
            if (closed.getCount() > 0) {
                LOG.warn("The {} of the provider's data failed; it is tried again later", job, failure);
            }
        }
    }

    private void replay() {
        ReplayReport report = reconciler.replay();
        if (report.missed() > 0) {
            LOG.info("{} of {} events had not arrived and are taken in now", report.missed(), report.listed());
        }
        if (!report.complete()) {
            LOG.warn("The provider has forgotten events since the last replay; run a sweep to find what they told");
        }
    }

    private void sweep() {
        SweepRequest request = schedule.repair() ? SweepRequest.repairing() : SweepRequest.dryRun();
        DriftReport report = reconciler.sweep(request.named("schedule"));
        if (report.counts().drifted() > 0) {
            LOG.warn("The mirror differed from the provider:\n{}", report.toTable());
        }
    }
}
