package dev.billhook.spi.store;

import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.InboxStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Events received from the provider; the event id is unique.
 *
 * @since 0.1.0
 */
public interface InboxStore {
    /**
     * Inserts the events whose ids do not exist yet. Does not spoil the transaction; if none is open, they are committed on
     * return. Answers the ids it inserted.
     */
    Set<String> insertAll(List<InboxEvent> events);

    /** Inserts the event; false, and no change, if its id exists. */
    default boolean insert(InboxEvent event) {
        return !insertAll(List.of(event)).isEmpty();
    }

    /** Replaces status, attempts, next attempt, error, owner and payload of each. */
    void updateAll(List<InboxEvent> events);

    /** Like {@link #updateAll} for one. */
    default void update(InboxEvent event) {
        updateAll(List.of(event));
    }

    /** The event of an id. */
    Optional<InboxEvent> find(String eventId);

    /**
     * Pending events whose next attempt is due, oldest {@code createdAt} first, locked until the transaction ends. Rows that
     * another transaction has locked are skipped.
     */
    List<InboxEvent> lockDue(Instant now, int max);

    /**
     * The event of an id, locked until the transaction ends, if it is pending, due, and no other transaction has it.
     */
    Optional<InboxEvent> lockDue(String eventId, Instant now);

    /** Events that fit the query, newest {@code receivedAt} first. */
    List<InboxEvent> list(InboxQuery query);

    /** Number of events of each status that occurs. */
    Map<InboxStatus, Long> count();

    /** The least {@code receivedAt} of pending events, or empty if there is none. */
    Optional<Instant> oldestPending();

    /**
     * Makes parked events due whose owner is known by now: their customer is one of an account's, or their metadata names a
     * registered account that has no living customer. Answers how many.
     */
    int unparkKnown(Instant now);

    /** Deletes finished events (done, ignored, discarded) received before the time, at most so many. Answers how many. */
    int prune(Instant receivedBefore, int max);
}
