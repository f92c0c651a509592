package dev.billhook.credit;

import dev.billhook.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Asks for money back that was paid for an invoice, to the payment method it came from. A refund by itself leaves the invoice as it
 * is; where books must show what was taken back, issue a {@link CreditNoteRequest credit note} instead.
 *
 * @param invoiceId the invoice
 * @param amount how much; null for all that is left of its payments
 * @param reason why, or null
 * @since 0.1.0
 */
public record RefundRequest(
        String invoiceId, @Nullable Money amount, @Nullable Reason reason) {
    /**
     * @throws IllegalArgumentException if the amount is not greater than zero
     */
    public RefundRequest {
        if (amount != null && amount.minorUnits() <= 0) {
            throw new IllegalArgumentException("A refund is greater than zero, not " + amount);
        }
    }

    /** All that is left of the invoice's payments. */
    public static RefundRequest whole(String invoiceId) {
        return new RefundRequest(invoiceId, null, null);
    }

    /**
     * A part.
     *
     * @throws IllegalArgumentException if the amount is not greater than zero
     */
    public static RefundRequest amount(String invoiceId, Money amount) {
        return new RefundRequest(invoiceId, amount, null);
    }

    /** The same for a reason. */
    public RefundRequest because(Reason newReason) {
        return new RefundRequest(invoiceId, amount, newReason);
    }

    /** Why. */
    public enum Reason {
        /** It was charged twice. */
        DUPLICATE,
        /** The charge was a fraud; the provider then distrusts the card and the customer's e-mail. */
        FRAUDULENT,
        /** The customer asked for it. */
        REQUESTED_BY_CUSTOMER
    }
}
