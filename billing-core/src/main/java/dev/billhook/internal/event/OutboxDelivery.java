package dev.billhook.internal.event;

import dev.billhook.event.BillingListener;
import dev.billhook.event.OutboxEntry;
import dev.billhook.internal.failure.Failures;
import dev.billhook.spi.store.OutboxStore;
import dev.billhook.webhook.RetryPolicy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers the outbox to the after-commit listeners; each entry is retried alone. */
public final class OutboxDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxDelivery.class);
    private static final Duration LEASE = Duration.ofMinutes(5);

    private final OutboxStore outbox;
    private final Map<String, BillingListener> listeners;
    private final RetryPolicy retries;
    private final InstantSource clock;

    /** A delivery to the listeners by their names. */
    public OutboxDelivery(
            OutboxStore outbox, List<BillingListener> listeners, RetryPolicy retries, InstantSource clock) {
        this.outbox = outbox;
        this.listeners = listeners.stream().collect(Collectors.toMap(BillingListener::name, Function.identity()));
        this.retries = retries;
        this.clock = clock;
    }

    /** Delivers what is due, at most so many entries; returns how many were tried. */
    public int deliverDue(int max) {
        List<OutboxEntry> due = outbox.claimDue(clock.instant(), LEASE, max);
        due.forEach(this::deliver);
        return due.size();
    }

    private void deliver(OutboxEntry entry) {
        BillingListener listener = listeners.get(entry.listener());
        try {
            if (listener == null) {
                throw new IllegalStateException("No listener of this name is registered");
            }
            listener.on(entry.event());
            outbox.delivered(entry);
        } catch (RuntimeException failure) {
            failed(entry, failure);
        }
    }

    private void failed(OutboxEntry entry, RuntimeException failure) {
        int attempts = entry.attempts() + 1;
        boolean dead = retries.exhausted(attempts);
        outbox.update(new OutboxEntry(
                entry.event(),
                entry.listener(),
                dead ? OutboxEntry.Status.DEAD : OutboxEntry.Status.PENDING,
                attempts,
                clock.instant().plus(retries.delayAfter(attempts)),
                Failures.oneLine(failure)));
        LOG.warn(
                "Listener {} failed on event {} (attempt {}{})",
                entry.listener(),
                entry.event().id(),
                attempts,
                dead ? ", given up" : "",
                failure);
    }
}
