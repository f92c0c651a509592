package dev.billhook.usage;

import dev.billhook.account.AccountRef;
import org.jspecify.annotations.Nullable;

/**
 * Which usage records.
 *
 * @param status of this status, or null for any
 * @param account of this account, or null for any
 * @param meter of this meter, or null for any
 * @param limit how many at most, 1 to 1000
 * @since 0.1.0
 */
public record UsageQuery(
        @Nullable UsageStatus status,
        @Nullable AccountRef account,
        @Nullable String meter,
        int limit) {
    /** How many unless told otherwise. */
    public static final int DEFAULT_LIMIT = 50;

    private static final int MAX_LIMIT = 1000;

    /**
     * @throws IllegalArgumentException if the limit is out of its range
     */
    public UsageQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ", was " + limit);
        }
    }

    /** All records. */
    public static UsageQuery all() {
        return new UsageQuery(null, null, null, DEFAULT_LIMIT);
    }

    /** Records the provider did not take. */
    public static UsageQuery dead() {
        return all().ofStatus(UsageStatus.DEAD);
    }

    /** These of one status; null for any. */
    public UsageQuery ofStatus(@Nullable UsageStatus newStatus) {
        return new UsageQuery(newStatus, account, meter, limit);
    }

    /** These of one account; null for any. */
    public UsageQuery of(@Nullable AccountRef newAccount) {
        return new UsageQuery(status, newAccount, meter, limit);
    }

    /** These of one meter; null for any. */
    public UsageQuery ofMeter(@Nullable String newMeter) {
        return new UsageQuery(status, account, newMeter, limit);
    }

    /** At most so many. */
    public UsageQuery limit(int newLimit) {
        return new UsageQuery(status, account, meter, newLimit);
    }

    /** Whether the entry is one of these. */
    public boolean fits(UsageEntry entry) {
        return (status == null || status == entry.status())
                && (account == null || account.equals(entry.usage().account()))
                && (meter == null || meter.equals(entry.usage().meter()));
    }
}
