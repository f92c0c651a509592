package dev.billhook.internal.webhook;

import dev.billhook.StoreException;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.webhook.InboxEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Inserts events so that requests which come at the same time share one transaction: whoever gets the lock stores what all
 * others put into the queue meanwhile. Nobody waits for company; a lone request commits alone.
 */
final class SharedCommit {
    private static final int MOST = 200;

    private final BillingStores stores;
    private final Queue<Place> queue = new ConcurrentLinkedQueue<>();
    private final Lock turn = new ReentrantLock();

    SharedCommit(BillingStores stores) {
        this.stores = stores;
    }

    /** Stores the event; false if its id exists. Returns after the commit. */
    boolean insert(InboxEvent event) {
        Place place = new Place(event);
        queue.add(place);
        while (!place.done) {
            turn.lock();
            try {
                if (!place.done) {
                    storeQueued();
                }
            } finally {
                turn.unlock();
            }
        }
        return place.result();
    }

    private void storeQueued() {
        List<Place> places = new ArrayList<>();
        for (Place next = queue.poll(); next != null; next = places.size() < MOST ? queue.poll() : null) {
            places.add(next);
        }
        try {
            store(places);
        } catch (RuntimeException | Error failure) {
            if (places.size() == 1 || isOfDatabase(failure)) {
                places.forEach(place -> place.fail(failure));
                return;
            }
            places.forEach(this::storeAlone);
        }
    }

    /** What ails the database ails all: to try them one by one would have each wait for the same time-out. */
    private static boolean isOfDatabase(Throwable failure) {
        return failure instanceof StoreException store && store.retryable();
    }

    private void store(List<Place> places) {
        List<InboxEvent> events = places.stream().map(place -> place.event).toList();
        Set<String> inserted =
                stores.transactor().inTransaction(() -> stores.inbox().insertAll(events));
        Set<String> left = new HashSet<>(inserted);
        places.forEach(place -> place.finish(left.remove(place.event.id())));
    }

    private void storeAlone(Place place) {
        try {
            store(List.of(place));
        } catch (RuntimeException | Error failure) {
            place.fail(failure);
        }
    }

    /** A request in the queue. Written under the lock, read by its own thread. */
    private static final class Place {
        private final InboxEvent event;
        private volatile boolean done;
        private boolean inserted;
        private @Nullable Throwable failure;

        private Place(InboxEvent event) {
            this.event = event;
        }

        private void finish(boolean isNew) {
            inserted = isNew;
            done = true;
        }

        private void fail(Throwable why) {
            failure = why;
            done = true;
        }

        private boolean result() {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw (RuntimeException) failure;
            }
            return inserted;
        }
    }
}
