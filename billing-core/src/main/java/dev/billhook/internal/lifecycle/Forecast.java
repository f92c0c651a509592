package dev.billhook.internal.lifecycle;

import dev.billhook.invoice.Estimate;
import dev.billhook.money.Money;
import dev.billhook.subscription.Subscription;
import java.util.Currency;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The invoices a change leads to.
 *
 * @param now the one it makes at once, or null
 * @param next the one after that, or null if the subscription ends before
 */
record Forecast(@Nullable Estimate now, @Nullable Estimate next) {
    /** What is due at once. */
    Money dueNow(Subscription current) {
        return now == null ? Money.zero(currency(current)) : now.totals().due();
    }

    private Currency currency(Subscription current) {
        return Stream.of(next)
                .filter(Objects::nonNull)
                .map(estimate -> estimate.totals().due().currency())
                .findFirst()
                .orElseGet(() -> Objects.requireNonNull(current.terms().currency(), "currency"));
    }
}
