package dev.billhook.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event waiting for one after-commit listener.
 *
 * @param event the event; its id and the listener's name are the key
 * @param listener the listener's stable name
 * @param status how far it got
 * @param attempts how often the listener failed
 * @param nextAttemptAt when it is delivered (again) (UTC)
 * @param error the last failure in one line, or null
 * @since 0.1.0
 */
public record OutboxEntry(
        BillingEvent event,
        String listener,
        Status status,
        int attempts,
        Instant nextAttemptAt,
        @Nullable String error) {

    /** This entry as if it had just been appended. */
    public OutboxEntry retried(Instant now) {
        return new OutboxEntry(event, listener, Status.PENDING, 0, now, null);
    }

    /** How far a delivery got. */
    public enum Status {
        /** To be delivered. */
        PENDING,
        /** Failed too often; an operator decides. */
        DEAD
    }
}
