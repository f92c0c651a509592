package dev.billhook.error;

import org.jspecify.annotations.Nullable;

/**
 * What the call is about does not exist at the provider (any more), or belongs to another of its accounts or its other mode.
 *
 * @since 0.1.0
 */
public final class ProviderObjectMissingException extends ProviderException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message the provider's reason without personal data, and the remedy
     * @param requestId the provider's request id for its support, or null if no answer came
     * @param cause the adapter's exception, or null
     */
    public ProviderObjectMissingException(String message, @Nullable String requestId, @Nullable Throwable cause) {
        super(Category.NOT_FOUND, message, requestId, cause);
    }
}
