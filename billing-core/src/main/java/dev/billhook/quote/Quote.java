package dev.billhook.quote;

import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.PlanKey;
import dev.billhook.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An offer to an account: a new subscription, or a change of the one it has. All amounts are in one currency. Source: Stripe, "How
 * quotes work".
 *
 * @param id the provider's id; {@link QuoteService} takes it back, for this account only
 * @param number what is printed on it, or null if it was never completed
 * @param kind whether it is about a new subscription or a change
 * @param status how far it got
 * @param plan the plan that is offered
 * @param units how many units are offered, or null if a change keeps what fits
 * @param lines what the subscription would consist of, and what is charged once
 * @param recurring what each period would cost
 * @param upfront what a new subscription's first invoice would be; null for changes, see {@link QuoteService#estimate}
 * @param interval how often it would be charged
 * @param createdAt when it was made (UTC)
 * @param expiresAt until when it can be accepted (UTC)
 * @param acceptance when and for when it was accepted, or null
 * @since 0.1.0
 */
public record Quote(
        String id,
        @Nullable String number,
        Kind kind,
        Status status,
        PlanKey plan,
        @Nullable Long units,
        List<Line> lines,
        Totals recurring,
        @Nullable Totals upfront,
        BillingInterval interval,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Acceptance acceptance) {
    /** Copies the lines. */
    public Quote {
        lines = List.copyOf(lines);
    }

    /** The same in another status. */
    public Quote withStatus(Status newStatus) {
        return new Quote(
                id,
                number,
                kind,
                newStatus,
                plan,
                units,
                lines,
                recurring,
                upfront,
                interval,
                createdAt,
                expiresAt,
                acceptance);
    }

    /** What a new subscription's first invoice would be. */
    public Optional<Totals> firstInvoice() {
        return Optional.ofNullable(upfront);
    }

    /** What is offered. */
    public enum Kind {
        /** A new subscription. */
        NEW,
        /** A change of the subscription the account has. */
        CHANGE
    }

    /** How far a quote got. */
    public enum Status {
        /** Being written; nobody can accept it. */
        DRAFT,
        /** It can be accepted. */
        OPEN,
        /** It was accepted. */
        ACCEPTED,
        /** It was withdrawn. */
        CANCELED,
        /** It ran out. */
        EXPIRED
    }

    /** When what was offered takes effect. */
    public enum At {
        /** At once. */
        NOW,
        /** When the running period ends. */
        RENEWAL
    }

    /**
     * That it was accepted.
     *
     * @param effect when it takes effect
     * @param at when it was accepted (UTC)
     */
    public record Acceptance(At effect, Instant at) {}

    /**
     * A line of the offer.
     *
     * @param description what it is, as the provider words it
     * @param units how many; 0 for metered plans
     * @param amount before discounts and tax on top
     * @param discount what discounts take off, at least 0
     * @param tax all tax, on top or within
     * @param total what the line comes to
     */
    public record Line(String description, long units, Money amount, Money discount, Money tax, Money total) {}

    /**
     * Sums.
     *
     * @param subtotal before discounts and tax on top
     * @param discount what discounts take off, at least 0
     * @param tax all tax, on top or within
     * @param total what is charged
     */
    public record Totals(Money subtotal, Money discount, Money tax, Money total) {}
}
