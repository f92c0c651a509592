package dev.billhook.invoice;

import dev.billhook.RefusedException;

/**
 * What was asked of an invoice cannot be done with it as it is; the message says why and what to do instead. Nothing was
 * changed.
 *
 * @since 0.1.0
 */
public final class InvoiceRefusedException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param problem why, naming the invoice
     * @param remedy what to do instead
     */
    public InvoiceRefusedException(Reason reason, String problem, String remedy) {
        super(problem, remedy);
        this.reason = reason;
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /** Why it is refused. */
    public enum Reason {
        /** The cursor is none of a page of this account and query. */
        UNKNOWN_CURSOR,
        /** It is a draft yet. */
        NOT_FINAL,
        /** It was taken back. */
        VOID,
        /** Nothing remains to be paid. */
        ALREADY_PAID,
        /** Nothing of it was paid by a payment that can be refunded. */
        NOT_PAID,
        /** More is asked for than is left of it. */
        AMOUNT_TOO_LARGE,
        /** The amount is of another currency. */
        CURRENCY,
        /** It has no such line, or the line is one that gives something back. */
        UNKNOWN_LINE,
        /** The credit note is void already, or it gave money back. */
        NOTE_NOT_VOIDABLE
    }
}
