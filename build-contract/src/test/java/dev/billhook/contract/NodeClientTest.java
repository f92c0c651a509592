package dev.billhook.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billhook.simulator.StripeSimulator;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D10 Stripe's client for Node.js works against the simulator")
class NodeClientTest {
    private static JsonNode seen;

    @BeforeAll
    static void run() throws IOException {
        NodeTools tools = NodeModule.tools();
        try (StripeSimulator stripe = StripeSimulator.start()) {
            String printed = tools.run(
                    NodeModule.FOLDER.resolve("src/test/node/client.mjs"), List.of(stripe.baseUrl(), stripe.apiKey()));
            seen = new ObjectMapper().readTree(printed);
        }
    }

    @Test
    @DisplayName("customer, payment method, subscription and the preview of a change")
    void subscribes() {
        assertThat(texts("subscription")).containsExactly("active", "paid", "1000");
        assertThat(seen.path("preview").asInt()).isEqualTo(2000);
    }

    @Test
    @DisplayName("a test clock renews the subscription, which invoices and events show")
    void renews() {
        assertThat(seen.path("periodStart").asText()).isEqualTo("2027-02-28T00:00:00.000Z");
        assertThat(texts("invoices")).containsExactly("subscription_cycle paid", "subscription_create paid");
        assertThat(texts("events")).containsExactly("customer.subscription.updated", "invoice.paid");
    }

    @Test
    @DisplayName("lists page by themselves, newest first")
    void pages() {
        assertThat(texts("coupons"))
                .containsExactly("Coupon 5", "Coupon 4", "Coupon 3", "Coupon 2", "Coupon 1", "Coupon 0");
    }

    @Test
    @DisplayName("errors arrive as the client's own classes")
    void errors() {
        assertThat(texts("errors"))
                .containsExactly(
                        "StripeInvalidRequestError resource_missing 404",
                        "StripeInvalidRequestError parameter_unknown 400",
                        "StripeCardError card_declined 402",
                        "StripeAuthenticationError - 401",
                        "StripeRateLimitError rate_limit 429",
                        "StripeIdempotencyError - 400");
    }

    @Test
    @DisplayName("a repeated request with its idempotency key gets the first answer")
    void repeats() {
        assertThat(seen.path("idempotent").asBoolean()).isTrue();
    }

    @Test
    @DisplayName("webhooks verify with the endpoint's secret, changed ones do not")
    void webhooks() {
        assertThat(texts("webhooks"))
                .contains("customer.subscription.created")
                .filteredOn("invoice.paid"::equals)
                .hasSize(2);
        assertThat(texts("forged")).containsExactly("StripeSignatureVerificationError - -");
    }

    private static List<String> texts(String field) {
        return StreamSupport.stream(seen.path(field).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
