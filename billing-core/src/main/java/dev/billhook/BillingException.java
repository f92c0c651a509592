package dev.billhook;

import org.jspecify.annotations.Nullable;

/**
 * Root of every failure Billhook reports. The message names the ids involved and the remedy, never a secret or personal
 * data.
 *
 * @since 0.1.0
 */
public class BillingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what failed, for which ids, and what to do about it
     */
    public BillingException(String message) {
        super(message);
    }

    /**
     * @param message what failed, for which ids, and what to do about it
     * @param cause the underlying failure, or null
     */
    public BillingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
