package dev.billhook.coupon;

import java.util.Currency;
import java.util.Map;

/**
 * The terms of a promotion code.
 *
 * @param code the word: 1 to 64 letters, digits or {@code -}
 * @param limits how long and how often it can be redeemed
 * @param firstTimeOnly whether only who never paid before may redeem it
 * @param minimum the smallest purchase in minor units by currency, at least 1; empty for any. If there is one, the code works in these
 *     currencies only
 * @since 0.1.0
 */
public record CodeTerms(String code, RedemptionLimits limits, boolean firstTimeOnly, Map<Currency, Long> minimum) {
    /**
     * Copies the amounts.
     *
     * @throws IllegalArgumentException if the word or an amount is not of the form above
     */
    public CodeTerms {
        if (!code.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("A code is 1 to 64 letters, digits or '-'; '" + code + "' is not");
        }
        if (minimum.values().stream().anyMatch(amount -> amount < 1)) {
            throw new IllegalArgumentException("Code '" + code + "': a smallest purchase is greater than zero");
        }
        minimum = Map.copyOf(minimum);
    }
}
