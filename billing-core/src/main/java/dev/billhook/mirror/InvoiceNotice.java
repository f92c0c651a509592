package dev.billhook.mirror;

import dev.billhook.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to an invoice that is worth an event of its own, whatever state it is in now.
 *
 * @param kind what happened
 * @param invoiceId which invoice
 * @param customerId whose
 * @param subscriptionId the subscription it bills, or null
 * @param amount paid or due
 * @param attempt number of collection attempts so far
 * @param nextAttempt when collection is tried again (UTC), or null
 * @since 0.1.0
 */
public record InvoiceNotice(
        Kind kind,
        String invoiceId,
        String customerId,
        @Nullable String subscriptionId,
        Money amount,
        long attempt,
        @Nullable Instant nextAttempt) {
    /** What happened. */
    public enum Kind {
        /** It is paid. */
        PAID,
        /** An attempt to collect it failed. */
        PAYMENT_FAILED
    }
}
