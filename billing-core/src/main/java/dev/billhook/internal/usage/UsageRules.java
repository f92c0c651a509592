package dev.billhook.internal.usage;

import dev.billhook.error.ProviderException;
import dev.billhook.internal.failure.Failures;
import dev.billhook.spi.provider.usage.UsageGateway;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageRecord;
import dev.billhook.usage.UsageStatus;
import dev.billhook.webhook.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is taken, and what becomes of a record after each attempt to report it. Pure. */
final class UsageRules {
    /** How far back the provider takes reports. */
    static final Duration OLDEST = Duration.ofDays(UsageGateway.OLDEST_DAYS);

    /** How far ahead clocks may be apart. */
    static final Duration AHEAD = Duration.ofMinutes(5);

    /** The provider recognises what it was told for 24 hours; an hour less, because our clock and its may differ. */
    static final Duration RECOGNISED = Duration.ofHours(23);

    /** Between two looks whether an account has a customer at last. */
    static final Duration WITHOUT_CUSTOMER = Duration.ofMinutes(10);

    private final RetryPolicy retries;

    UsageRules(RetryPolicy retries) {
        this.retries = retries;
    }

    /**
     * @throws IllegalArgumentException if the provider would not take the record's time
     */
    static void requireTime(UsageRecord usage, Instant now) {
        if (usage.occurredAt().isBefore(now.minus(OLDEST))) {
            throw new IllegalArgumentException("The usage of " + usage.account() + " with key " + usage.key()
                    + " is more than 35 days ago; the provider charges none that old. Charge it by an invoice item");
        }
        if (usage.occurredAt().isAfter(now.plus(AHEAD))) {
            throw new IllegalArgumentException("The usage of " + usage.account() + " with key " + usage.key()
                    + " is more than five minutes ahead; compare the clocks");
        }
    }

    /** The entry given up, if the provider may have it and would no longer recognise it, or is too old for it; else null. */
    @Nullable UsageEntry hopeless(UsageEntry entry, Instant now) {
        if (entry.unsureSince() != null && entry.unsureSince().plus(RECOGNISED).isBefore(now)) {
            return dead(
                    entry,
                    entry.attempts(),
                    entry.unsureSince(),
                    "Nobody knows whether the provider has it: no answer came since " + entry.unsureSince()
                            + ", and it recognises a repeated report for 24 hours only; compare before it is retried");
        }
        if (entry.usage().occurredAt().plus(OLDEST).isBefore(now)) {
            return dead(
                    entry,
                    entry.attempts(),
                    entry.unsureSince(),
                    "More than 35 days ago, which the provider does not take any more"
                            + (entry.error() == null ? "" : "; before that: " + entry.error()));
        }
        return null;
    }

    UsageEntry sent(UsageEntry entry) {
        return new UsageEntry(entry.id(), entry.usage(), UsageStatus.SENT, entry.attempts(), null, null, null);
    }

    /** Taken and not reported: as it was before. */
    UsageEntry released(UsageEntry entry, Instant nextAttemptAt) {
        return new UsageEntry(
                entry.id(),
                entry.usage(),
                UsageStatus.PENDING,
                entry.attempts(),
                nextAttemptAt,
                entry.unsureSince(),
                entry.error());
    }

    /** Not an attempt: nobody was asked. */
    UsageEntry withoutCustomer(UsageEntry entry, Instant now) {
        return new UsageEntry(
                entry.id(),
                entry.usage(),
                UsageStatus.PENDING,
                entry.attempts(),
                now.plus(WITHOUT_CUSTOMER),
                entry.unsureSince(),
                "The account has no customer at the provider; it is made with the first Checkout");
    }

    /** Nobody can be charged any more. */
    UsageEntry accountDeleted(UsageEntry entry) {
        return ended(
                entry,
                UsageStatus.DISCARDED,
                entry.attempts(),
                entry.unsureSince(),
                "The account and its customer were deleted; nothing can be charged to them any more");
    }

    /** After a failure. Only a refusal tells that the provider has it not, and then only if nothing was unsure before. */
    UsageEntry failed(UsageEntry entry, RuntimeException failure, Instant attemptedAt, Instant now) {
        int attempts = entry.attempts() + 1;
        Instant unsure = entry.unsureSince() != null || refused(failure) ? entry.unsureSince() : attemptedAt;
        String error =
                failure instanceof ProviderException ? String.valueOf(failure.getMessage()) : Failures.oneLine(failure);
        if (retries.exhausted(attempts)) {
            return dead(entry, attempts, unsure, error);
        }
        return new UsageEntry(
                entry.id(),
                entry.usage(),
                UsageStatus.PENDING,
                attempts,
                now.plus(retries.delayAfter(attempts, entry.id())),
                unsure,
                error);
    }

    /** Whether the provider answered that it did not take it. */
    static boolean refused(RuntimeException failure) {
        return failure instanceof ProviderException answered
                && switch (answered.category()) {
                    case NETWORK, PROVIDER_FAILURE -> false;
                    default -> true;
                };
    }

    /** Whether the next record would fare no better now. */
    static boolean ailsAll(RuntimeException failure) {
        return !(failure instanceof ProviderException answered)
                || switch (answered.category()) {
                    case NETWORK, PROVIDER_FAILURE, KEY, RATE_LIMITED -> true;
                    default -> false;
                };
    }

    private static UsageEntry dead(UsageEntry entry, int attempts, @Nullable Instant unsure, String error) {
        return ended(entry, UsageStatus.DEAD, attempts, unsure, error);
    }

    private static UsageEntry ended(
            UsageEntry entry, UsageStatus status, int attempts, @Nullable Instant unsure, String error) {
        return new UsageEntry(entry.id(), entry.usage(), status, attempts, null, unsure, error);
    }
}
