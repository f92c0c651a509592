package dev.billhook.conversion;

import dev.billhook.BillingException;

/**
 * There is no way from the subscription to the target plan; the message says why and what to do instead.
 *
 * @since 0.1.0
 */
public final class ConversionException extends BillingException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message why, and the remedy
     */
    public ConversionException(String message) {
        super(message);
    }
}
