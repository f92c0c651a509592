package dev.billhook.error;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The buyer's bank asks him to confirm the payment (3-D Secure). Send him to {@link #url()}; without one, to the Customer
 * Portal or to the open invoice's page. What the call was to do has not been done.
 *
 * @since 0.1.0
 */
public final class AuthenticationRequiredException extends ProviderException {
    private static final long serialVersionUID = 1L;

    private final @Nullable URI url;

    /**
     * @param message what is to be confirmed, and the remedy
     * @param requestId the provider's request id for its support, or null if no answer came
     * @param url where the buyer confirms, or null if the call that failed knows no such page
     * @param cause the adapter's exception, or null
     */
    public AuthenticationRequiredException(
            String message, @Nullable String requestId, @Nullable URI url, @Nullable Throwable cause) {
        super(Category.AUTHENTICATION_REQUIRED, message, requestId, cause);
        this.url = url;
    }

    /** Where to send the buyer. */
    public Optional<URI> url() {
        return Optional.ofNullable(url);
    }
}
