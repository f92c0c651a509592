package dev.billhook.mirror;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.Purchase.Revocation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A purchase's state. No event tells it, so it is always an answer.
 *
 * @param id the provider's id of the Checkout session
 * @param customerId who bought
 * @param accountHint see {@link Snapshot#accountHint()}
 * @param plan what was bought
 * @param units how many
 * @param payment the provider's id of the payment, or null if nothing was to pay
 * @param boughtAt when it was paid (UTC, whole seconds)
 * @param revocation why it gives no access any more, or null while it does
 * @since 0.1.0
 */
public record PurchaseSnapshot(
        String id,
        String customerId,
        @Nullable AccountRef accountHint,
        PlanKey plan,
        long units,
        @Nullable String payment,
        Instant boughtAt,
        @Nullable Revocation revocation)
        implements Snapshot {
    @Override
    public String objectId() {
        return id;
    }

    /** Answers carry the time of the call, whatever clock the object lives by. */
    @Override
    public boolean onTestClock() {
        return false;
    }

    /** The purchase as the account's. */
    public Purchase of(AccountRef account) {
        return new Purchase(id, account, plan, units, payment, boughtAt, revocation);
    }
}
