package dev.billhook.purchase;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A one-time plan an account has paid for. It gives the plan's access for ever, unless it is revoked.
 *
 * @param id the provider's id of the Checkout session it was bought with; informational, no API takes it back
 * @param account who bought
 * @param plan what was bought
 * @param units how many
 * @param payment the provider's id of the payment, or null if nothing was to pay; informational
 * @param boughtAt when it was paid (UTC, whole seconds)
 * @param revocation why and since when it gives no access any more, or null while it does
 * @since 0.1.0
 */
public record Purchase(
        String id,
        AccountRef account,
        PlanKey plan,
        long units,
        @Nullable String payment,
        Instant boughtAt,
        @Nullable Revocation revocation) {

    /** Whether it gives access. */
    public boolean valid() {
        return revocation == null;
    }

    /** This purchase under another name of its account. */
    public Purchase of(AccountRef other) {
        return new Purchase(id, other, plan, units, payment, boughtAt, revocation);
    }

    /**
     * Why a purchase gives no access.
     *
     * @param at since when (UTC, whole seconds)
     */
    public record Revocation(Reason reason, Instant at) {}

    /** Why a purchase was revoked. */
    public enum Reason {
        /** All of it was paid back. */
        REFUNDED,
        /** The buyer's bank took the money back, or does so while it looks into it. */
        DISPUTED
    }
}
