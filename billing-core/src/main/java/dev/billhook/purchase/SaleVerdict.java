package dev.billhook.purchase;

import dev.billhook.catalog.PlanKey;
import dev.billhook.purchase.Purchase.Revocation;
import org.jspecify.annotations.Nullable;

/**
 * What a sale means here.
 *
 * @since 0.1.0
 */
public sealed interface SaleVerdict {
    /** Nothing of the catalog's tiers was sold. */
    record Foreign() implements SaleVerdict {}

    /** The money is not there yet. */
    record Waiting() implements SaleVerdict {}

    /** It was paid, but is not what the catalog sells. */
    record Refused(Mismatch mismatch) implements SaleVerdict {}

    /**
     * A plan was bought.
     *
     * @param units how many
     * @param revocation why and since when it gives no access any more, or null while it does
     */
    record Bought(PlanKey plan, long units, @Nullable Revocation revocation) implements SaleVerdict {}

    /** Why a sale is not what the catalog sells. */
    enum Mismatch {
        /** The page was opened for a plan that the catalog does not sell once, or no longer. */
        UNKNOWN_PLAN,
        /** The plan the page was opened for is not what was sold. */
        OTHER_PLAN,
        /** Several plans of tiers were sold at once. */
        SEVERAL_PLANS,
        /** The plan's terms do not allow that many units. */
        UNITS
    }
}
