package dev.billhook.event;

import java.util.List;
import java.util.Optional;

/**
 * What operators look at and decide: events on their way to after-commit listeners. Delivered ones are gone. An entry is known
 * by its event's id and its listener's name. Thread-safe.
 *
 * @since 0.1.0
 */
public interface EventOutbox {
    /** The entry of an event and a listener. */
    Optional<OutboxEntry> find(String eventId, String listener);

    /** Entries that fit the query, as they were appended. */
    List<OutboxEntry> list(OutboxQuery query);

    /** How many there are, and how long the first of them waits. */
    OutboxSummary summary();

    /**
     * Calls the listener again, in the background and before later events of the account; all its attempts are before it again.
     *
     * @throws dev.billhook.NotFoundException if there is no such entry
     */
    void retry(String eventId, String listener);

    /**
     * Calls the listeners again for all entries that fit the query; the query's limit means nothing.
     *
     * @return how many
     */
    int retryAll(OutboxQuery query);

    /**
     * Gives an entry up: its listener will not be told. The reason goes to the log, the entry is gone.
     *
     * @param reason no personal data
     * @throws dev.billhook.NotFoundException if there is no such entry
     */
    void discard(String eventId, String listener, String reason);
}
