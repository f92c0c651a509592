package dev.billhook.lifecycle;

import dev.billhook.invoice.Estimate;
import dev.billhook.money.Money;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a cancellation would give back or bill at this second; it changes with every second until it is made. The money is exact,
 * in minor units of the subscription's currency.
 *
 * @param endsAt when the subscription would end (UTC); for an end with the period or at a date that time, else now
 * @param last the account of its end, line by line: the unused time as credits, with their discounts and tax, and what was used
 *     and is not billed yet. Null if nothing is accounted for: because nothing is to be given back, in a trial, or for a later end
 * @param lowered what of the running period is still to be paid and need not be paid any more
 * @param refunded what goes back to where it was paid from
 * @param credited what goes to the account's credit balance
 * @param billed what a last invoice asks for, because more was used than paid for
 * @since 0.1.0
 */
public record CancellationPreview(
        Instant endsAt, @Nullable Estimate last, Money lowered, Money refunded, Money credited, Money billed) {
    /** The account of its end. */
    public Optional<Estimate> lastAccount() {
        return Optional.ofNullable(last);
    }

    /** All that the account gets back or need not pay: {@code lowered + refunded + credited}. */
    public Money givenBack() {
        return lowered.plus(refunded).plus(credited);
    }
}
