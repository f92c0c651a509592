package dev.billhook.reconcile;

import dev.billhook.account.AccountRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A difference between the mirror and the provider.
 *
 * @param kind what is different
 * @param objectId the provider's id of the subscription, the customer or the purchase
 * @param account whose, or null if it belongs to no known account
 * @param fields what differs, if both know the object; of a page that was paid but gives nothing, {@code mismatch} says why, and
 *     repaired is it once {@link dev.billhook.event.BillingEvent.PurchaseMismatched} was told
 * @param repaired whether the mirror was brought in line
 * @since 0.1.0
 */
public record Drift(Kind kind, String objectId, @Nullable AccountRef account, List<Field> fields, boolean repaired) {
    /** Copies the fields. */
    public Drift {
        fields = List.copyOf(fields);
    }

    /** What is different. */
    public enum Kind {
        /** Both know it and say different things. */
        DIFFERENT,
        /** The mirror does not know it. */
        MISSING_HERE,
        /** The provider does not know it. Nothing is repaired: look for what removed it. */
        MISSING_THERE,
        /** It belongs to a customer of no known account. Nothing is repaired: import or link the account. */
        UNLINKED
    }

    /**
     * One field.
     *
     * @param name its name in the mirror's record
     * @param ours the mirror's value
     * @param theirs the provider's value
     */
    public record Field(String name, String ours, String theirs) {}
}
