package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.CustomerBalanceTransaction;
import com.stripe.param.CustomerBalanceTransactionCreateParams;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The balance of a customer")
class CustomerBalanceTest extends OwnSimulatorTest {

    CustomerBalanceTest() {
        super(StripeSimulator.builder()
                .startAt(Instant.parse("2027-01-31T10:00:00Z"))
                .seed(11));
    }

    @Test
    @DisplayName("each change leaves a transaction, whoever makes it")
    void transactions() {
        String customer = api.post("/v1/customers", "balance=-500").id();
        api.post("/v1/customers/" + customer, "balance=-300");
        Answer third = api.post(
                "/v1/customers/" + customer + "/balance_transactions",
                "amount=-200",
                "currency=usd",
                "description=Sorry",
                "metadata[k]=v");
        assertThat(third.number("/ending_balance")).isEqualTo(-500);
        assertThat(third.text("/type")).isEqualTo("adjustment");
        assertThat(types(customer)).containsExactly("adjustment", "adjustment", "initial");
        assertThat(amounts(customer)).containsExactly(-200L, 200L, -500L);
        assertThat(api.get("/v1/customers/" + customer).number("/balance")).isEqualTo(-500);
        assertThat(api.get("/v1/customers/" + customer, "expand[]=invoice_credit_balance")
                        .number("/invoice_credit_balance/usd"))
                .isEqualTo(500);
        String one = "/v1/customers/" + customer + "/balance_transactions/" + third.id();
        assertThat(api.post(one, "description=Thanks").text("/description")).isEqualTo("Thanks");
        assertThat(api.get(one).text("/metadata/k")).isEqualTo("v");
        assertThat(api.get("/v1/customers/" + shop.customer() + "/balance_transactions/" + third.id())
                        .status())
                .isEqualTo(404);
        assertThat(api.post("/v1/customers/" + customer + "/balance_transactions", "amount=1", "currency=eur")
                        .text("/error/param"))
                .isEqualTo("currency");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1_000_000_000_000L, 1_000_000_000_000L, Long.MAX_VALUE})
    @DisplayName("changes that are out of all proportion are refused")
    void tooLarge(long amount) {
        String customer = shop.customer();
        assertThat(api.post("/v1/customers/" + customer, "balance=" + amount).text("/error/code"))
                .isEqualTo("parameter_invalid_integer");
        assertThat(api.post("/v1/customers/" + customer + "/balance_transactions", "currency=usd", "amount=" + amount)
                        .text("/error/code"))
                .isEqualTo("parameter_invalid_integer");
        assertThat(api.get("/v1/customers/" + customer).number("/balance")).isZero();
    }

    @Test
    @DisplayName("C15 a credit pays an invoice in part and shows what was applied")
    void applied() {
        String customer = shop.customer();
        api.post("/v1/customers/" + customer, "balance=-300");
        Answer subscription = shop.subscribe(customer, shop.monthly(1000), "expand[]=latest_invoice");
        assertThat(subscription.number("/latest_invoice/starting_balance")).isEqualTo(-300);
        assertThat(subscription.number("/latest_invoice/amount_paid")).isEqualTo(700);
        assertThat(types(customer)).containsExactly("applied_to_invoice", "adjustment");
        assertThat(amounts(customer)).containsExactly(300L, -300L);
        assertThat(api.get(
                                "/v1/customers/" + customer + "/balance_transactions",
                                "invoice=" + subscription.text("/latest_invoice/id"))
                        .body()
                        .path("data"))
                .hasSize(1);
    }

    @Test
    @DisplayName("voiding an invoice gives back what was applied to it")
    void unapplied() {
        String customer = shop.customer("pm_card_chargeCustomerFail");
        api.post("/v1/customers/" + customer, "balance=-300");
        String invoice = shop.subscribe(customer, shop.monthly(1000)).text("/latest_invoice");
        assertThat(api.get("/v1/customers/" + customer).number("/balance")).isZero();
        assertThat(api.post("/v1/invoices/" + invoice + "/void").text("/status"))
                .isEqualTo("void");
        assertThat(api.get("/v1/customers/" + customer).number("/balance")).isEqualTo(-300);
        assertThat(types(customer)).containsExactly("unapplied_from_invoice", "applied_to_invoice", "adjustment");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("is the sum of its transactions after any life")
    void sum(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String customer = shop.customer(random.nextBoolean() ? "pm_card_visa" : "pm_card_chargeCustomerFail");
        List<String> prices = List.of(shop.monthly(1000), shop.monthly(3700), shop.yearly(9900));
        String subscription =
                shop.subscribe(customer, prices.get(0), "items[0][quantity]=5").id();
        for (int step = 0; step < 12; step++) {
            long amount = random.nextLong(-4000, 4000);
            switch (random.nextInt(5)) {
                case 0 -> api.post("/v1/customers/" + customer, "balance=" + amount);
                case 1 ->
                    api.post("/v1/customers/" + customer + "/balance_transactions", "currency=usd", "amount=" + amount);
                case 2 -> {
                    String item = shop.subscription(subscription).text("/items/data/0/id");
                    api.post(
                            "/v1/subscriptions/" + subscription,
                            "items[0][id]=" + item,
                            "items[0][price]=" + prices.get(random.nextInt(3)),
                            "items[0][quantity]=" + random.nextInt(1, 9),
                            "proration_behavior=always_invoice");
                }
                case 3 ->
                    api.get("/v1/invoices", "customer=" + customer, "status=open")
                            .body()
                            .path("data")
                            .forEach(invoice -> api.post(
                                    "/v1/invoices/" + invoice.path("id").asText() + "/void"));
                default -> simulator.advance(Period.ofDays(random.nextInt(1, 40)));
            }
        }
        long balance = api.get("/v1/customers/" + customer).number("/balance");
        assertThat(amounts(customer).stream().mapToLong(Long::longValue).sum())
                .as("seed %d", seed)
                .isEqualTo(balance);
        assertThat(types(customer)).as("seed %d", seed).isNotEmpty();
    }

    @Test
    @DisplayName("Stripe's own client credits a customer")
    void client() throws StripeException {
        StripeClient stripe = StripeClients.of(simulator);
        String customer = shop.customer();
        CustomerBalanceTransaction credit = stripe.v1()
                .customers()
                .balanceTransactions()
                .create(
                        customer,
                        CustomerBalanceTransactionCreateParams.builder()
                                .setAmount(-250L)
                                .setCurrency("usd")
                                .build());
        assertThat(credit.getEndingBalance()).isEqualTo(-250);
        assertThat(stripe.v1().customers().retrieve(customer).getCurrency()).isEqualTo("usd");
        assertThat(stripe.v1()
                        .customers()
                        .balanceTransactions()
                        .retrieve(customer, credit.getId())
                        .getAmount())
                .isEqualTo(-250);
    }

    private List<String> types(String customer) {
        return StreamSupport.stream(transactions(customer).body().path("data").spliterator(), false)
                .map(entry -> entry.path("type").asText())
                .toList();
    }

    private List<Long> amounts(String customer) {
        return StreamSupport.stream(transactions(customer).body().path("data").spliterator(), false)
                .map(entry -> entry.path("amount").asLong())
                .toList();
    }

    private Answer transactions(String customer) {
        return api.get("/v1/customers/" + customer + "/balance_transactions", "limit=100");
    }
}
