package dev.billhook.deletion;

import dev.billhook.RefusedException;
import dev.billhook.account.AccountRef;

/**
 * The account is not deleted, because of what it still has.
 *
 * @since 0.1.0
 */
public final class DeletionException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** The account is not deleted for this reason. */
    public DeletionException(AccountRef account, Reason reason) {
        super("Account " + account + " is not deleted: " + reason.problem, reason.solution);
        this.reason = reason;
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /** What stands in the way. */
    public enum Reason {
        /** A subscription has not ended. */
        SUBSCRIPTION_RUNNING(
                "a subscription has not ended",
                "end it first, or delete by a policy that does: DeletionPolicy.STANDARD.running(END_AND_REFUND)"),
        /** An invoice is open. */
        INVOICE_OPEN(
                "an invoice is open",
                "collect or void it first, or delete by a policy that does:"
                        + " DeletionPolicy.STANDARD.openInvoices(VOID)");

        private final String problem;
        private final String solution;

        Reason(String problem, String solution) {
            this.problem = problem;
            this.solution = solution;
        }
    }
}
