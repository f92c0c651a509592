package dev.billhook.error;

import org.jspecify.annotations.Nullable;

/**
 * No usable answer came: the network failed, or the provider did. Whether the call was carried out is unknown; repeating it
 * with the same {@link dev.billhook.RequestKey} does it once at most, and what was done reaches the mirror in any case.
 *
 * @since 0.1.0
 */
public final class ProviderUnavailableException extends ProviderException {
    private static final long serialVersionUID = 1L;

    /**
     * @param category {@link ProviderException.Category#NETWORK} or {@link ProviderException.Category#PROVIDER_FAILURE}
     * @param message what happened, and the remedy
     * @param requestId the provider's request id for its support, or null if no answer came
     * @param cause the adapter's exception, or null
     * @throws IllegalArgumentException if it is another category
     */
    public ProviderUnavailableException(
            Category category, String message, @Nullable String requestId, @Nullable Throwable cause) {
        super(category, message, requestId, cause);
        if (category != Category.NETWORK && category != Category.PROVIDER_FAILURE) {
            throw new IllegalArgumentException("Unavailable is of the network or of the provider, not " + category);
        }
    }
}
