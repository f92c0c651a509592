package dev.billhook.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A usage record on its way to the provider.
 *
 * @param id names the record among all of a scope, and to the provider
 * @param usage what is reported; once its account was deleted, it names the account otherwise, and keeps its id
 * @param status how far it got
 * @param attempts how often the provider did not take it
 * @param nextAttemptAt when it is reported (again) (UTC); null once it is sent
 * @param unsureSince since when the provider may have it without our knowing (UTC), or null if it certainly has not
 * @param error the last failure in one line, or null
 * @since 0.1.0
 */
public record UsageEntry(
        String id,
        UsageRecord usage,
        UsageStatus status,
        int attempts,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant unsureSince,
        @Nullable String error) {
    /** A record nobody was told of yet. */
    public static UsageEntry recorded(UsageRecord usage, Instant now) {
        return new UsageEntry(usage.id(), usage, UsageStatus.PENDING, 0, now, null, null);
    }
}
