package dev.billhook.simulator.event;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One background thread for each endpoint, and the count of what is still to be done. Thread-safe. */
final class Lanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    private final Map<String, ScheduledExecutorService> threads = new ConcurrentHashMap<>();
    private final Object monitor = new Object();
    private int unfinished;
    private volatile boolean closed;

    /** Does something on an endpoint's thread after a delay; what has no delay is done in order. */
    void run(String endpointId, Duration delay, Runnable work) {
        begin();
        try {
            var unused = lane(endpointId).schedule(() -> guarded(work), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed before a delivery to {}", endpointId);
            end();
        }
    }

    /** Does something short on an endpoint's thread after a delay, without being waited for. */
    void later(String endpointId, Duration delay, Runnable work) {
        if (!closed) {
            var unused = lane(endpointId).schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whether everything is to be given up. */
    boolean isClosed() {
        return closed;
    }

    /** How much is under way or waits for its delay to pass. */
    int unfinished() {
        synchronized (monitor) {
            return unfinished;
        }
    }

    /** Waits until everything is done; false when that takes longer. */
    boolean await(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (monitor) {
            while (unfinished > 0) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(monitor, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.values().forEach(ScheduledExecutorService::shutdownNow);
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("a delivery failed", e);
        } finally {
            end();
        }
    }

    private void begin() {
        synchronized (monitor) {
            unfinished++;
        }
    }

    private void end() {
        synchronized (monitor) {
            unfinished--;
            monitor.notifyAll();
        }
    }

    private ScheduledExecutorService lane(String endpointId) {
        return threads.computeIfAbsent(endpointId, Lanes::thread);
    }

    private static ScheduledExecutorService thread(String endpointId) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "billing-simulator-webhook-" + endpointId);
            thread.setDaemon(true);
            return thread;
        });
    }
}
