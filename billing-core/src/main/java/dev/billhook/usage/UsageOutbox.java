package dev.billhook.usage;

import java.util.List;

/**
 * What operators look at and decide: usage on its way to the provider. Thread-safe.
 *
 * @since 0.1.0
 */
public interface UsageOutbox {
    /** Records that fit the query, the earliest use first. */
    List<UsageEntry> list(UsageQuery query);

    /** How many wait, and since when. */
    UsageOutboxSummary summary();

    /**
     * Reports all {@link UsageStatus#DEAD} records that fit the query again; the query's status and limit mean nothing. Where a
     * record's error says that nobody knows whether the provider has it, {@link UsageRecorder#compare} first: the provider
     * recognises a record for 24 hours only, and counts it twice after that.
     *
     * @return how many
     */
    int retryAll(UsageQuery query);

    /**
     * Gives a {@link UsageStatus#DEAD} record up: it will be charged by nobody, and counts in no summary; its key stays taken. The
     * reason goes to the log.
     *
     * @param id the entry's
     * @param reason no personal data
     * @throws dev.billhook.NotFoundException if there is no such dead record
     */
    void discard(String id, String reason);
}
