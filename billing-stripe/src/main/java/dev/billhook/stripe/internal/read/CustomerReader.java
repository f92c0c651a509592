package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.Customer;
import dev.billhook.mirror.CustomerSnapshot;

/** Reads customers; takes nothing personal over. */
public final class CustomerReader {
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
                PaymentMethodReader.read(method),
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
}
