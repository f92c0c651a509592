package dev.billhook.spi.store;

import dev.billhook.event.OutboxEntry;
import dev.billhook.event.OutboxQuery;
import dev.billhook.event.OutboxSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Events on their way to after-commit listeners. Delivered entries are deleted.
 *
 * @since 0.1.0
 */
public interface OutboxStore {
    /** Appends entries in order; one whose key waits already is left as it is. */
    void append(List<OutboxEntry> entries);

    /**
     * Takes due entries in the order they were appended and moves their next attempt to {@code now + lease}. Of one account
     * and listener only the first pending entry is taken, so that a later event never overtakes an earlier one; a
     * {@link OutboxEntry.Status#DEAD} entry blocks nothing. Rows that another node is taking are skipped.
     *
     * @param busy names of listeners whose entries are left alone
     */
    List<OutboxEntry> claimDue(Instant now, Duration lease, int max, Set<String> busy);

    /** Takes due entries of all listeners. */
    default List<OutboxEntry> claimDue(Instant now, Duration lease, int max) {
        return claimDue(now, lease, max, Set.of());
    }

    /** Removes an entry that is delivered or given up. */
    void delivered(OutboxEntry entry);

    /** Replaces status, attempts, next attempt and error. */
    void update(OutboxEntry entry);

    /** The entry of an event and a listener. */
    Optional<OutboxEntry> find(String eventId, String listener);

    /** Entries that fit the query, as they were appended. */
    List<OutboxEntry> list(OutboxQuery query);

    /**
     * Makes all entries that fit the query due at once, as if they had just been appended; the query's limit means nothing.
     * Answers how many.
     */
    int retryAll(OutboxQuery query, Instant now);

    /** How many there are, and since when the first of them is due. */
    OutboxSummary summary();

    /** Number of entries not delivered yet, dead ones included. */
    long size();
}
