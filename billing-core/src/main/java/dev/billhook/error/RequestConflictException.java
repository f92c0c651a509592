package dev.billhook.error;

import org.jspecify.annotations.Nullable;

/**
 * The request key was used before for other values. Nothing was done; use a new {@link dev.billhook.RequestKey} for what is new.
 *
 * @since 0.1.0
 */
public final class RequestConflictException extends ProviderException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message the provider's reason without personal data, and the remedy
     * @param requestId the provider's request id for its support, or null if no answer came
     * @param cause the adapter's exception, or null
     */
    public RequestConflictException(String message, @Nullable String requestId, @Nullable Throwable cause) {
        super(Category.IDEMPOTENCY_CONFLICT, message, requestId, cause);
    }
}
