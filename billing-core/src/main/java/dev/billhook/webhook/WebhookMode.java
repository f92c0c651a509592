package dev.billhook.webhook;

/**
 * When an event is applied.
 *
 * @since 0.1.0
 */
public enum WebhookMode {
    /** Before the answer, in the transaction that stores it. The mirror is up to date when the provider has its answer. */
    INLINE,
    /**
     * After the answer, by background threads and in batches. The answer only waits until the event is stored; requests that
     * come at the same time share a commit.
     */
    QUEUED
}
