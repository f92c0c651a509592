package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.mirror.CustomerSnapshot;
import org.jspecify.annotations.Nullable;

/** Reads customers; takes nothing personal over. */
public final class CustomerReader {
    private static final String TYPE_NOT_TOLD = "unknown";

    private CustomerReader() {}

    /**
     * The customer's state. A default payment method that is only named is told with its id and type {@code unknown}, and
     * as not resolved.
     *
     * @throws dev.billhook.BillingException if it cannot be understood
     */
    public static CustomerSnapshot read(JsonNode customer) {
        if (Json.flag(customer, "deleted")) {
            return readDeleted(customer);
        }
        JsonNode settings = customer.get("invoice_settings");
        JsonNode chosen = settings == null ? null : Json.node(settings, "default_payment_method");
        JsonNode method = chosen == null ? Json.node(customer, "default_source") : chosen;
        String currency = Json.text(customer, "currency");
        Customer state = new Customer(
                Json.requireText(customer, "id"),
                currency,
                Json.flag(customer, "delinquent"),
                paymentMethod(method),
                false);
        return new CustomerSnapshot(
                state,
                method == null || method.isObject(),
                Metadata.account(customer),
                Json.node(customer, "test_clock") != null);
    }

    /** The state of a customer that is gone, whatever else the document says. */
    public static CustomerSnapshot readDeleted(JsonNode customer) {
        Customer state = new Customer(Json.requireText(customer, "id"), null, false, null, true);
        return new CustomerSnapshot(state, true, Metadata.account(customer), Json.node(customer, "test_clock") != null);
    }

    private static @Nullable PaymentMethod paymentMethod(@Nullable JsonNode method) {
        if (method == null) {
            return null;
        }
        if (method.isTextual()) {
            return new PaymentMethod(method.textValue(), TYPE_NOT_TOLD, null, null, null, null);
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
}
