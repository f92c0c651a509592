package dev.billhook.simulator.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How often and when a delivery that failed is tried again.
 *
 * @param delays before the second, third … attempt; when they are used up the event is given up
 * @param timeout how long an endpoint may take to answer, in real time
 * @param simulatedTime whether the delays pass in simulated time instead of real time
 */
public record RetryPolicy(List<Duration> delays, Duration timeout, boolean simulatedTime) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration WHOLE = Duration.ofDays(3);

    /** Four more attempts within half a minute of real time. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            List.of(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(20)),
            TIMEOUT);

    public RetryPolicy {
        delays = List.copyOf(delays);
        if (delays.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException("a delay cannot be negative");
        }
    }

    /** Delays that pass in real time. */
    public RetryPolicy(List<Duration> delays, Duration timeout) {
        this(delays, timeout, false);
    }

    /**
     * As Stripe does it in live mode: for three days, in ever longer steps, but in simulated time, so that a test turns the clock
     * instead of waiting. The steps, from five minutes doubling each time, are this simulator's: Stripe does not tell its own.
     */
    public static RetryPolicy simulated() {
        List<Duration> delays = new ArrayList<>();
        Duration total = Duration.ZERO;
        for (Duration step = FIRST; total.plus(step).compareTo(WHOLE) < 0; step = step.multipliedBy(2)) {
            delays.add(step);
            total = total.plus(step);
        }
        delays.add(WHOLE.minus(total));
        return new RetryPolicy(delays, TIMEOUT, true);
    }

    /** Nothing is tried again. */
    public static RetryPolicy none() {
        return new RetryPolicy(List.of(), TIMEOUT);
    }
}
