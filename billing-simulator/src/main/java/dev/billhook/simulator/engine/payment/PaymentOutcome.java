package dev.billhook.simulator.engine.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.ApiError;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt to pay or to set up a card ended.
 *
 * @param intent the payment or set-up intent afterwards
 * @param error why it was declined; null unless {@code kind} is {@code DECLINED}
 */
public record PaymentOutcome(
        Kind kind, ObjectNode intent, @Nullable ApiError error) {
    /** The possible ends. */
    public enum Kind {
        /** Paid, or set up. */
        SUCCEEDED,
        /** The money is held until it is captured. */
        HELD,
        /** The card was refused. */
        DECLINED,
        /** The cardholder must authenticate (3-D Secure) first. */
        ACTION_REQUIRED
    }

    /** Whether it is paid. */
    public boolean succeeded() {
        return kind == Kind.SUCCEEDED;
    }
}
