package dev.billhook;

import org.jspecify.annotations.Nullable;

/**
 * The store failed; the transaction it happened in is rolled back.
 *
 * @since 0.1.0
 */
public final class StoreException extends BillingException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /**
     * @param message what failed and what to do about it, without personal data
     * @param retryable whether the same work may succeed when it is repeated in a new transaction
     * @param cause the adapter's exception, or null
     */
    public StoreException(String message, boolean retryable, @Nullable Throwable cause) {
        super(message, cause);
        this.retryable = retryable;
    }

    /**
     * Whether the same work may succeed when it is repeated in a new transaction: after a deadlock, a lost serialization
     * race, a lock timeout or a lost connection.
     */
    public boolean retryable() {
        return retryable;
    }
}
