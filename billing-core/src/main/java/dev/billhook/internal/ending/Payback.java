package dev.billhook.internal.ending;

import dev.billhook.internal.ending.PaybackRules.Part;
import dev.billhook.invoice.Estimate;
import dev.billhook.lifecycle.CancellationPreview;
import dev.billhook.money.Money;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is given back when a subscription ends now, as it was found at one second.
 *
 * @param currency the subscription's; null only if there is nothing to account for and nobody knows it
 * @param last the account of its end, or null if there is nothing to account for
 * @param parts what goes back of each invoice
 */
record Payback(@Nullable Currency currency, @Nullable Estimate last, List<Part> parts) {
    static Payback nothing(@Nullable Currency currency) {
        return new Payback(currency, null, List.of());
    }

    /** Whether more was used than paid for, so that a last invoice bills the rest. */
    boolean billed() {
        return last != null && last.totals().total().minorUnits() > 0;
    }

    Currency requireCurrency() {
        return Objects.requireNonNull(currency, "a subscription that is mirrored in full has a currency");
    }

    CancellationPreview told(Instant endsAt) {
        return new CancellationPreview(
                endsAt,
                last,
                sum(Part::lowered),
                sum(Part::refunded),
                sum(Part::credited),
                last != null && billed() ? last.totals().due() : Money.zero(requireCurrency()));
    }

    private Money sum(ToLongFunction<Part> what) {
        return Money.of(parts.stream().mapToLong(what).sum(), requireCurrency());
    }
}
