package dev.billhook.internal.event;

import dev.billhook.NotFoundException;
import dev.billhook.event.EventOutbox;
import dev.billhook.event.OutboxEntry;
import dev.billhook.event.OutboxQuery;
import dev.billhook.event.OutboxSummary;
import dev.billhook.spi.store.BillingStores;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** See {@link EventOutbox}. */
public final class DefaultEventOutbox implements EventOutbox {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultEventOutbox.class);

    private final BillingStores stores;
    private final InstantSource clock;
    private final Runnable wakeUp;

    /**
     * An outbox on the given stores.
     *
     * @param wakeUp has the background look at once
     */
    public DefaultEventOutbox(BillingStores stores, InstantSource clock, Runnable wakeUp) {
        this.stores = stores;
        this.clock = clock;
        this.wakeUp = wakeUp;
    }

    @Override
    public Optional<OutboxEntry> find(String eventId, String listener) {
        return stores.outbox().find(eventId, listener);
    }

    @Override
    public List<OutboxEntry> list(OutboxQuery query) {
        return stores.outbox().list(query);
    }

    @Override
    public OutboxSummary summary() {
        return stores.outbox().summary();
    }

    @Override
    public void retry(String eventId, String listener) {
        stores.outbox().update(get(eventId, listener).retried(clock.instant()));
        wakeUp.run();
    }

    @Override
    public int retryAll(OutboxQuery query) {
        int retried = stores.outbox().retryAll(query, clock.instant());
        wakeUp.run();
        return retried;
    }

    @Override
    public void discard(String eventId, String listener, String reason) {
        stores.outbox().delivered(get(eventId, listener));
        LOG.info("Event {} discarded for listener {}: {}", eventId, listener, reason);
    }

    private OutboxEntry get(String eventId, String listener) {
        return find(eventId, listener)
                .orElseThrow(() -> new NotFoundException(
                        "event for listener " + listener,
                        eventId,
                        "Delivered events are gone, and the listener's name must be exact."));
    }
}
