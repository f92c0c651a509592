package dev.billhook.webhook;

/**
 * What became of a webhook request.
 *
 * @since 0.1.0
 */
public sealed interface WebhookOutcome {
    /** The HTTP status to answer: 200 as soon as the event is safe, 4xx if it never will be, 503 if it may be later. */
    default int httpStatus() {
        return this instanceof Rejected rejected ? rejected.reason().httpStatus() : 200;
    }

    /** The event is in the mirror, or was older than it. */
    record Applied(String eventId, String type) implements WebhookOutcome {}

    /** The event is stored and applied in the background. */
    record Queued(String eventId, String type) implements WebhookOutcome {}

    /** The event was received before. */
    record Duplicate(String eventId) implements WebhookOutcome {}

    /** The event's type means nothing to Billhook; noted. */
    record Ignored(String eventId, String type) implements WebhookOutcome {}

    /** The event's customer belongs to no known account; kept. */
    record Parked(String eventId, String type) implements WebhookOutcome {}

    /** Applying failed; the event is kept and tried again. */
    record Deferred(String eventId, String type) implements WebhookOutcome {}

    /**
     * The request was refused; nothing is stored.
     *
     * @param reason why
     * @param detail one line for the sender, free of secrets
     */
    record Rejected(Rejection reason, String detail) implements WebhookOutcome {}

    /** Billing is switched off: nothing is verified, nothing is stored, and the provider shall deliver the event again. */
    record SwitchedOff() implements WebhookOutcome {
        @Override
        public int httpStatus() {
            return 503;
        }
    }
}
