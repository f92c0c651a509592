package dev.billhook.internal.webhook;

import dev.billhook.StoreException;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.webhook.InboxEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Inserts events; requests that come at the same time share a commit. */
final class SharedCommit {
    private final BillingStores stores;
    private final SharedWork<InboxEvent, Boolean> work;

    SharedCommit(BillingStores stores) {
        this.stores = stores;
        this.work = new SharedWork<>(stores.transactor(), this::insertAll, SharedCommit::isOfDatabase);
    }

    /** Stores the event; false if its id exists. Returns after the commit. */
    boolean insert(InboxEvent event) {
        return work.run(event);
    }

    /** What ails the database ails all: to try them one by one would have each wait for the same time-out. */
    private static boolean isOfDatabase(Throwable failure) {
        return failure instanceof StoreException store && store.retryable();
    }

    private List<Boolean> insertAll(List<InboxEvent> events) {
        Set<String> inserted = new HashSet<>(stores.inbox().insertAll(events));
        return events.stream().map(event -> inserted.remove(event.id())).toList();
    }
}
