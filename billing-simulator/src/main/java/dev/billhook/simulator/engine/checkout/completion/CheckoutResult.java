package dev.billhook.simulator.engine.checkout.completion;

import dev.billhook.simulator.kernel.ApiError;

/** How an attempt to complete a Checkout session ended. */
public sealed interface CheckoutResult {
    /** Paid: the browser goes on to the shop's success URL. */
    record Completed(String redirectUrl) implements CheckoutResult {}

    /** Refused: the session stays open, the message is for the person; nothing else was kept. */
    record Declined(ApiError error) implements CheckoutResult {
        /** What to tell the person. */
        public String message() {
            return String.valueOf(error.getMessage());
        }
    }

    /** The cardholder must pass a 3-D Secure challenge; answer with {@link CheckoutEngine#authenticate}. */
    record ActionRequired(String sessionId) implements CheckoutResult {}

    /** The session was completed or has expired before. */
    record NotOpen(String status) implements CheckoutResult {}
}
