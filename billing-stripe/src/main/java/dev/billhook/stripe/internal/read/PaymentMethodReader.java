package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.PaymentMethod;
import org.jspecify.annotations.Nullable;

/** Reads what is charged; takes nothing personal over. */
final class PaymentMethodReader {
    private PaymentMethodReader() {}

    /** The payment method or source; one that is only named is told with its id. */
    static @Nullable PaymentMethod read(@Nullable JsonNode method) {
        if (method == null) {
            return null;
        }
        if (method.isTextual()) {
            return PaymentMethod.named(method.textValue());
        }
        if (SourceReader.isSource(method)) {
            return SourceReader.read(method);
        }
        String type = Json.requireText(method, "type");
        JsonNode details = method.path(type);
        return new PaymentMethod(
                Json.requireText(method, "id"),
                type,
                Json.text(details, "brand"),
                Json.text(details, "last4"),
                Json.integer(details, "exp_month"),
                Json.integer(details, "exp_year"));
    }

    /** What a subscription is charged to of its own: the payment method, or a source of the time before. */
    static @Nullable PaymentMethod ofSubscription(JsonNode subscription) {
        JsonNode method = Json.node(subscription, "default_payment_method");
        return read(method == null ? Json.node(subscription, "default_source") : method);
    }
}
