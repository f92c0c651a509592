package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Card;
import com.stripe.model.Customer;
import com.stripe.model.Token;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerPaymentSourceListParams;
import com.stripe.param.TokenCreateParams;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.time.Period;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Cards as sources of customers")
class SourceTest extends ApiTest {

    SourceTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("a card is added, becomes the default, is changed and deleted, each with its event")
    void lifeOfCard() {
        String customer = api.post("/v1/customers", "email=jo@example.com").id();
        Answer visa = add(customer, "tok_visa");
        assertThat(visa.text("/object")).isEqualTo("card");
        assertThat(visa.text("/brand")).isEqualTo("Visa");
        assertThat(visa.text("/last4")).isEqualTo("4242");
        Answer second = add(customer, "tok_mastercard", "metadata[a]=b");
        assertThat(customer(customer).text("/default_source")).isEqualTo(visa.id());
        assertThat(customer(customer, "expand[]=default_source", "expand[]=sources")
                        .text("/default_source/brand"))
                .isEqualTo("Visa");
        assertThat(customer(customer, "expand[]=sources").body().at("/sources/data"))
                .hasSize(2);
        Answer changed = api.post(path(customer, visa), "name=Jo Doe", "exp_year=2044", "address_zip=10115");
        assertThat(changed.text("/name")).isEqualTo("Jo Doe");
        assertThat(changed.text("/address_zip")).isEqualTo("10115");
        JsonNode told = api.events().get(api.events().size() - 1);
        assertThat(told.path("type").asText()).isEqualTo("customer.source.updated");
        assertThat(told.at("/data/previous_attributes/name").isNull()).isTrue();
        assertThat(api.get(path(customer, visa)).text("/name")).isEqualTo("Jo Doe");
        assertThat(api.get("/v1/payment_methods/" + visa.id()).text("/card/exp_year"))
                .isEqualTo("2044");
        assertThat(api.get("/v1/customers/" + customer + "/sources", "limit=1").text("/data/0/id"))
                .isEqualTo(second.id());
        assertThat(api.delete(path(customer, visa)).body().path("deleted").asBoolean())
                .isTrue();
        assertThat(customer(customer).text("/default_source")).isEqualTo(second.id());
        assertThat(api.get(path(customer, visa)).status()).isEqualTo(404);
        api.post("/v1/payment_methods/" + second.id() + "/detach");
        assertThat(customer(customer).body().path("default_source").isNull()).isTrue();
        assertThat(api.eventTypes()).contains("customer.source.created", "customer.source.deleted", "customer.updated");
    }

    @Test
    @DisplayName("a token of a card is good for once")
    void tokens() {
        String[] card = {"card[number]=4242424242424242", "card[exp_month]=5", "card[exp_year]=2040", "card[name]=Jo"};
        Answer token = api.post("/v1/tokens", card);
        assertThat(token.text("/card/last4")).isEqualTo("4242");
        assertThat(token.body().path("used").asBoolean()).isFalse();
        String customer = api.post("/v1/customers", "source=" + token.id()).id();
        assertThat(customer(customer, "expand[]=default_source").text("/default_source/name"))
                .isEqualTo("Jo");
        assertThat(api.get("/v1/tokens/" + token.id()).body().path("used").asBoolean())
                .isTrue();
        assertThat(add(customer, token.id()).text("/error/code")).isEqualTo("token_already_used");
        String other = api.post("/v1/tokens", card).id();
        assertThat(api.post("/v1/payment_methods", "type=card", "card[token]=" + other)
                        .number("/card/exp_month"))
                .isEqualTo(5);
        assertThat(add(customer, "tok_none").text("/error/param")).isEqualTo("source");
        assertThat(add(customer, "tok_chargeDeclined").text("/error/code")).isEqualTo("card_declined");
        assertThat(api.post("/v1/tokens", "card[number]=1", "card[exp_month]=5", "card[exp_year]=2040")
                        .text("/error/code"))
                .isEqualTo("incorrect_number");
        assertThat(api.post("/v1/tokens", "pii[id_number]=1").text("/error/param"))
                .isEqualTo("card");
    }

    @Test
    @DisplayName("a new source given to the customer replaces the default one")
    void replaced() {
        String customer = api.post("/v1/customers", "source=tok_visa").id();
        String first = customer(customer).text("/default_source");
        String kept = add(customer, "tok_amex").id();
        String second =
                api.post("/v1/customers/" + customer, "source=tok_mastercard").text("/default_source");
        assertThat(second).isNotEqualTo(first);
        assertThat(api.get("/v1/customers/" + customer + "/sources").body().path("data"))
                .hasSize(2);
        assertThat(api.post("/v1/customers/" + customer, "default_source=" + kept)
                        .text("/default_source"))
                .isEqualTo(kept);
        assertThat(api.post("/v1/customers/" + customer, "default_source=card_none")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("invoices are collected from the subscription's method, its source, the customer's method, its source")
    void order() {
        String customer = api.post("/v1/customers", "source=tok_visa").id();
        String price = shop.monthly(1000);
        String subscription = shop.subscribe(customer, price).id();
        assertThat(lastPaidWith(subscription)).isEqualTo("visa");
        api.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=pm_card_mastercard");
        assertThat(nextPaidWith(subscription)).isEqualTo("mastercard");
        String own = add(customer, "tok_amex").id();
        api.post("/v1/subscriptions/" + subscription, "default_source=" + own);
        assertThat(nextPaidWith(subscription)).isEqualTo("amex");
        api.post("/v1/subscriptions/" + subscription, "default_payment_method=pm_card_discover");
        assertThat(nextPaidWith(subscription)).isEqualTo("discover");
        assertThat(api.post("/v1/subscriptions/" + subscription, "default_source=card_none")
                        .text("/error/param"))
                .isEqualTo("default_source");
    }

    @Test
    @DisplayName("Stripe's own Java client makes tokens and reads cards")
    void javaClient() throws StripeException {
        StripeClient stripe = StripeClients.of(simulator);
        Token token = stripe.v1()
                .tokens()
                .create(TokenCreateParams.builder()
                        .setCard(TokenCreateParams.Card.builder()
                                .setNumber("4242424242424242")
                                .setExpMonth("12")
                                .setExpYear("2040")
                                .setCvc("123")
                                .build())
                        .build());
        Customer customer = stripe.v1()
                .customers()
                .create(CustomerCreateParams.builder().setSource(token.getId()).build());
        assertThat(stripe.v1()
                        .customers()
                        .paymentSources()
                        .list(
                                customer.getId(),
                                CustomerPaymentSourceListParams.builder()
                                        .setObject("card")
                                        .build())
                        .getData())
                .singleElement()
                .isInstanceOfSatisfying(
                        Card.class, card -> assertThat(card.getLast4()).isEqualTo("4242"));
    }

    private Answer add(String customer, String token, String... more) {
        String[] params = java.util.Arrays.copyOf(more, more.length + 1);
        params[more.length] = "source=" + token;
        return api.post("/v1/customers/" + customer + "/sources", params);
    }

    private Answer customer(String id, String... params) {
        return api.get("/v1/customers/" + id, params);
    }

    private static String path(String customer, Answer card) {
        return "/v1/customers/" + customer + "/sources/" + card.id();
    }

    private String nextPaidWith(String subscription) {
        simulator.advance(Period.ofMonths(1).plusDays(1));
        return lastPaidWith(subscription);
    }

    private String lastPaidWith(String subscription) {
        String customer = shop.subscription(subscription).text("/customer");
        return api.get("/v1/charges", "customer=" + customer).text("/data/0/payment_method_details/card/brand");
    }
}
