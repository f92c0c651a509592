package dev.billhook.webhook;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the inbox.
 *
 * @param statuses of one of these; empty for any
 * @param type of exactly this type, or, if it ends with a dot and a star, of any type that begins so; null for any
 * @param receivedFrom received at that time or later (UTC), or null
 * @param receivedBefore received before that time (UTC), or null
 * @param after the last event of the page before, or null for the first page
 * @param limit how many at most, 1 to 1000
 * @since 0.1.0
 */
public record InboxQuery(
        Set<InboxStatus> statuses,
        @Nullable String type,
        @Nullable Instant receivedFrom,
        @Nullable Instant receivedBefore,
        @Nullable InboxEvent after,
        int limit) {
    /** The size of a page unless told otherwise. */
    public static final int DEFAULT_LIMIT = 50;

    private static final int MAX_LIMIT = 1000;

    /**
     * Copies the statuses.
     *
     * @throws IllegalArgumentException if the limit is out of its range
     */
    public InboxQuery {
        statuses = Set.copyOf(statuses);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", was " + limit);
        }
    }

    /** All events. */
    public static InboxQuery all() {
        return new InboxQuery(Set.of(), null, null, null, null, DEFAULT_LIMIT);
    }

    /** Events of these statuses. */
    public static InboxQuery of(InboxStatus first, InboxStatus... more) {
        return new InboxQuery(EnumSet.of(first, more), null, null, null, null, DEFAULT_LIMIT);
    }

    /** These of one type, or with {@code customer.subscription.*} of a family of types. */
    public InboxQuery ofType(String newType) {
        return new InboxQuery(statuses, newType, receivedFrom, receivedBefore, after, limit);
    }

    /** These received from one time until before another. */
    public InboxQuery receivedBetween(@Nullable Instant from, @Nullable Instant before) {
        return new InboxQuery(statuses, type, from, before, after, limit);
    }

    /** The page that follows an event. */
    public InboxQuery after(@Nullable InboxEvent last) {
        return new InboxQuery(statuses, type, receivedFrom, receivedBefore, last, limit);
    }

    /** At most so many. */
    public InboxQuery limit(int newLimit) {
        return new InboxQuery(statuses, type, receivedFrom, receivedBefore, after, newLimit);
    }
}
