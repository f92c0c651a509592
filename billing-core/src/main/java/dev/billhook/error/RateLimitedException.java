package dev.billhook.error;

import org.jspecify.annotations.Nullable;

/**
 * Too many requests at once, or another call holds the object just now. Nothing was done; wait and repeat with the same key.
 *
 * @since 0.1.0
 */
public final class RateLimitedException extends ProviderException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message the provider's reason without personal data, and the remedy
     * @param requestId the provider's request id for its support, or null if no answer came
     * @param cause the adapter's exception, or null
     */
    public RateLimitedException(String message, @Nullable String requestId, @Nullable Throwable cause) {
        super(Category.RATE_LIMITED, message, requestId, cause);
    }
}
