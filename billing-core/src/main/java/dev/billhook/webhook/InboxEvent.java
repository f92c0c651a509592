package dev.billhook.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event in the inbox.
 *
 * @param id the provider's event id
 * @param type the provider's event type, e.g. {@code customer.subscription.updated}
 * @param createdAt the provider's time of the event (UTC, whole seconds)
 * @param receivedAt when it was stored (UTC)
 * @param status how far it got
 * @param attempts how often applying it failed
 * @param nextAttemptAt when it is tried (again), or null if it is not
 * @param error the last failure in one line, or null
 * @param payload the raw body; kept only while it can still be needed, because it holds personal data
 * @since 0.1.0
 */
public record InboxEvent(
        String id,
        String type,
        Instant createdAt,
        Instant receivedAt,
        InboxStatus status,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable String error,
        @Nullable String payload) {

    /** This event, finished with the given status; its payload is dropped. */
    public InboxEvent finished(InboxStatus newStatus) {
        return new InboxEvent(id, type, createdAt, receivedAt, newStatus, attempts, null, null, null);
    }

    /** This event, to be applied at the given time. */
    public InboxEvent pending(int newAttempts, Instant next, @Nullable String newError, String newPayload) {
        return new InboxEvent(
                id, type, createdAt, receivedAt, InboxStatus.PENDING, newAttempts, next, newError, newPayload);
    }

    /** This event, kept without a next attempt. */
    public InboxEvent kept(InboxStatus newStatus, int newAttempts, @Nullable String newError, String newPayload) {
        return new InboxEvent(id, type, createdAt, receivedAt, newStatus, newAttempts, null, newError, newPayload);
    }

    /** Tells no payload: it holds personal data. */
    @Override
    public String toString() {
        return "InboxEvent[" + id + ", " + type + ", " + status + ", attempts=" + attempts + "]";
    }
}
