package dev.billhook.spi.store.usage;

import dev.billhook.account.AccountRef;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageOutboxSummary;
import dev.billhook.usage.UsageQuery;
import dev.billhook.usage.UsageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Usage records, on their way to the provider and after, by their ids.
 *
 * @since 0.1.0
 */
public interface UsageStore {
    /**
     * Inserts all entries whose ids are free; all or none if it fails. Joins the open transaction.
     *
     * @return ids of those that were inserted
     */
    Set<String> insertAll(Collection<UsageEntry> entries);

    /**
     * Takes due entries, those due for longest first, and moves their next attempt to {@code now + lease}. From now on the provider may
     * have them: entries that were certain until now are unsure since {@code now} in the database. They are answered as they were
     * before. Rows that another node is taking are skipped.
     */
    List<UsageEntry> claimDue(Instant now, Duration lease, int max);

    /** Replaces status, attempts, next attempt, unsure since, and error. */
    void update(UsageEntry entry);

    /** The quantities of an account's records by status, of those that occurred within {@code from <= t < until}. */
    Map<UsageStatus, Long> sums(AccountRef account, String meter, Instant from, Instant until);

    /** Entries that fit the query, the earliest use first. */
    List<UsageEntry> list(UsageQuery query);

    /** How many wait, and since when. */
    UsageOutboxSummary summary();

    /**
     * Makes all dead entries that fit the query pending and due at once, as if they had just been recorded; the query's status and
     * limit mean nothing. Answers how many.
     */
    int retryDead(UsageQuery query, Instant now);

    /** Discards a dead entry; false if there is none of the id. */
    boolean discardDead(String id);

    /** Forgets sent and discarded entries that occurred before the time; answers how many. */
    int forget(Instant before);
}
