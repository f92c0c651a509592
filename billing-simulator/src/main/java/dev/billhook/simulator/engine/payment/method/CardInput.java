package dev.billhook.simulator.engine.payment.method;

import org.jspecify.annotations.Nullable;

/**
 * A card as a person types it into a hosted page.
 *
 * @param number digits, blanks allowed
 * @param expMonth 1 to 12
 * @param expYear four digits
 * @param cvc three or four digits; never kept
 */
public record CardInput(
        String number,
        int expMonth,
        int expYear,
        String cvc,
        @Nullable String name,
        @Nullable String email,
        @Nullable String country,
        @Nullable String postalCode) {
    @Override
    public String toString() {
        return "CardInput[" + (number.length() > 4 ? "…" + number.substring(number.length() - 4) : "") + "]";
    }
}
