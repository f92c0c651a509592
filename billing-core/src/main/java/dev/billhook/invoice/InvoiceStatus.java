package dev.billhook.invoice;

/**
 * How far an invoice got. Source: Stripe, "How invoicing works".
 *
 * @since 0.1.0
 */
public enum InvoiceStatus {
    /** Being prepared, usually for an hour; it has no number yet and nothing is due. */
    DRAFT,
    /** Final and to be paid. */
    OPEN,
    /** Nothing remains to be paid. */
    PAID,
    /** Given up as a bad debt; it can still be paid. */
    UNCOLLECTIBLE,
    /** Taken back; nothing is due. */
    VOID;

    /** Whether something can be paid now. */
    public boolean payable() {
        return this == OPEN || this == UNCOLLECTIBLE;
    }
}
