package dev.billhook.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What operators look at and decide: the events that came in and what became of them. Thread-safe.
 *
 * @since 0.1.0
 */
public interface WebhookInbox {
    /** The event of an id. */
    Optional<InboxEvent> find(String eventId);

    /** Events that fit the query, newest first. */
    List<InboxEvent> list(InboxQuery query);

    /** Number of events of each status that occurs. */
    Map<InboxStatus, Long> count();

    /** When the oldest of those that are to be applied was received (UTC), or empty if there is none. */
    Optional<Instant> oldestPending();

    /**
     * Applies an event again, in the background. The body of a finished event is dropped, so it is asked for at the provider,
     * which keeps events for 30 days. Applying an event twice does no harm: the mirror never goes back, and facts are told
     * once.
     *
     * @throws dev.billhook.NotFoundException if there is no such event, or the provider no longer has its body
     */
    void replay(String eventId);

    /**
     * Applies all events that fit the query again, in the background; the query's limit bounds a page, not the whole.
     *
     * @return how many
     */
    int replayAll(InboxQuery query);

    /**
     * Gives an event up.
     *
     * @param reason for whoever asks later; no personal data
     * @throws dev.billhook.NotFoundException if there is no such event
     * @throws dev.billhook.InvalidStateException if it is finished
     */
    void discard(String eventId, String reason);

    /**
     * Forgets finished events. What waits, is parked or dead is never forgotten.
     *
     * @param receivedBefore only those received before (UTC)
     * @return how many
     */
    int prune(Instant receivedBefore);
}
