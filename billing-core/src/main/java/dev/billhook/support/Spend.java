package dev.billhook.support;

import dev.billhook.money.Money;
import java.math.BigInteger;

/**
 * What a customer paid in a currency.
 *
 * @param captured what was charged, refunds not subtracted
 * @param charges number of charges that succeeded
 * @param refunded what was paid back of it, wholly or in parts
 * @param disputes number of charges that were disputed
 * @since 0.1.0
 */
public record Spend(Money captured, long charges, Money refunded, long disputes) {
    /**
     * @throws IllegalArgumentException if the amounts are of two currencies
     */
    public Spend {
        if (!captured.currency().equals(refunded.currency())) {
            throw new IllegalArgumentException("What is refunded is of the currency it was paid in");
        }
    }

    /** Whether there was a dispute, or at least so many percent were paid back. */
    public boolean unusual(int refundPercent) {
        return disputes > 0 || (refunded.minorUnits() > 0 && reaches(refundPercent));
    }

    private boolean reaches(int percent) {
        return BigInteger.valueOf(refunded.minorUnits())
                        .multiply(BigInteger.valueOf(100))
                        .compareTo(BigInteger.valueOf(captured.minorUnits()).multiply(BigInteger.valueOf(percent)))
                >= 0;
    }
}
