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

    /** In thousandths: a fifth to either side. */
    private static final int SPREAD = 400;

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

    /**
     * The delay after so many failures, up to a fifth shorter or longer, so that what failed together is not tried again
     * together.
     *
     * @param id of what failed; the same id has the same delay
     */
    public Duration delayAfter(int failures, String id) {
        Duration delay = delayAfter(failures);
        int spread = Math.floorMod(31 * id.hashCode() + failures, SPREAD + 1) - SPREAD / 2;
        return delay.plus(delay.multipliedBy(spread).dividedBy(1000));
    }

    /** Whether so many failures are too many. */
    public boolean exhausted(int failures) {
        return failures >= maxAttempts;
    }
}
