package dev.billhook.spi.provider;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Events as the provider keeps them, to ask for what never arrived. Source: Stripe, "List all events"; it keeps them for 30
 * days.
 *
 * @since 0.1.0
 */
public interface EventGateway {
    /** The payload of an event, or empty if the provider no longer has it. */
    Optional<String> find(String eventId);

    /** The newest event, or empty if there is none. */
    Optional<Stored> newest();

    /**
     * Events that are newer than the given one, oldest first.
     *
     * @param eventId the event to begin after
     * @param max how many at most
     * @return empty if the provider no longer has that event, so that it cannot be told what followed
     */
    Optional<List<Stored>> after(String eventId, int max);

    /**
     * The oldest event made at that time or later; goes through all newer ones, so ask for recent times.
     */
    Optional<Stored> firstSince(Instant time);

    /** An event with its body as it would have been delivered. */
    record Stored(WebhookGateway.Envelope envelope, String payload) {}
}
