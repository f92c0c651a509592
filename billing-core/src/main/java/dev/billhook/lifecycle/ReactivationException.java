package dev.billhook.lifecycle;

import dev.billhook.RefusedException;

/**
 * An account cannot come back to what it had; the message says why and what to do instead. Nothing changed.
 *
 * @since 0.1.0
 */
public final class ReactivationException extends RefusedException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /**
     * @param reason why
     * @param problem why, naming account or line
     */
    public ReactivationException(Reason reason, String problem) {
        super(problem, reason.remedy);
        this.reason = reason;
    }

    @Override
    public Reason reason() {
        return reason;
    }

    /** Why an account cannot come back. */
    public enum Reason {
        /** It has a subscription that has not ended. */
        STILL_SUBSCRIBED("withdraw its cancellation or change its plan"),
        /** It has no subscription that ended. */
        NOTHING_ENDED("send it to Checkout"),
        /** There is nothing it could be charged from. */
        NO_PAYMENT_METHOD("let it enter a payment method first"),
        /** What it had is not sold any more, and the catalog has nothing in its place. */
        NOT_SOLD("let it choose another plan and send it to Checkout");

        private final String remedy;

        Reason(String remedy) {
            this.remedy = remedy;
        }
    }
}
