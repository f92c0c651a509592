package dev.billhook.lifecycle;

import dev.billhook.invoice.Estimate;
import dev.billhook.money.Money;
import dev.billhook.subscription.Timing;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change of plan would cost. Confirming its token makes exactly this change for exactly this money, or nothing.
 *
 * @param timing when the lines change and how it is charged
 * @param effectiveAt when the lines change (UTC); for changes at once the second until when the present lines count as used
 * @param now the invoice the change makes at once, or null if it makes none
 * @param next the next invoice after that; null if the subscription ends before one is made. What is used until then of metered
 *     plans, and what happens to the account's credit balance until then, is not foreseen.
 * @param dueNow what is due for the change at once; zero if no invoice is made
 * @param expiresAt until when the token can be confirmed (UTC)
 * @param token what to hand to {@link SubscriptionService#confirm}; letters, digits, {@code -}, {@code _} and {@code .} only
 * @since 0.1.0
 */
public record ChangePreview(
        Timing timing,
        Instant effectiveAt,
        @Nullable Estimate now,
        @Nullable Estimate next,
        Money dueNow,
        Instant expiresAt,
        String token) {
    /** The invoice the change makes at once. */
    public Optional<Estimate> invoiceNow() {
        return Optional.ofNullable(now);
    }

    /** The next invoice after that. */
    public Optional<Estimate> nextInvoice() {
        return Optional.ofNullable(next);
    }

    /** Leaves the token out: who has it may make the change. */
    @Override
    public String toString() {
        return "ChangePreview[" + timing + " at " + effectiveAt + ", dueNow=" + dueNow + ", expiresAt=" + expiresAt
                + "]";
    }
}
