package dev.billhook.stripe.internal.transport;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.StripeException;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import dev.billhook.error.AuthenticationRequiredException;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.error.RequestRefusedException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns Stripe's errors into ours. The message is made of Stripe's type, code and parameter name; Stripe's sentence may
 * quote what was sent, an e-mail address for example, so neither it nor the exception that carries it is passed on.
 */
final class ErrorTranslation {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,120}");

    private static final String KNOWN_IDENTIFIER = "already exists with identifier";

    private static final Set<String> CONFIRMATION_NEEDED = Set.of(
            "authentication_required",
            "subscription_payment_intent_requires_action",
            "invoice_payment_intent_requires_action");

    private ErrorTranslation() {}

    static ProviderException translate(String operation, StripeException e) {
        if (e instanceof ApiConnectionException) {
            return ProviderException.of(
                    Category.NETWORK,
                    "Stripe could not be reached to " + operation + "; the same call with the same key may be repeated",
                    null,
                    e.getCause());
        }
        Category category = category(e);
        String message = "Stripe refused to " + operation + ": " + facts(e) + ". " + remedy(category);
        String requestId = e.getRequestId();
        return switch (category) {
            case PAYMENT_DECLINED -> new PaymentDeclinedException(message, requestId, declineCode(e));
            case AUTHENTICATION_REQUIRED ->
                new AuthenticationRequiredException(message, requestId, confirmationPage(e), null);
            case INVALID_REQUEST -> new RequestRefusedException(message, requestId, code(e), null);
            default -> ProviderException.of(category, message, requestId, null);
        };
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
            case 401, 403 -> Category.KEY;
            case 402 ->
                CONFIRMATION_NEEDED.contains(code) || CONFIRMATION_NEEDED.contains(orEmpty(declineCode(e)))
                        ? Category.AUTHENTICATION_REQUIRED
                        : Category.PAYMENT_DECLINED;
            case 404 -> Category.NOT_FOUND;
            // 409: another call with the same key is still running, or the object is locked; both pass by waiting.
            case 409, 429 -> Category.RATE_LIMITED;
            default -> status >= 500 || status < 400 ? Category.PROVIDER_FAILURE : Category.INVALID_REQUEST;
        };
    }

    /** That a meter event is known already, Stripe tells in its sentence only. */
    private static @Nullable String code(StripeException e) {
        boolean known = e.getMessage() != null && e.getMessage().contains(KNOWN_IDENTIFIER);
        return known ? StripeApi.KNOWN_IDENTIFIER : safe(e.getCode());
    }

    /** Where Stripe names no reason of the bank, its own code is one: an expired card has no other. */
    private static @Nullable String declineCode(StripeException e) {
        String reason =
                e.getStripeError() == null ? null : safe(e.getStripeError().getDeclineCode());
        return reason == null || "generic_decline".equals(reason) ? ownReason(e, reason) : reason;
    }

    private static @Nullable String ownReason(StripeException e, @Nullable String otherwise) {
        String code = safe(e.getCode());
        return code == null || "card_declined".equals(code) ? otherwise : code;
    }

    private static @Nullable URI confirmationPage(StripeException e) {
        StripeError error = e.getStripeError();
        PaymentIntent payment = error == null ? null : error.getPaymentIntent();
        PaymentIntent.NextAction next = payment == null ? null : payment.getNextAction();
        PaymentIntent.NextAction.RedirectToUrl redirect = next == null ? null : next.getRedirectToUrl();
        try {
            return redirect == null || redirect.getUrl() == null ? null : new URI(redirect.getUrl());
        } catch (URISyntaxException notAnAddress) {
            return null;
        }
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
        String harmless = safe(value);
        if (harmless != null) {
            facts.append(", ").append(name).append(' ').append(harmless);
        }
    }

    private static @Nullable String safe(@Nullable String value) {
        return value != null && SAFE.matcher(value).matches() ? value : null;
    }

    private static String remedy(Category category) {
        return switch (category) {
            case PAYMENT_DECLINED -> "Ask the customer for another payment method";
            case AUTHENTICATION_REQUIRED -> "Send the customer to confirm the payment";
            case KEY -> "Check the key and its permissions";
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
