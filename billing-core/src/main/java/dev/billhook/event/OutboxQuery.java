package dev.billhook.event;

import org.jspecify.annotations.Nullable;

/**
 * Which entries of the outbox.
 *
 * @param status of this status, or null for any
 * @param listener for the listener of this name, or null for any
 * @param eventType events of this record's name, e.g. {@code InvoicePaid}, or null for any
 * @param limit how many at most, 1 to 1000
 * @since 0.1.0
 */
public record OutboxQuery(
        OutboxEntry.@Nullable Status status,
        @Nullable String listener,
        @Nullable String eventType,
        int limit) {
    /** How many unless told otherwise. */
    public static final int DEFAULT_LIMIT = 50;

    private static final int MAX_LIMIT = 1000;

    /**
     * @throws IllegalArgumentException if the limit is out of its range
     */
    public OutboxQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", was " + limit);
        }
    }

    /** All entries. */
    public static OutboxQuery all() {
        return new OutboxQuery(null, null, null, DEFAULT_LIMIT);
    }

    /** Entries that failed too often. */
    public static OutboxQuery dead() {
        return all().ofStatus(OutboxEntry.Status.DEAD);
    }

    /** These of one status; null for any. */
    public OutboxQuery ofStatus(OutboxEntry.@Nullable Status newStatus) {
        return new OutboxQuery(newStatus, listener, eventType, limit);
    }

    /** These for one listener; null for any. */
    public OutboxQuery forListener(@Nullable String name) {
        return new OutboxQuery(status, name, eventType, limit);
    }

    /** These of one type of event; null for any. */
    public OutboxQuery ofType(@Nullable String recordName) {
        return new OutboxQuery(status, listener, recordName, limit);
    }

    /** At most so many. */
    public OutboxQuery limit(int newLimit) {
        return new OutboxQuery(status, listener, eventType, newLimit);
    }

    /** Whether the entry is one of these. */
    public boolean fits(OutboxEntry entry) {
        return (status == null || status == entry.status())
                && (listener == null || listener.equals(entry.listener()))
                && (eventType == null
                        || eventType.equals(entry.event().getClass().getSimpleName()));
    }
}
