package dev.billhook.purchase;

import dev.billhook.credit.RefundRequest.Reason;
import dev.billhook.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Asks for money back that was paid for a purchase, to the payment method it came from. A purchase of which all went back gives
 * no access any more; a part changes nothing.
 *
 * @param amount how much; null for all that is left
 * @param reason why, or null
 * @since 0.1.0
 */
public record PurchaseRefund(
        @Nullable Money amount, @Nullable Reason reason) {
    /**
     * @throws IllegalArgumentException if the amount is not greater than zero
     */
    public PurchaseRefund {
        if (amount != null && amount.minorUnits() <= 0) {
            throw new IllegalArgumentException("A refund is greater than zero, not " + amount);
        }
    }

    /** All that is left. */
    public static PurchaseRefund whole() {
        return new PurchaseRefund(null, null);
    }

    /**
     * A part.
     *
     * @throws IllegalArgumentException if the amount is not greater than zero
     */
    public static PurchaseRefund amount(Money amount) {
        return new PurchaseRefund(amount, null);
    }

    /** The same for a reason. */
    public PurchaseRefund because(Reason newReason) {
        return new PurchaseRefund(amount, newReason);
    }
}
