package dev.billhook.purchase;

import dev.billhook.subscription.Cancellation.Settlement;

/**
 * What follows from one-time purchases.
 *
 * @param disputes when a dispute takes the access away
 * @param remainder what becomes of the unused time of the subscription that a purchase replaces
 * @since 0.1.0
 */
public record PurchasePolicy(Disputes disputes, Settlement remainder) {
    /**
     * A dispute takes the access away at once, and the unused time goes back to where it was paid from: who pays no more
     * invoices has no use for a credit balance.
     */
    public static final PurchasePolicy STANDARD = new PurchasePolicy(Disputes.REVOKE_WHEN_OPENED, Settlement.REFUND);

    /** This policy with another rule for disputes. */
    public PurchasePolicy withDisputes(Disputes newDisputes) {
        return new PurchasePolicy(newDisputes, remainder);
    }

    /** This policy with another rule for unused time. */
    public PurchasePolicy withRemainder(Settlement newRemainder) {
        return new PurchasePolicy(disputes, newRemainder);
    }

    /** When a dispute takes the access away; one that is won gives it back. */
    public enum Disputes {
        /** As soon as the bank has taken the money and looks into it. */
        REVOKE_WHEN_OPENED,
        /** Only once it is lost. */
        REVOKE_WHEN_LOST
    }
}
