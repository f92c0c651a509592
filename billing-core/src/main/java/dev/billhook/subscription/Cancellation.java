package dev.billhook.subscription;

import java.time.Instant;

/**
 * When a subscription is to end.
 *
 * @since 0.1.0
 */
public sealed interface Cancellation {
    /** With the current period, which stays paid for. */
    static Cancellation atPeriodEnd() {
        return new AtPeriodEnd();
    }

    /** At the given instant (UTC, whole seconds). */
    static Cancellation at(Instant end) {
        return new At(end);
    }

    /** At once, without refund or proration. */
    static Cancellation now() {
        return new Now();
    }

    /** With the current period. */
    record AtPeriodEnd() implements Cancellation {}

    /**
     * At a date.
     *
     * @param end when (UTC, whole seconds)
     */
    record At(Instant end) implements Cancellation {}

    /** At once. */
    record Now() implements Cancellation {}
}
