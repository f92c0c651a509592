package dev.billhook.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what is due, on a daemon thread of its own or when the host says so. */
public final class DueWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DueWork.class);
    private static final int BATCH = 100;

    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile List<IntUnaryOperator> jobs = List.of();
    private volatile @Nullable ScheduledExecutorService executor;

    /**
     * Begins.
     *
     * @param retryDue takes the most items to work on and answers how many it did
     * @param deliverDue likewise
     * @param interval time between two looks, or null for no thread
     */
    public void start(IntUnaryOperator retryDue, IntUnaryOperator deliverDue, @Nullable Duration interval) {
        jobs = List.of(retryDue, deliverDue);
        if (interval != null) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "billhook-due-work");
                thread.setDaemon(true);
                return thread;
            });
            executor = started;
            started.scheduleWithFixedDelay(
                    this::runAll, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Has the background thread, if there is one, look at once. */
    public void wakeUp() {
        ScheduledExecutorService current = executor;
        if (current == null || !woken.compareAndSet(false, true)) {
            return;
        }
        try {
            current.execute(this::runAll);
        } catch (RejectedExecutionException closing) {
            LOG.debug("Closing; what is due waits for the next start", closing);
        }
    }

    /** Works on one batch of each kind; answers how many items that were. */
    public int runOnce() {
        return jobs.stream().mapToInt(job -> job.applyAsInt(BATCH)).sum();
    }

    @Override
    public void close() {
        ScheduledExecutorService current = executor;
        if (current == null) {
            return;
        }
        current.shutdown();
        try {
            if (!current.awaitTermination(10, TimeUnit.SECONDS)) {
                current.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            current.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Must not throw: a scheduled task that throws is never run again. */
    private void runAll() {
        woken.set(false);
        try {
            int done = runOnce();
            while (done > 0 && !Thread.currentThread().isInterrupted()) {
                done = runOnce();
            }
        } catch (RuntimeException failure) {
            LOG.warn("Due work failed; it is tried again at the next interval", failure);
        }
    }
}
