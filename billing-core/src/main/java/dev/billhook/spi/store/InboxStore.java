package dev.billhook.spi.store;

import dev.billhook.webhook.InboxEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Events received from the provider; the event id is unique.
 *
 * @since 0.1.0
 */
public interface InboxStore {
    /** Inserts the event; false, and no change, if its id exists. Does not spoil the transaction. */
    boolean insert(InboxEvent event);

    /** Replaces status, attempts, next attempt, error and payload. */
    void update(InboxEvent event);

    /** The event of an id. */
    Optional<InboxEvent> find(String eventId);

    /**
     * Takes pending events whose next attempt is due, oldest {@code createdAt} first, and moves their next attempt to
     * {@code now + lease}, so that no other node takes them meanwhile. Rows that another node is taking are skipped.
     */
    List<InboxEvent> claimDue(Instant now, Duration lease, int max);
}
