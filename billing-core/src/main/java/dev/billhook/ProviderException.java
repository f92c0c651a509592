package dev.billhook;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The payment provider refused or could not be reached. Nothing changed in the mirror.
 *
 * @since 0.1.0
 */
public final class ProviderException extends BillingException {
    private static final long serialVersionUID = 1L;

    private final Category category;
    private final @Nullable String requestId;

    /**
     * @param category what kind of refusal it was
     * @param message the provider's reason without personal data, and the remedy
     * @param requestId the provider's request id for its support, or null if no answer came
     * @param cause the adapter's exception, or null
     */
    public ProviderException(Category category, String message, @Nullable String requestId, @Nullable Throwable cause) {
        super(requestId == null ? message : message + " (request " + requestId + ")", cause);
        this.category = category;
        this.requestId = requestId;
    }

    /** What kind of refusal it was. */
    public Category category() {
        return category;
    }

    /** The provider's request id, if an answer came. */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** Whether the same call may succeed later without any change. */
    public boolean retryable() {
        return category.retryable;
    }

    /** Why the provider did not do what was asked. */
    public enum Category {
        /** The card or other payment method was declined. */
        PAYMENT_DECLINED(false),
        /** The key is missing, wrong or lacks a permission. */
        AUTHENTICATION(false),
        /** The provider did not accept the request in the object's present state or with these values. */
        INVALID_REQUEST(false),
        /** The object does not exist at the provider (any more). */
        NOT_FOUND(false),
        /** The same request key was used for different values. */
        IDEMPOTENCY_CONFLICT(false),
        /** Too many requests; wait and repeat. */
        RATE_LIMITED(true),
        /** No answer came; the outcome is unknown and converges through webhooks. */
        NETWORK(true),
        /** The provider failed. */
        PROVIDER_FAILURE(true);

        private final boolean retryable;

        Category(boolean retryable) {
            this.retryable = retryable;
        }
    }
}
