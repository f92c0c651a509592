package dev.billhook.simulator.event;

import java.time.Duration;
import java.util.List;

/**
 * How often and when a delivery that failed is tried again, in real time.
 *
 * @param delays before the second, third … attempt; when they are used up the event is given up
 * @param timeout how long an endpoint may take to answer
 */
public record RetryPolicy(List<Duration> delays, Duration timeout) {
    /** Four more attempts within half a minute. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            List.of(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(5), Duration.ofSeconds(20)),
            Duration.ofSeconds(10));

    public RetryPolicy {
        delays = List.copyOf(delays);
    }
}
