package dev.billhook.webhook;

import dev.billhook.account.AccountRef;
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
 * @param error the last failure, or the reason why it was discarded, or null
 * @param owner whom it is about, as far as it tells; kept while it is parked, else null
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
        @Nullable Owner owner,
        @Nullable String payload) {

    /** A new event to be applied at once. */
    public static InboxEvent received(String id, String type, Instant createdAt, Instant now, String payload) {
        return new InboxEvent(id, type, createdAt, now, InboxStatus.PENDING, 0, now, null, null, payload);
    }

    /** This event, finished with the given status; its payload is dropped. */
    public InboxEvent finished(InboxStatus newStatus) {
        return new InboxEvent(id, type, createdAt, receivedAt, newStatus, attempts, null, null, null, null);
    }

    /** This event, to be applied at the given time. */
    public InboxEvent pending(Instant next) {
        return new InboxEvent(
                id, type, createdAt, receivedAt, InboxStatus.PENDING, attempts, next, error, null, payload);
    }

    /** This event after one more failure, to be applied at the given time; with null, never again by itself. */
    public InboxEvent failed(String newError, @Nullable Instant next) {
        return new InboxEvent(
                id,
                type,
                createdAt,
                receivedAt,
                next == null ? InboxStatus.DEAD : InboxStatus.PENDING,
                attempts + 1,
                next,
                newError,
                null,
                payload);
    }

    /** This event, waiting until its owner is known. */
    public InboxEvent parked(Owner newOwner) {
        return new InboxEvent(
                id, type, createdAt, receivedAt, InboxStatus.PARKED, attempts, null, null, newOwner, payload);
    }

    /** This event as if it had just come, with the given body. */
    public InboxEvent replayed(Instant now, String newPayload) {
        return new InboxEvent(id, type, createdAt, receivedAt, InboxStatus.PENDING, 0, now, null, null, newPayload);
    }

    /** This event, given up for a reason; its payload is dropped. */
    public InboxEvent discarded(String reason) {
        return new InboxEvent(
                id, type, createdAt, receivedAt, InboxStatus.DISCARDED, attempts, null, reason, null, null);
    }

    /** Tells no payload: it holds personal data. */
    @Override
    public String toString() {
        return "InboxEvent[" + id + ", " + type + ", " + status + ", attempts=" + attempts + "]";
    }

    /**
     * Whom an event is about.
     *
     * @param customerId the provider's customer
     * @param account the account its metadata names, or null
     * @param accountTaken whether that account was there, but had another customer; else nobody knew it
     */
    public record Owner(String customerId, @Nullable AccountRef account, boolean accountTaken) {
        /** Of an account that nobody knows. */
        public Owner(String customerId, @Nullable AccountRef account) {
            this(customerId, account, false);
        }

        /** The same, of an account that has another customer. */
        public Owner ofTaken() {
            return new Owner(customerId, account, true);
        }
    }
}
