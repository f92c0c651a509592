package dev.billhook.usage;

import dev.billhook.account.AccountRef;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Counts what accounts use of metered plans. What is recorded is in the database when the call returns, and in the host's own
 * transaction if one is open: then both are committed or neither. The background reports it to the provider, each record once
 * however often servers die in between, and goes on trying while the provider cannot be reached. Thread-safe.
 *
 * <p>The provider charges what it has when the period's invoice is finalized, about an hour after the period's end; what comes
 * later is in no invoice. It takes records of the past 35 days. (Source: Stripe documentation, "Record usage for billing with the
 * API".)
 *
 * <p>Each record is a call to the provider of its own, and a thread makes one after the other. A host that counts more than some
 * in a second sums up first: one record an account and minute once it is over, with both in its key.
 *
 * @since 0.1.0
 */
public interface UsageRecorder {
    /**
     * Records a use.
     *
     * @return false, and nothing changes, if the account's meter has a record of this key already, whatever its quantity
     * @throws IllegalArgumentException if no plan of the catalog is charged by the meter, or the time is more than 35 days ago or
     *     five minutes ahead
     * @throws dev.billhook.StoreException if it cannot be stored; record it again
     */
    default boolean record(UsageRecord usage) {
        return recordAll(List.of(usage)) == 1;
    }

    /**
     * Records all or none.
     *
     * @return how many were new
     * @throws IllegalArgumentException as {@link #record} does
     * @throws dev.billhook.StoreException if they cannot be stored; record all of them again
     */
    int recordAll(Collection<UsageRecord> usages);

    /**
     * What was recorded of a time. Calls nobody: it is read from the database, so it is there at once, and for as long as records
     * are kept, see {@link dev.billhook.BillingBuilder#usageRetention}.
     *
     * @param from first moment (UTC)
     * @param until first moment after it (UTC)
     * @throws IllegalArgumentException if it does not end after it begins
     */
    UsageSummary summary(AccountRef account, String meter, Instant from, Instant until);

    /** What was recorded in the present periods of the account's subscriptions; one for each metered plan it has. */
    List<PeriodUsage> currentPeriods(AccountRef account);

    /**
     * What was recorded of a time beside what the provider counts. The provider counts some seconds after it was told. Calls the
     * provider.
     *
     * @param from first minute, a whole one (UTC), since the provider sums up whole minutes only
     * @param until first minute after it
     * @throws IllegalArgumentException if these are no whole minutes, or it does not end after it begins
     * @throws dev.billhook.InvalidStateException if the account has no customer at the provider
     * @throws dev.billhook.error.ProviderException if the provider refuses or cannot be reached
     */
    UsageComparison compare(AccountRef account, String meter, Instant from, Instant until);
}
