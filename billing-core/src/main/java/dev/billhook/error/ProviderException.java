package dev.billhook.error;

import dev.billhook.BillingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The payment provider refused or could not be reached. Nothing changed in the mirror. The subclasses tell what a host can
 * do about it; catch this one for "not now".
 *
 * @since 0.1.0
 */
public abstract sealed class ProviderException extends BillingException
        permits AuthenticationRequiredException,
                PaymentDeclinedException,
                ProviderKeyException,
                ProviderObjectMissingException,
                ProviderUnavailableException,
                RateLimitedException,
                RequestConflictException,
                RequestRefusedException {
    private static final long serialVersionUID = 1L;

    private final Category category;
    private final @Nullable String requestId;

    ProviderException(Category category, String message, @Nullable String requestId, @Nullable Throwable cause) {
        super(requestId == null ? message : message + " (request " + requestId + ")", cause);
        this.category = category;
        this.requestId = requestId;
    }

    /**
     * The exception of a category, without what only some of them know.
     *
     * @param category what kind of refusal it was
     * @param message the provider's reason without personal data, and the remedy
     * @param requestId the provider's request id for its support, or null if no answer came
     * @param cause the adapter's exception, or null
     */
    public static ProviderException of(
            Category category, String message, @Nullable String requestId, @Nullable Throwable cause) {
        return switch (category) {
            case PAYMENT_DECLINED -> new PaymentDeclinedException(message, requestId, null);
            case AUTHENTICATION_REQUIRED -> new AuthenticationRequiredException(message, requestId, null, cause);
            case KEY -> new ProviderKeyException(message, requestId, cause);
            case INVALID_REQUEST -> new RequestRefusedException(message, requestId, null, cause);
            case NOT_FOUND -> new ProviderObjectMissingException(message, requestId, cause);
            case IDEMPOTENCY_CONFLICT -> new RequestConflictException(message, requestId, cause);
            case RATE_LIMITED -> new RateLimitedException(message, requestId, cause);
            case NETWORK, PROVIDER_FAILURE -> new ProviderUnavailableException(category, message, requestId, cause);
        };
    }

    /** What kind of refusal it was. */
    public final Category category() {
        return category;
    }

    /** The provider's request id, if an answer came. */
    public final Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /** Whether the same call may succeed later without any change. */
    public final boolean retryable() {
        return category.retryable;
    }

    /** Why the provider did not do what was asked. */
    public enum Category {
        /** The card or other payment method was declined: {@link PaymentDeclinedException}. */
        PAYMENT_DECLINED(false),
        /** The buyer must confirm the payment: {@link AuthenticationRequiredException}. */
        AUTHENTICATION_REQUIRED(false),
        /** The key is missing, wrong or lacks a permission: {@link ProviderKeyException}. */
        KEY(false),
        /** Not in the object's present state or with these values: {@link RequestRefusedException}. */
        INVALID_REQUEST(false),
        /** The object does not exist at the provider (any more): {@link ProviderObjectMissingException}. */
        NOT_FOUND(false),
        /** The same request key was used for different values: {@link RequestConflictException}. */
        IDEMPOTENCY_CONFLICT(false),
        /** Too many requests; wait and repeat: {@link RateLimitedException}. */
        RATE_LIMITED(true),
        /** No answer came; the outcome is unknown: {@link ProviderUnavailableException}. */
        NETWORK(true),
        /** The provider failed; the outcome is unknown: {@link ProviderUnavailableException}. */
        PROVIDER_FAILURE(true);

        private final boolean retryable;

        Category(boolean retryable) {
            this.retryable = retryable;
        }
    }
}
