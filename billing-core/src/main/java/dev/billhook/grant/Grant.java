package dev.billhook.grant;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Access an account was given. It is never changed: one that is taken back keeps its row with the time and reason.
 *
 * @param id its own id
 * @param account who has it
 * @param what what it gives
 * @param from when it begins (UTC, whole seconds)
 * @param until when it ends (UTC, whole seconds), or null for never
 * @param audit who gave it, and why
 * @param revoked when, by whom and why it was taken back, or null if it was not
 * @since 0.1.0
 */
public record Grant(
        String id,
        AccountRef account,
        What what,
        Instant from,
        @Nullable Instant until,
        Audit audit,
        @Nullable Audit revoked) {
    /**
     * @throws IllegalArgumentException if it ends before it begins
     */
    public Grant {
        if (until != null && !until.isAfter(from)) {
            throw new IllegalArgumentException("A grant ends after it begins");
        }
    }

    /** When it ends or ended: by its date, or because it was taken back before. */
    public Optional<Instant> end() {
        Instant taken = revoked == null ? null : revoked.at();
        return Optional.ofNullable(taken == null || (until != null && until.isBefore(taken)) ? until : taken);
    }

    /** The same, taken back. */
    public Grant revoked(Audit how) {
        return new Grant(id, account, what, from, until, audit, how);
    }

    /** What a grant gives. */
    public sealed interface What {
        /**
         * Everything a plan gives.
         *
         * @param units how many units of it
         */
        record OfPlan(PlanKey plan, long units) implements What {
            /**
             * @throws IllegalArgumentException if units are negative
             */
            public OfPlan {
                if (units < 0) {
                    throw new IllegalArgumentException("units must not be negative");
                }
            }
        }

        /**
         * One feature, on top of whatever else the account has, be it nothing; the account's state stays what it is.
         *
         * @param feature its key
         */
        record OfFeature(String feature) implements What {}
    }

    /**
     * Who did something, when and why; for auditors.
     *
     * @param by whoever acted, in the host's terms; no personal data beyond what the host puts here
     * @param reason why
     * @param at when (UTC, whole seconds)
     */
    public record Audit(String by, String reason, Instant at) {
        /**
         * @throws IllegalArgumentException if who or why is missing
         */
        public Audit {
            if (by.isBlank() || reason.isBlank()) {
                throw new IllegalArgumentException("A grant tells who gave it and why");
            }
        }
    }
}
