package dev.billhook.stripe.internal.transport;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeError;
import dev.billhook.ProviderException;
import dev.billhook.ProviderException.Category;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns Stripe's errors into ours. The message is made of Stripe's type, code and parameter name; Stripe's sentence may
 * quote what was sent, an e-mail address for example, so neither it nor the exception that carries it is passed on.
 */
final class ErrorTranslation {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,120}");

    private ErrorTranslation() {}

    static ProviderException translate(String operation, StripeException e) {
        if (e instanceof ApiConnectionException) {
            return new ProviderException(
                    Category.NETWORK,
                    "Stripe could not be reached to " + operation + "; the same call with the same key may be repeated",
                    null,
                    e.getCause());
        }
        Category category = category(e);
        String message = "Stripe refused to " + operation + ": " + facts(e) + ". " + remedy(category);
        return new ProviderException(category, message, e.getRequestId(), null);
    }

    private static Category category(StripeException e) {
        int status = e.getStatusCode() == null ? 0 : e.getStatusCode();
        String code = e.getCode() == null ? "" : e.getCode();
        String type =
                e.getStripeError() == null ? "" : orEmpty(e.getStripeError().getType());
        if ("resource_missing".equals(code)) {
            return Category.NOT_FOUND;
        }
        if ("idempotency_error".equals(type) && status != 409) {
            return Category.IDEMPOTENCY_CONFLICT;
        }
        return switch (status) {
            case 401, 403 -> Category.AUTHENTICATION;
            case 402 -> Category.PAYMENT_DECLINED;
            case 404 -> Category.NOT_FOUND;
            // 409: another call with the same key is still running, or the object is locked; both pass by waiting.
            case 409, 429 -> Category.RATE_LIMITED;
            default -> status >= 500 || status < 400 ? Category.PROVIDER_FAILURE : Category.INVALID_REQUEST;
        };
    }

    private static String facts(StripeException e) {
        StringBuilder facts = new StringBuilder("HTTP ").append(e.getStatusCode());
        StripeError error = e.getStripeError();
        append(facts, "code", e.getCode());
        if (error != null) {
            append(facts, "type", error.getType());
            append(facts, "parameter", error.getParam());
            append(facts, "decline code", error.getDeclineCode());
        }
        return facts.toString();
    }

    private static void append(StringBuilder facts, String name, @Nullable String value) {
        if (value != null && SAFE.matcher(value).matches()) {
            facts.append(", ").append(name).append(' ').append(value);
        }
    }

    private static String remedy(Category category) {
        return switch (category) {
            case PAYMENT_DECLINED -> "Ask the customer for another payment method";
            case AUTHENTICATION -> "Check the key and its permissions";
            case INVALID_REQUEST -> "The request's log in the Stripe dashboard tells more";
            case NOT_FOUND -> "It was deleted, or belongs to another Stripe account or mode";
            case IDEMPOTENCY_CONFLICT -> "Use a new request key for new values";
            case RATE_LIMITED -> "Wait and repeat with the same key";
            case NETWORK, PROVIDER_FAILURE -> "Repeat later with the same key";
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
