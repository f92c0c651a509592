package dev.billhook.internal.webhook;

import dev.billhook.StoreException;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.Transactor;
import dev.billhook.webhook.InboxEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Inserts events; requests that come at the same time share a statement, which is committed by itself. */
final class SharedCommit {
    private final BillingStores stores;
    private final SharedWork<InboxEvent, Boolean> work;

    SharedCommit(BillingStores stores) {
        this.stores = stores;
        this.work = new SharedWork<>(
                new SingleStatement(stores.transactor()),
                this::insertAll,
                SharedCommit::isOfDatabase,
                SharedWork.Timing.AT_ONCE);
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

    /** No transaction around a statement that is one by itself: that saves a round trip. It joins one that is open. */
    private record SingleStatement(Transactor transactor) implements Transactor {
        @Override
        public <T> T inTransaction(Supplier<T> work) {
            return work.get();
        }

        @Override
        public boolean isOpen() {
            return transactor.isOpen();
        }

        @Override
        public void afterCommit(Runnable action) {
            transactor.afterCommit(action);
        }
    }
}
