package dev.billhook.purchase;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.money.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the provider tells of a payment page that sold something once.
 *
 * @param id the provider's id of the Checkout session
 * @param customerId who bought, or null if the page made no customer
 * @param account the account that was sent there, or null if it was not Billhook that sent it
 * @param intended the plan the page was opened for, or null if it was not Billhook that opened it
 * @param lines everything that was sold
 * @param settled whether the money is there, or nothing was to pay; a bank's debit takes days
 * @param payment how it was paid, or null if nothing was to pay or nothing is paid yet
 * @param createdAt when the page was opened (UTC)
 * @since 0.1.0
 */
public record Sale(
        String id,
        @Nullable String customerId,
        @Nullable AccountRef account,
        @Nullable PlanKey intended,
        List<Line> lines,
        boolean settled,
        @Nullable Payment payment,
        Instant createdAt) {
    /** Copies the lines. */
    public Sale {
        lines = List.copyOf(lines);
    }

    /**
     * Something that was sold.
     *
     * @param plan the plan its price belongs to, in whatever version, or null if it is none of a catalog's
     */
    public record Line(@Nullable PlanKey plan, long quantity) {}

    /**
     * A payment, and what of it went back.
     *
     * @param id the provider's id
     * @param charge the provider's id of what the bank was asked for
     * @param at when the buyer paid (UTC, whole seconds)
     * @param amount how much
     * @param refunded how much of it was given back, of the same currency
     * @param refundedAt when the latest part was given back (UTC, whole seconds), or null if that is not told
     * @param dispute whether the buyer's bank wants it back
     * @param disputedAt since when (UTC, whole seconds), or null if it does not
     */
    public record Payment(
            String id,
            String charge,
            Instant at,
            Money amount,
            Money refunded,
            @Nullable Instant refundedAt,
            Dispute dispute,
            @Nullable Instant disputedAt) {
        /** What can still be given back. */
        public Money left() {
            return amount.minus(refunded);
        }

        /** Whether nothing of it is left. */
        public boolean wentBack() {
            return left().minorUnits() <= 0;
        }
    }

    /** Whether the buyer's bank wants a payment back. Questions of a bank that take no money do not count. */
    public enum Dispute {
        /** It does not, or was refused. */
        NONE,
        /** It has taken the money and looks into it. */
        OPEN,
        /** It keeps the money. */
        LOST
    }
}
