package dev.billhook.purchase;

import dev.billhook.RefusedException;

/**
 * A one-time purchase, or what was to be done with it, is refused.
 *
 * @since 0.1.0
 */
public final class PurchaseException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param problem why, naming what it is about
     * @param remedy what to do instead
     */
    public PurchaseException(Reason reason, String problem, String remedy) {
        super(problem, remedy);
        this.reason = reason;
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /** Why it is refused. */
    public enum Reason {
        /** The account bought the tier once and for all. */
        OWNED_ALREADY,
        /** A payment of the account for something bought once is on its way. */
        PAYMENT_PENDING,
        /** There was nothing to pay, or all of it went back already. */
        NOTHING_TO_REFUND,
        /** Less is left of the payment than is to be given back, or it is of another currency. */
        AMOUNT
    }
}
