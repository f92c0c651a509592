package dev.billhook.event;

/**
 * When a listener is called.
 *
 * @since 0.1.0
 */
public enum ListenerPhase {
    /** In the transaction that changes the mirror: what the host writes to the same database commits with it, exactly once. */
    IN_TRANSACTION,
    /** After that commit, from the outbox: at least once, in the account's order, retried alone. For mail and calls. */
    AFTER_COMMIT
}
