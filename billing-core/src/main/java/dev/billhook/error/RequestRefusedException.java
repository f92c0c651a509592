package dev.billhook.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The provider does not do this in the object's present state or with these values. Nothing was done; repeating does not
 * help.
 *
 * @since 0.1.0
 */
public final class RequestRefusedException extends ProviderException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String code;

    /**
     * @param message the provider's reason without personal data, and the remedy
     * @param requestId the provider's request id for its support, or null if no answer came
     * @param code the provider's error code, or null
     * @param cause the adapter's exception, or null
     */
    public RequestRefusedException(
            String message, @Nullable String requestId, @Nullable String code, @Nullable Throwable cause) {
        super(Category.INVALID_REQUEST, message, requestId, cause);
        this.code = code;
    }

    /** The provider's error code, for example {@code coupon_expired}. */
    public Optional<String> code() {
        return Optional.ofNullable(code);
    }
}
