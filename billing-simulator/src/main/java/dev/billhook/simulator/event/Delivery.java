package dev.billhook.simulator.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver an event.
 *
 * @param id names the attempt in the log
 * @param at real time of the attempt
 * @param due simulated time at which the attempt was due
 * @param attempt counted from 1; attempts that repeat a delivery on request or by {@link Chaos} count from 1 again
 * @param status HTTP status of the answer, 0 when there was none
 * @param note the beginning of the answer, or why there was none
 */
public record Delivery(
        String id,
        String eventId,
        String eventType,
        String endpointId,
        String url,
        Instant at,
        Instant due,
        int attempt,
        Outcome outcome,
        int status,
        @Nullable String note) {
    /** How an attempt ended. */
    public enum Outcome {
        /** The endpoint answered with 2xx. */
        DELIVERED,
        /** The endpoint answered otherwise, or not at all. */
        FAILED,
        /** It was never sent, because {@link Chaos} lost it. */
        DROPPED
    }

    /** Whether the endpoint took the event. */
    public boolean succeeded() {
        return outcome == Outcome.DELIVERED;
    }
}
