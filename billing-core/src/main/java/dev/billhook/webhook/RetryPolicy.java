package dev.billhook.webhook;

import java.time.Duration;

/**
 * When something that failed is tried again: after a delay that doubles each time, up to a bound.
 *
 * @param maxAttempts failures after which it is given up to an operator
 * @param firstDelay delay after the first failure
 * @param maxDelay greatest delay
 * @since 0.1.0
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay) {
    /** Twenty-five attempts over about three days: 5 s, 10 s, 20 s and so on, at most 6 h apart. */
    public static final RetryPolicy STANDARD = new RetryPolicy(25, Duration.ofSeconds(5), Duration.ofHours(6));

    /**
     * @throws IllegalArgumentException if there is no attempt or a delay is not positive
     */
    public RetryPolicy {
        if (maxAttempts < 1 || firstDelay.isNegative() || firstDelay.isZero() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("A retry policy needs maxAttempts >= 1 and 0 < firstDelay <= maxDelay");
        }
    }

    /**
     * The delay after so many failures.
     *
     * @throws IllegalArgumentException if there was none
     */
    public Duration delayAfter(int failures) {
        if (failures < 1) {
            throw new IllegalArgumentException("There is no delay before the first failure");
        }
        int doublings = Math.min(failures - 1, 30);
        Duration delay = firstDelay.multipliedBy(1L << doublings);
        return delay.compareTo(maxDelay) > 0 ? maxDelay : delay;
    }

    /** Whether so many failures are too many. */
    public boolean exhausted(int failures) {
        return failures >= maxAttempts;
    }
}
