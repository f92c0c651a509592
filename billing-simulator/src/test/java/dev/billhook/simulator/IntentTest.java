package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Payments and set-ups before they are done")
class IntentTest extends ApiTest {
    private final String customer;

    IntentTest(StripeSimulator simulator) {
        super(simulator);
        customer = api.post("/v1/customers", "email=jane@example.com").id();
    }

    @Test
    @DisplayName("C18 a confirmed set-up keeps the card for its customer")
    void setUp() {
        Answer intent = api.post("/v1/setup_intents", "customer=" + customer);
        assertThat(intent.text("/status")).isEqualTo("requires_payment_method");
        Answer done = api.post("/v1/setup_intents/" + intent.id() + "/confirm", "payment_method=pm_card_visa");
        assertThat(done.text("/status")).isEqualTo("succeeded");
        Answer kept = api.get("/v1/customers/" + customer + "/payment_methods/" + done.text("/payment_method"));
        assertThat(kept.text("/customer")).isEqualTo(customer);
        assertThat(api.post("/v1/setup_intents/" + intent.id() + "/confirm").text("/error/code"))
                .isEqualTo("setup_intent_unexpected_state");
        assertThat(api.eventTypes())
                .containsSubsequence("setup_intent.created", "payment_method.attached", "setup_intent.succeeded");
    }

    @Test
    @DisplayName("a set-up that is canceled says why and cannot go on")
    void cancelSetUp() {
        String path = "/v1/setup_intents/" + api.post("/v1/setup_intents").id();
        Answer canceled = api.post(path + "/cancel", "cancellation_reason=abandoned");
        assertThat(canceled.text("/status")).isEqualTo("canceled");
        assertThat(canceled.text("/cancellation_reason")).isEqualTo("abandoned");
        assertThat(api.post(path + "/confirm", "payment_method=pm_card_visa").status())
                .isEqualTo(400);
        assertThat(api.eventTypes()).endsWith("setup_intent.canceled");
    }

    @Test
    @DisplayName("a payment that is canceled says why and when, and cannot go on")
    void cancelPayment() {
        String path = "/v1/payment_intents/"
                + api.post("/v1/payment_intents", "amount=500", "currency=usd").id();
        Answer canceled = api.post(path + "/cancel", "cancellation_reason=requested_by_customer");
        assertThat(canceled.text("/status")).isEqualTo("canceled");
        assertThat(canceled.text("/cancellation_reason")).isEqualTo("requested_by_customer");
        assertThat(canceled.number("/canceled_at")).isPositive();
        assertThat(api.post(path + "/confirm", "payment_method=pm_card_visa").text("/error/code"))
                .isEqualTo("payment_intent_unexpected_state");
        assertThat(api.eventTypes()).endsWith("payment_intent.canceled");
    }

    @Test
    @DisplayName("changing a payment is no event: Stripe has none")
    void change() {
        String path = "/v1/payment_intents/"
                + api.post("/v1/payment_intents", "amount=500", "currency=usd").id();
        assertThat(api.post(path, "amount=700").number("/amount")).isEqualTo(700);
        assertThat(api.eventTypes()).endsWith("payment_intent.created");
    }
}
