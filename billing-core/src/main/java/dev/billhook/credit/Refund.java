package dev.billhook.credit;

import dev.billhook.money.Money;
import java.time.Instant;

/**
 * Money that goes back to a payment method.
 *
 * @param id the provider's id; informational
 * @param amount how much
 * @param status how far it got; it can still fail days later
 * @param createdAt when it was made (UTC)
 * @since 0.1.0
 */
public record Refund(String id, Money amount, Status status, Instant createdAt) {
    /** How far a refund got. */
    public enum Status {
        /** On its way. */
        PENDING,
        /** Given to the bank. */
        SUCCEEDED,
        /** Refused by the bank; the money is back with the host. */
        FAILED,
        /** Stopped before it was sent. */
        CANCELED
    }
}
