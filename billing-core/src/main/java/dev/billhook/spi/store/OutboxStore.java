package dev.billhook.spi.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
     */
    List<OutboxEntry> claimDue(Instant now, Duration lease, int max);

    /** Removes a delivered entry. */
    void delivered(OutboxEntry entry);

    /** Replaces status, attempts, next attempt and error. */
    void update(OutboxEntry entry);

    /** Number of entries not delivered yet, dead ones included. */
    long size();
}
