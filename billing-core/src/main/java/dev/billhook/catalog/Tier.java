package dev.billhook.catalog;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One step of a tiered price.
 *
 * @param upTo last unit of this tier, inclusive; null for the last tier, which is open
 * @param unitAmount price of each unit in minor units, not negative; may have decimals (fractions of a cent)
 * @param flatAmount minor units charged once when the tier is reached, not negative
 * @since 0.1.0
 */
public record Tier(@Nullable Long upTo, BigDecimal unitAmount, long flatAmount) {
    /**
     * @throws IllegalArgumentException if a bound is below 1 or an amount negative
     */
    public Tier {
        if (upTo != null && upTo < 1) {
            throw new IllegalArgumentException("A tier's up_to must be at least 1");
        }
        if (unitAmount.signum() < 0 || flatAmount < 0) {
            throw new IllegalArgumentException("A tier's amounts must not be negative");
        }
        unitAmount = unitAmount.stripTrailingZeros();
    }
}
