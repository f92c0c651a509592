package dev.billhook.usage;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the provider.
 *
 * @param pending records to be reported, failing ones included
 * @param failing those of them the provider did not take at least once
 * @param dead records that failed too often
 * @param dueSince since when the first pending record is or will be due (UTC), or null if there is none
 * @since 0.1.0
 */
public record UsageOutboxSummary(
        long pending, long failing, long dead, @Nullable Instant dueSince) {
    /** Nothing waits. */
    public static final UsageOutboxSummary EMPTY = new UsageOutboxSummary(0, 0, 0, null);

    /** How long the first record has been due; zero if none is. */
    public Duration lag(Instant now) {
        return dueSince == null || dueSince.isAfter(now) ? Duration.ZERO : Duration.between(dueSince, now);
    }
}
