package dev.billhook.event;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the outbox.
 *
 * @param pending entries to be delivered, failing ones included
 * @param failing those of them whose listener failed at least once
 * @param dead entries that failed too often
 * @param dueSince since when the first pending entry is or will be due (UTC), or null if there is none
 * @since 0.1.0
 */
public record OutboxSummary(
        long pending, long failing, long dead, @Nullable Instant dueSince) {
    /** An empty outbox. */
    public static final OutboxSummary EMPTY = new OutboxSummary(0, 0, 0, null);

    /** How long the first entry has been due; zero if none is. */
    public Duration lag(Instant now) {
        return dueSince == null || dueSince.isAfter(now) ? Duration.ZERO : Duration.between(dueSince, now);
    }
}
