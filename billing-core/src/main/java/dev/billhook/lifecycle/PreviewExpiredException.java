package dev.billhook.lifecycle;

import dev.billhook.BillingException;

/**
 * A previewed change cannot be confirmed: it would not cost what was shown, or nobody can tell. Nothing changed. Show a new
 * preview.
 *
 * @since 0.1.0
 */
public final class PreviewExpiredException extends BillingException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param reason why
     */
    public PreviewExpiredException(Reason reason) {
        super("The previewed change cannot be confirmed: " + reason.text + "; show a new preview");
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** Why a preview cannot be confirmed. */
    public enum Reason {
        /** The token is damaged, forged, another account's, or was signed before the provider's key was replaced. */
        NOT_OURS("the token was not issued for this account with the present key"),
        /** Its time is over. */
        TOO_OLD("its time is over"),
        /** The subscription is another than it was then, e.g. it was renewed or its units were changed. */
        SUBSCRIPTION_CHANGED("the subscription changed meanwhile"),
        /** The same change costs another amount by now, e.g. because of a price, a discount, tax or the credit balance. */
        AMOUNTS_CHANGED("it would cost another amount by now");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
