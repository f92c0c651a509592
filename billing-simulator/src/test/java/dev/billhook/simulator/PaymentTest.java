package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Customers and payments")
class PaymentTest extends ApiTest {

    PaymentTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("B8 changes of a customer are told with what was there before")
    void customer() {
        String id = api.post("/v1/customers", "email=a@x.org", "address[country]=DE")
                .id();
        api.post("/v1/customers/" + id, "email=b@x.org", "metadata[k]=v");
        assertThat(api.get("/v1/customers", "email=b@x.org").text("/data/0/id")).isEqualTo(id);
        assertThat(api.events().get(1).at("/data/previous_attributes").toString())
                .isEqualTo("{\"email\":\"a@x.org\",\"metadata\":{\"k\":null}}");
        Answer deleted = api.delete("/v1/customers/" + id);
        assertThat(deleted.body().path("deleted").asBoolean()).isTrue();
        Answer stub = api.get("/v1/customers/" + id);
        assertThat(stub.status()).isEqualTo(200);
        assertThat(stub.body().path("deleted").asBoolean()).isTrue();
        assertThat(api.eventTypes()).containsExactly("customer.created", "customer.updated", "customer.deleted");
    }

    @Test
    @DisplayName("C18 a card is attached, made the default, and detached")
    void paymentMethod() {
        String customer = api.post("/v1/customers").id();
        String method = api.post(
                        "/v1/payment_methods",
                        "type=card",
                        "card[number]=5555555555554444",
                        "card[exp_month]=3",
                        "card[exp_year]=2040",
                        "card[cvc]=123")
                .id();
        assertThat(api.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + method)
                        .status())
                .isEqualTo(400);
        Answer attached = api.post("/v1/payment_methods/" + method + "/attach", "customer=" + customer);
        assertThat(attached.text("/card/brand")).isEqualTo("mastercard");
        assertThat(attached.text("/card/last4")).isEqualTo("4444");
        api.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + method);
        assertThat(api.get("/v1/customers/" + customer + "/payment_methods")
                        .body()
                        .path("data"))
                .hasSize(1);
        api.post("/v1/payment_methods/" + method + "/detach");
        assertThat(api.get("/v1/customers/" + customer)
                        .body()
                        .at("/invoice_settings/default_payment_method")
                        .isNull())
                .isTrue();
        assertThat(api.eventTypes()).contains("payment_method.attached", "payment_method.detached");
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_visa, succeeded, , ",
        "pm_card_chargeDeclined, , card_declined, generic_decline",
        "pm_card_visa_chargeDeclinedInsufficientFunds, , card_declined, insufficient_funds",
        "pm_card_chargeDeclinedExpiredCard, , expired_card, ",
        "pm_card_chargeCustomerFail, , card_declined, generic_decline",
        "pm_card_authenticationRequired, requires_action, , ",
        "pm_card_authenticationRequiredOnSetup, requires_action, , ",
    })
    @DisplayName("test cards pay, decline or ask for authentication")
    void testCards(String card, String status, String code, String declineCode) {
        Answer answer = api.post(
                "/v1/payment_intents", "amount=1000", "currency=usd", "confirm=true", "payment_method=" + card);
        if (status != null) {
            assertThat(answer.text("/status")).isEqualTo(status);
            return;
        }
        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.text("/error/type")).isEqualTo("card_error");
        assertThat(answer.text("/error/code")).isEqualTo(code);
        assertThat(answer.text("/error/payment_intent/status")).isEqualTo("requires_payment_method");
        assertThat(answer.text("/error/decline_code")).isEqualTo(declineCode == null ? "" : declineCode);
        assertThat(api.eventTypes())
                .containsExactly("payment_intent.created", "charge.failed", "payment_intent.payment_failed");
    }

    @Test
    @DisplayName("a declining card is refused on attachment, the one that fails later is not")
    void attachment() {
        String customer = api.post("/v1/customers").id();
        assertThat(api.post("/v1/payment_methods/pm_card_chargeDeclined/attach", "customer=" + customer)
                        .status())
                .isEqualTo(402);
        assertThat(api.post("/v1/payment_methods/pm_card_chargeCustomerFail/attach", "customer=" + customer)
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("an absent cardholder cannot authenticate: off-session payment is refused")
    void offSession() {
        Answer answer = api.post(
                "/v1/payment_intents",
                "amount=1000",
                "currency=usd",
                "confirm=true",
                "off_session=true",
                "payment_method=pm_card_authenticationRequired");
        assertThat(answer.status()).isEqualTo(402);
        assertThat(answer.text("/error/code")).isEqualTo("authentication_required");
    }

    @Test
    @DisplayName("a payment makes a charge and an entry in the balance")
    void charge() {
        Answer intent = api.post(
                "/v1/payment_intents",
                "amount=1999",
                "currency=eur",
                "confirm=true",
                "payment_method=pm_card_visa",
                "metadata[order]=7",
                "expand[]=latest_charge.balance_transaction");
        assertThat(intent.text("/latest_charge/status")).isEqualTo("succeeded");
        assertThat(intent.number("/latest_charge/balance_transaction/net")).isEqualTo(1999);
        assertThat(intent.text("/latest_charge/metadata/order")).isEqualTo("7");
        assertThat(api.get("/v1/balance").body().path("pending").findValuesAsText("amount"))
                .containsExactly("1999", "0");
        assertThat(api.get("/v1/charges", "payment_intent=" + intent.id())
                        .body()
                        .path("data"))
                .hasSize(1);
    }

    @Test
    @DisplayName("a set-up keeps a card for its customer")
    void setUp() {
        String customer = api.post("/v1/customers").id();
        Answer intent =
                api.post("/v1/setup_intents", "customer=" + customer, "confirm=true", "payment_method=pm_card_visa");
        assertThat(intent.text("/status")).isEqualTo("succeeded");
        assertThat(api.get("/v1/payment_methods", "customer=" + customer, "type=card")
                        .text("/data/0/id"))
                .isEqualTo(intent.text("/payment_method"));
    }
}
