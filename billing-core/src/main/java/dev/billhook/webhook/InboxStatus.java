package dev.billhook.webhook;

/**
 * How far an event got.
 *
 * @since 0.1.0
 */
public enum InboxStatus {
    /** To be applied, or applied again after a failure. */
    PENDING,
    /** Applied. */
    DONE,
    /** Of a type that means nothing to Billhook. */
    IGNORED,
    /** Of a customer that belongs to no known account yet; applied once the account appears. */
    PARKED,
    /** Failed too often; an operator decides. */
    DEAD,
    /** Given up by an operator. */
    DISCARDED;

    /** Whether nothing follows by itself or on purpose, so that the event may be forgotten. */
    public boolean finished() {
        return this == DONE || this == IGNORED || this == DISCARDED;
    }
}
