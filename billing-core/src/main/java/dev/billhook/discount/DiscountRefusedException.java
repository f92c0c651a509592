package dev.billhook.discount;

import dev.billhook.BillingException;

/**
 * A code could not be redeemed. Nothing changed.
 *
 * @since 0.1.0
 */
public final class DiscountRefusedException extends BillingException {
    private static final long serialVersionUID = 1L;

    private final DiscountCheck.Reason reason;
    private final String userMessage;

    /** Tells the refusal. */
    public DiscountRefusedException(DiscountCheck.Refused refusal) {
        super("The code was refused as " + refusal.reason()
                + "; show its user message, or call check(…) before the code is used");
        this.reason = refusal.reason();
        this.userMessage = refusal.message();
    }

    /** Why. */
    public DiscountCheck.Reason reason() {
        return reason;
    }

    /** The reason in an English sentence for the person who entered the code. */
    public String userMessage() {
        return userMessage;
    }
}
