package dev.billhook.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what is due, on a daemon thread of its own or when the host says so. */
public final class DueWork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DueWork.class);
    private static final int BATCH = 100;
    private static final long CLOSE_MILLIS = 10_000;

    private final Semaphore wakeUps = new Semaphore(0);
    private volatile List<IntUnaryOperator> jobs = List.of();
    private volatile boolean closed;
    private @Nullable Thread thread;

    /**
     * Begins.
     *
     * @param newJobs each takes the most items to work on and answers how many it did
     * @param interval time between two looks, or null for no thread
     */
    public synchronized void start(List<IntUnaryOperator> newJobs, @Nullable Duration interval) {
        jobs = List.copyOf(newJobs);
        if (interval != null) {
            thread = new Thread(() -> loop(interval), "billhook-due-work");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Has the background thread, if there is one, look at once. */
    public void wakeUp() {
        wakeUps.release();
    }

    /** Works on one batch of each kind; answers how many items that were. */
    public int runOnce() {
        return jobs.stream().mapToInt(job -> job.applyAsInt(BATCH)).sum();
    }

    @Override
    public synchronized void close() {
        closed = true;
        wakeUp();
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            running.join(CLOSE_MILLIS);
            running.interrupt();
        } catch (InterruptedException interrupted) {
            running.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void loop(Duration interval) {
        try {
            while (!closed) {
                if (wakeUps.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
                runAll();
            }
        } catch (InterruptedException stopped) {
            LOG.debug("Stopped while waiting; what is due waits for the next start", stopped);
        }
    }

    /** A failure must not end the thread. */
    private void runAll() {
        try {
            int done = 1;
            while (done > 0 && !closed) {
                done = runOnce();
            }
        } catch (RuntimeException failure) {
            LOG.warn("Due work failed; it is tried again at the next interval", failure);
        }
    }
}
