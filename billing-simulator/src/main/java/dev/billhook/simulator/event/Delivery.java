package dev.billhook.simulator.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver an event.
 *
 * @param at real time of the attempt
 * @param attempt counted from 1
 * @param status HTTP status of the answer, 0 when there was none
 * @param note the beginning of the answer, or why there was none
 */
public record Delivery(
        String eventId,
        String eventType,
        String endpointId,
        String url,
        Instant at,
        int attempt,
        int status,
        @Nullable String note) {
    /** Whether the endpoint took the event. */
    public boolean succeeded() {
        return status >= 200 && status < 300;
    }
}
