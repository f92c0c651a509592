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
    /** Of a customer that belongs to no known account yet. */
    PARKED,
    /** Failed too often; an operator decides. */
    DEAD
}
