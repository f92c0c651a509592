package dev.billhook.internal.event;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each listener a thread while it has something to do, so that one that hangs holds up itself only. Thread-safe; the
 * threads are daemons and end when there is nothing to do.
 */
final class ListenerThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerThreads.class);

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "billhook-listener");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Instant> busySince = new ConcurrentHashMap<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final InstantSource clock;
    private final Duration tooLong;
    private final Duration patience;

    /**
     * @param tooLong after how long a listener is overdue
     * @param patience how long closing waits for listeners before it interrupts them
     */
    ListenerThreads(InstantSource clock, Duration tooLong, Duration patience) {
        this.clock = clock;
        this.tooLong = tooLong;
        this.patience = patience;
    }

    /** The listeners that are at work. */
    Set<String> busy() {
        return Set.copyOf(busySince.keySet());
    }

    /**
     * Runs the work in a thread of the listener.
     *
     * @param afterwards runs when the listener is free again
     */
    void run(String listener, Runnable work, Runnable afterwards) {
        busySince.put(listener, clock.instant());
        try {
            threads.execute(() -> runNamed(listener, work, afterwards));
        } catch (RejectedExecutionException closed) {
            busySince.remove(listener);
            LOG.debug("Closed before listener {} was called; its events come back when their lease ends", listener);
        }
    }

    /** Listeners that have been at work for too long, each told once as long as it does not come back. */
    Map<String, Instant> overdue() {
        Instant limit = clock.instant().minus(tooLong);
        Map<String, Instant> overdue = new TreeMap<>();
        busySince.forEach((listener, since) -> {
            if (!since.isAfter(limit) && reported.add(listener)) {
                overdue.put(listener, since);
            }
        });
        return overdue;
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Closing without listeners {}; their events are told again at the next start", busy());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }

    private void runNamed(String listener, Runnable work, Runnable afterwards) {
        Thread.currentThread().setName("billhook-listener-" + listener);
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.warn("Deliveries to listener {} broke off; they come back when their lease ends", listener, failure);
        } finally {
            busySince.remove(listener);
            reported.remove(listener);
            Thread.currentThread().setName("billhook-listener");
            afterwards.run();
        }
    }
}
