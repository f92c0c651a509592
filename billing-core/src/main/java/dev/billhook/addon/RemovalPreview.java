package dev.billhook.addon;

import dev.billhook.invoice.Estimate;
import dev.billhook.money.Money;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What removing an add-on would lead to at this second.
 *
 * @param endsAt when it would be gone (UTC)
 * @param invoice of a line, the invoice that follows: made at once with {@code NOW_INVOICE}, else the main subscription's next one,
 *     with the unused time as a credit where it is credited. Of a subscription of its own, the account of its end where its unused
 *     time is credited. Null if no invoice follows
 * @param credited what goes to the account's credit balance at once, or need not be paid any more; only of a subscription of its
 *     own
 * @since 0.1.0
 */
public record RemovalPreview(Instant endsAt, @Nullable Estimate invoice, Money credited) {
    /** The invoice that follows, or the account of its end. */
    public Optional<Estimate> following() {
        return Optional.ofNullable(invoice);
    }
}
