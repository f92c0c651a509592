package dev.billhook.stripe.internal.customer;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.SubscriptionListParams;
import dev.billhook.stripe.internal.transport.Pages;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.function.Consumer;

/** All subscriptions of a customer. */
public final class CustomerSubscriptions {
    private CustomerSubscriptions() {}

    /** Visits them, ended ones too, newest first. */
    public static void forEach(StripeApi api, String customerId, Consumer<JsonNode> visitor) {
        SubscriptionListParams.Builder params = SubscriptionListParams.builder()
                .setCustomer(customerId)
                .setStatus(SubscriptionListParams.Status.ALL)
                .setLimit(Pages.SIZE);
        Pages.forEach(
                after -> api.get(
                        "list subscriptions of customer " + customerId,
                        "/v1/subscriptions",
                        params.setStartingAfter(after).build()),
                visitor);
    }
}
