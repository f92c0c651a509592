package dev.billhook.internal.event;

import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.event.OutboxEntry;
import dev.billhook.spi.store.BillingStores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Hands events to the in-transaction listeners and, for the others, to the outbox. Called by the door, and by the timer that tells what no change tells. */
public final class EventPublisher {
    private final BillingStores stores;
    private final List<BillingListener> inTransaction;
    private final List<BillingListener> afterCommit;
    private final InstantSource clock;
    private final Runnable wakeUp;

    /**
     * @param wakeUp called after a commit that left something in the outbox
     */
    public EventPublisher(BillingStores stores, List<BillingListener> listeners, InstantSource clock, Runnable wakeUp) {
        this.stores = stores;
        this.inTransaction = ofPhase(listeners, ListenerPhase.IN_TRANSACTION);
        this.afterCommit = ofPhase(listeners, ListenerPhase.AFTER_COMMIT);
        this.clock = clock;
        this.wakeUp = wakeUp;
    }

    /** Writes events to the outbox and tells the listeners in the transaction; for what does not go through the door. */
    public void publish(List<BillingEvent> events) {
        stores.outbox().append(entries(events));
        tell(events);
    }

    /** What the outbox gets of the events; the background is woken once the open transaction commits. */
    public List<OutboxEntry> entries(List<BillingEvent> events) {
        Instant now = clock.instant();
        List<OutboxEntry> entries = new ArrayList<>();
        for (BillingEvent event : events) {
            for (BillingListener listener : afterCommit) {
                if (listener.wants(event)) {
                    entries.add(new OutboxEntry(event, listener.name(), OutboxEntry.Status.PENDING, 0, now, null));
                }
            }
        }
        if (!entries.isEmpty()) {
            stores.transactor().afterCommit(wakeUp);
        }
        return entries;
    }

    /** Tells the listeners in the transaction, in order; the mirror is written already. */
    public void tell(List<BillingEvent> events) {
        for (BillingEvent event : events) {
            inTransaction.stream().filter(listener -> listener.wants(event)).forEach(listener -> listener.on(event));
        }
    }

    private static List<BillingListener> ofPhase(List<BillingListener> listeners, ListenerPhase phase) {
        return listeners.stream().filter(listener -> listener.phase() == phase).toList();
    }
}
