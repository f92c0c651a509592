package dev.billhook.credit;

import dev.billhook.money.Money;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Money that goes back to where it was paid from: in one part, or in several if several payments are given back.
 *
 * @param parts at least one, of one currency; the latest payment's first
 * @since 0.1.0
 */
public record Refund(List<Part> parts) {
    /**
     * Copies the parts.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Refund {
        parts = List.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("A refund has at least one part");
        }
    }

    /** How much, all parts together. */
    public Money amount() {
        return parts.stream().map(Part::amount).reduce(Money::plus).orElseThrow();
    }

    /** How far the part got that got least far. */
    public Status status() {
        return parts.stream().map(Part::status).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** When the first part was made (UTC). */
    public Instant createdAt() {
        return parts.stream()
                .map(Part::createdAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /**
     * What goes back of one payment.
     *
     * @param id the provider's id; informational
     * @param amount how much
     * @param status how far it got; it can still fail days later
     * @param createdAt when it was made (UTC)
     */
    public record Part(String id, Money amount, Status status, Instant createdAt) {}

    /** How far a refund got, from well to badly. */
    public enum Status {
        /** Given to the bank. */
        SUCCEEDED,
        /** On its way. */
        PENDING,
        /** Stopped before it was sent. */
        CANCELED,
        /** Refused by the bank; the money is back with the host. */
        FAILED
    }
}
