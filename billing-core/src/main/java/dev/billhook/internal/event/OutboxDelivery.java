package dev.billhook.internal.event;

import dev.billhook.event.BillingListener;
import dev.billhook.event.OutboxEntry;
import dev.billhook.internal.failure.Failures;
import dev.billhook.spi.store.OutboxStore;
import dev.billhook.webhook.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the outbox to the after-commit listeners; each entry is retried alone, and a listener that takes long or hangs
 * holds up itself only.
 */
public final class OutboxDelivery implements AutoCloseable {
    /** How long entries that were taken stay hidden from other nodes; what is not delivered by then is taken again. */
    public static final Duration LEASE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(OutboxDelivery.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OutboxStore outbox;
    private final Map<String, BillingListener> listeners;
    private final RetryPolicy retries;
    private final InstantSource clock;
    private final ListenerThreads threads;
    private final Runnable wakeUp;

    /**
     * A delivery to the listeners by their names.
     *
     * @param wakeUp has the background look for more
     */
    public OutboxDelivery(
            OutboxStore outbox,
            List<BillingListener> listeners,
            RetryPolicy retries,
            InstantSource clock,
            Runnable wakeUp) {
        this.outbox = outbox;
        this.listeners = listeners.stream().collect(Collectors.toMap(BillingListener::name, Function.identity()));
        this.retries = retries;
        this.clock = clock;
        this.threads = new ListenerThreads(clock, LEASE, PATIENCE);
        this.wakeUp = wakeUp;
    }

    /** Delivers what is due on this thread, at most so many entries; returns how many were taken. */
    public int deliverDue(int max) {
        return claim(max, (listener, work) -> work.run());
    }

    /** Has the listeners' own threads deliver what is due, at most so many entries; returns how many were taken. */
    public int handOut(int max) {
        threads.overdue()
                .forEach((listener, since) -> LOG.warn(
                        "Listener {} has not come back since {}; events for it wait, other listeners go on",
                        listener,
                        since));
        return claim(max, (listener, work) -> threads.run(listener, work, wakeUp));
    }

    /** Waits a little for listeners at work, then interrupts them. */
    @Override
    public void close() {
        threads.close();
    }

    private int claim(int max, Runner runner) {
        Instant now = clock.instant();
        List<OutboxEntry> due = outbox.claimDue(now, LEASE, max, threads.busy());
        Map<String, List<OutboxEntry>> byListener = new LinkedHashMap<>();
        due.forEach(entry -> byListener
                .computeIfAbsent(entry.listener(), listener -> new ArrayList<>())
                .add(entry));
        byListener.forEach((listener, entries) -> runner.run(listener, () -> deliver(entries, now.plus(LEASE))));
        return due.size();
    }

    /** What is not begun when the lease ends is left: another node may have taken it. */
    private void deliver(List<OutboxEntry> entries, Instant leaseEnd) {
        for (OutboxEntry entry : entries) {
            if (!clock.instant().isBefore(leaseEnd)) {
                LOG.info("Listener {} is slow; its other events come back later", entry.listener());
                return;
            }
            deliver(entry);
        }
    }

    private void deliver(OutboxEntry entry) {
        BillingListener listener = listeners.get(entry.listener());
        try {
            if (listener == null) {
                throw new IllegalStateException("No listener of this name is registered");
            }
            listener.on(entry.event());
        } catch (Throwable failure) {
            failed(entry, failure);
            return;
        }
        outbox.delivered(entry);
    }

    private void failed(OutboxEntry entry, Throwable failure) {
        int attempts = entry.attempts() + 1;
        boolean dead = retries.exhausted(attempts);
        LOG.warn(
                "Listener {} failed on event {} (attempt {}{})",
                entry.listener(),
                entry.event().id(),
                attempts,
                dead ? ", given up" : "",
                failure);
        outbox.update(new OutboxEntry(
                entry.event(),
                entry.listener(),
                dead ? OutboxEntry.Status.DEAD : OutboxEntry.Status.PENDING,
                attempts,
                clock.instant().plus(retries.delayAfter(attempts)),
                Failures.oneLine(failure)));
    }

    /** Who calls a listener. */
    private interface Runner {
        void run(String listener, Runnable work);
    }
}
