package dev.billhook.spi.store;

import dev.billhook.account.BillingAccount;
import dev.billhook.event.OutboxEntry;
import dev.billhook.spi.store.notice.NoticeStore;
import dev.billhook.webhook.InboxEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mirror's rows as the door reads and writes them: many at a time, in few round trips. Only the door reads and writes
 * rows, within a transaction; facts are remembered by others too.
 *
 * @since 0.1.0
 */
public interface MirrorStore {
    /**
     * Locks the accounts of the customers until the transaction ends, in an order that is the same for every caller. Then, if
     * there are subscription ids, reads these subscriptions and whatever else of the accounts is
     * {@link dev.billhook.subscription.SubscriptionStatus#running() running}. What is not there is left out.
     */
    Rows lock(Collection<String> customerIds, Collection<String> subscriptionIds);

    /**
     * Inserts new events as {@link InboxStore#insertAll} does, and then locks and reads as {@link #lock} does, in as few round
     * trips as may be. If no event is new or there are no customers, nothing need be locked.
     */
    Arrival receive(List<InboxEvent> events, Collection<String> customerIds, Collection<String> subscriptionIds);

    /**
     * Writes accounts and subscriptions with the versions they carry, and appends to the outbox as {@link OutboxStore#append}
     * does, and marks accounts as {@link NoticeStore#mark} does.
     *
     * @throws dev.billhook.StoreException if a subscription's row is not the one that was read
     */
    void write(
            List<BillingAccount> accounts,
            List<SubscriptionWrite> subscriptions,
            List<OutboxEntry> entries,
            List<NoticeStore.Mark> marks);

    /** Writes what brings no look nearer. */
    default void write(
            List<BillingAccount> accounts, List<SubscriptionWrite> subscriptions, List<OutboxEntry> entries) {
        write(accounts, subscriptions, entries, List.of());
    }

    /**
     * Remembers facts that were told.
     *
     * @return those that were not known before
     */
    Set<String> remember(Collection<String> keys, Instant now);

    /** Those of the facts that are remembered. */
    Set<String> remembered(Collection<String> keys);

    /**
     * Forgets facts that were told before the given time.
     *
     * @return how many
     */
    int forget(Instant before);

    /**
     * What was read.
     *
     * @param accounts by customer id
     * @param subscriptions by id; those asked for, and those of the accounts that run
     */
    record Rows(Map<String, BillingAccount> accounts, Map<String, MirroredSubscription> subscriptions) {
        /** Nothing. */
        public static final Rows NONE = new Rows(Map.of(), Map.of());
    }

    /**
     * What came of new events.
     *
     * @param inserted ids of the events that were not there before
     * @param rows what was read
     */
    record Arrival(Set<String> inserted, Rows rows) {}

    /**
     * A subscription to write.
     *
     * @param before the row as it was read, or null if there was none
     * @param after the row as it shall be
     */
    record SubscriptionWrite(@Nullable MirroredSubscription before, MirroredSubscription after) {}
}
