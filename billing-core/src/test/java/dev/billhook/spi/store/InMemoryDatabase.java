package dev.billhook.spi.store;

import dev.billhook.ProviderScope;
import dev.billhook.StoreException;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.event.OutboxEntry;
import dev.billhook.grant.Grant;
import dev.billhook.spi.store.endpoint.EndpointStore;
import dev.billhook.spi.store.notice.NoticeStore;
import dev.billhook.spi.store.offer.OfferStore;
import dev.billhook.spi.store.purchase.PurchaseStore;
import dev.billhook.usage.UsageEntry;
import dev.billhook.webhook.InboxEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of all scopes behind one lock. A transaction holds the lock to its end; a copy of the tables, taken when it
 * begins, is put back when it fails.
 */
final class InMemoryDatabase implements Transactor {
    private static final Logger LOG = LoggerFactory.getLogger(InMemoryDatabase.class);

    private final ReentrantLock lock = new ReentrantLock();
    private Map<ProviderScope, Tables> tables = new HashMap<>();
    private List<Runnable> hooks = new ArrayList<>();
    private boolean open;
    private boolean harmed;

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        lock.lock();
        List<Runnable> toRun;
        T result;
        try {
            if (open) {
                return join(work);
            }
            result = runOutermost(work);
            toRun = hooks;
            hooks = new ArrayList<>();
        } finally {
            lock.unlock();
        }
        toRun.forEach(InMemoryDatabase::runHook);
        return result;
    }

    private <T> T join(Supplier<T> work) {
        boolean done = false;
        try {
            T result = work.get();
            done = true;
            return result;
        } finally {
            harmed |= !done;
        }
    }

    private <T> T runOutermost(Supplier<T> work) {
        Map<ProviderScope, Tables> before = new HashMap<>();
        tables.forEach((scope, table) -> before.put(scope, table.copy()));
        boolean done = false;
        open = true;
        harmed = false;
        try {
            T result = work.get();
            if (harmed) {
                throw new StoreException("Rolled back: work that joined the transaction failed", false, null);
            }
            done = true;
            return result;
        } finally {
            open = false;
            if (!done) {
                tables = before;
                hooks = new ArrayList<>();
            }
        }
    }

    @Override
    public boolean isOpen() {
        return lock.isHeldByCurrentThread() && open;
    }

    @Override
    public void afterCommit(Runnable action) {
        if (isOpen()) {
            hooks.add(action);
        } else {
            runHook(action);
        }
    }

    private static void runHook(Runnable hook) {
        try {
            hook.run();
        } catch (RuntimeException e) {
            LOG.error("An action after commit failed; the transaction stays committed", e);
        }
    }

    /** Reads or writes the tables of a scope as one statement. */
    <T> T statement(ProviderScope scope, Function<Tables, T> action) {
        lock.lock();
        try {
            return action.apply(tables.computeIfAbsent(scope, key -> new Tables()));
        } finally {
            lock.unlock();
        }
    }

    /** Key of an outbox row. */
    record OutboxKey(String eventId, String listener) {
        static OutboxKey of(OutboxEntry entry) {
            return new OutboxKey(entry.event().id(), entry.listener());
        }
    }

    /** The rows of one scope; rows are immutable, insertion order is kept. */
    record Tables(
            Map<AccountRef, BillingAccount> accounts,
            Map<String, AccountRef> otherCustomers,
            Map<String, MirroredSubscription> subscriptions,
            Map<String, InboxEvent> inbox,
            Map<OutboxKey, OutboxEntry> outbox,
            Map<String, CheckoutStore.Visit> checkouts,
            Map<String, Grant> grants,
            Map<String, PurchaseStore.Row> purchases,
            Map<String, Instant> facts,
            Map<AccountRef, NoticeStore.Agenda> notices,
            Map<String, String> cursors,
            Map<String, OfferStore.Hold> places,
            Map<String, UsageEntry> usage,
            Map<String, EndpointStore.Kept> endpoints) {
        Tables() {
            this(
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>());
        }

        Tables copy() {
            return new Tables(
                    new LinkedHashMap<>(accounts),
                    new LinkedHashMap<>(otherCustomers),
                    new LinkedHashMap<>(subscriptions),
                    new LinkedHashMap<>(inbox),
                    new LinkedHashMap<>(outbox),
                    new LinkedHashMap<>(checkouts),
                    new LinkedHashMap<>(grants),
                    new LinkedHashMap<>(purchases),
                    new LinkedHashMap<>(facts),
                    new LinkedHashMap<>(notices),
                    new LinkedHashMap<>(cursors),
                    new LinkedHashMap<>(places),
                    new LinkedHashMap<>(usage),
                    new LinkedHashMap<>(endpoints));
        }
    }
}
