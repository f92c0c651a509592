package dev.billhook.error;

import org.jspecify.annotations.Nullable;

/**
 * The provider did not accept the key, or the key lacks a permission. For the operator, not for the user.
 *
 * @since 0.1.0
 */
public final class ProviderKeyException extends ProviderException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message the provider's reason without personal data, and the remedy
     * @param requestId the provider's request id for its support, or null if no answer came
     * @param cause the adapter's exception, or null
     */
    public ProviderKeyException(String message, @Nullable String requestId, @Nullable Throwable cause) {
        super(Category.KEY, message, requestId, cause);
    }
}
