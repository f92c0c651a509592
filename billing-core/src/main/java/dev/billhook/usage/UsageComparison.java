package dev.billhook.usage;

import java.math.BigDecimal;

/**
 * What was recorded beside what the provider counts.
 *
 * @param recorded ours
 * @param counted the provider's sum
 * @since 0.1.0
 */
public record UsageComparison(UsageSummary recorded, BigDecimal counted) {
    /** What the provider counts beyond what we know it was told; negative where it lacks some. */
    public BigDecimal difference() {
        return counted.subtract(BigDecimal.valueOf(recorded.sent()));
    }

    /** Whether the provider counts exactly what was recorded, and nothing is on its way or given up. */
    public boolean agrees() {
        return difference().signum() == 0 && recorded.waiting() == 0 && recorded.dead() == 0;
    }
}
