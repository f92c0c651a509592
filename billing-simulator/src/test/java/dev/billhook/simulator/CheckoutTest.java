package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.engine.checkout.completion.CheckoutEngine;
import dev.billhook.simulator.engine.checkout.completion.CheckoutResult;
import dev.billhook.simulator.engine.checkout.completion.PaymentDetails;
import dev.billhook.simulator.engine.payment.method.CardInput;
import dev.billhook.simulator.event.RetryPolicy;
import dev.billhook.simulator.kernel.Settings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Checkout sessions")
class CheckoutTest extends OwnSimulatorTest {
    private static final String SUCCESS = "success_url=https://shop.example/back?session={CHECKOUT_SESSION_ID}";

    @Test
    @DisplayName(
            "B6 paying for a subscription makes customer, card, subscription and paid invoice, and says so in order")
    void subscription() {
        String price = shop.monthly(1500);
        Answer session = session(
                "mode=subscription",
                "line_items[0][price]=" + price,
                "line_items[0][quantity]=2",
                "line_items[1][price]=" + shop.oneTime(500),
                "line_items[1][quantity]=1",
                "client_reference_id=team-7",
                "subscription_data[metadata][plan]=pro",
                "metadata[k]=v");
        assertThat(session.text("/url")).isEqualTo(simulator.baseUrl() + "/pay/" + session.id());
        assertThat(session.number("/amount_total")).isEqualTo(3500);
        int before = api.events().size();
        CheckoutResult result = pay(session, "4242 4242 4242 4242");
        assertThat(result).isEqualTo(new CheckoutResult.Completed("https://shop.example/back?session=" + session.id()));
        Answer done = api.get(
                "/v1/checkout/sessions/" + session.id(),
                "expand[]=subscription.latest_invoice",
                "expand[]=customer",
                "expand[]=line_items");
        assertThat(done.text("/status")).isEqualTo("complete");
        assertThat(done.text("/payment_status")).isEqualTo("paid");
        assertThat(done.text("/subscription/status")).isEqualTo("active");
        assertThat(done.text("/subscription/metadata/plan")).isEqualTo("pro");
        assertThat(done.text("/subscription/default_payment_method")).startsWith("pm_");
        assertThat(done.number("/subscription/latest_invoice/amount_paid")).isEqualTo(3500);
        assertThat(done.text("/customer/email")).isEqualTo("jane@example.com");
        assertThat(done.text("/customer_details/email")).isEqualTo("jane@example.com");
        assertThat(done.body().at("/line_items/data")).hasSize(2);
        assertThat(api.eventTypes().subList(before, api.events().size()))
                .containsSubsequence(
                        "customer.created",
                        "payment_method.attached",
                        "customer.subscription.created",
                        "invoice.created",
                        "invoice.finalized",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "invoice.paid",
                        "invoice.payment_succeeded",
                        "customer.subscription.updated",
                        "checkout.session.completed");
        assertThat(pay(session, "4242424242424242")).isEqualTo(new CheckoutResult.NotOpen("complete"));
    }

    @ParameterizedTest
    @CsvSource({
        "4000000000000002, card_declined",
        "4000000000009995, card_declined",
        "4000000000000069, expired_card",
        "4000000000000341, card_declined",
        "1234567812345678, incorrect_number",
    })
    @DisplayName("a refused card leaves the session open and nothing behind")
    void declined(String number, String code) {
        Answer session =
                session("mode=subscription", "line_items[0][price]=" + shop.monthly(1500), "line_items[0][quantity]=1");
        CheckoutResult result = pay(session, number);
        assertThat(result).isInstanceOfSatisfying(CheckoutResult.Declined.class, declined -> {
            assertThat(declined.error().code()).isEqualTo(code);
            assertThat(declined.message()).startsWith("Your card");
        });
        assertThat(api.get("/v1/customers").body().path("data")).isEmpty();
        assertThat(api.get("/v1/checkout/sessions/" + session.id()).text("/status"))
                .isEqualTo("open");
        assertThat(pay(session, "4242424242424242")).isInstanceOf(CheckoutResult.Completed.class);
    }

    @ParameterizedTest
    @CsvSource({"4000002500003155", "4000002760003184"})
    @DisplayName("a card with 3-D Secure asks for the challenge: failing it declines, passing it pays")
    void challenge(String number) {
        Answer session =
                session("mode=subscription", "line_items[0][price]=" + shop.monthly(1500), "line_items[0][quantity]=1");
        assertThat(pay(session, number)).isEqualTo(new CheckoutResult.ActionRequired(session.id()));
        assertThat(engine().authenticate(session.id(), false)).isInstanceOf(CheckoutResult.Declined.class);
        pay(session, number);
        assertThat(engine().authenticate(session.id(), true)).isInstanceOf(CheckoutResult.Completed.class);
        assertThat(api.get("/v1/subscriptions").text("/data/0/status")).isEqualTo("active");
    }

    @Test
    @DisplayName("C9 a trial can be begun without a card where the session says so")
    void trialWithoutCard() {
        Answer session = session(
                "mode=subscription",
                "line_items[0][price]=" + shop.monthly(1500),
                "line_items[0][quantity]=1",
                "subscription_data[trial_period_days]=14",
                "subscription_data[trial_settings][end_behavior][missing_payment_method]=cancel",
                "payment_method_collection=if_required");
        assertThat(session.number("/amount_total")).isZero();
        engine().complete(session.id(), new PaymentDetails("jane@example.com", null, Map.of()));
        assertThat(api.get("/v1/checkout/sessions/" + session.id()).text("/payment_status"))
                .isEqualTo("no_payment_required");
        assertThat(api.get("/v1/subscriptions").text("/data/0/status")).isEqualTo("trialing");
        simulator.advance(Duration.ofDays(15));
        assertThat(api.get("/v1/subscriptions", "status=all").text("/data/0/status"))
                .isEqualTo("canceled");
    }

    @Test
    @DisplayName("D4 a one-time purchase is a payment; a guest is no customer")
    void oneTime() {
        String[] common = {
            "mode=payment",
            "line_items[0][price]=" + shop.oneTime(29_900),
            "line_items[0][quantity]=1",
            "payment_intent_data[metadata][deal]=lifetime"
        };
        Answer guest = session(common);
        pay(guest, "4242424242424242");
        Answer done = api.get("/v1/checkout/sessions/" + guest.id(), "expand[]=payment_intent");
        assertThat(done.text("/payment_intent/metadata/deal")).isEqualTo("lifetime");
        assertThat(done.number("/payment_intent/amount_received")).isEqualTo(29_900);
        assertThat(done.body().path("customer").isNull()).isTrue();
        String customer = shop.customer();
        Answer known = api.post("/v1/checkout/sessions", Map.of(), append(common, SUCCESS, "customer=" + customer));
        pay(known, "4242424242424242");
        assertThat(api.get("/v1/checkout/sessions", "customer=" + customer).text("/data/0/payment_status"))
                .isEqualTo("paid");
    }

    @Test
    @DisplayName("C18 a set-up session keeps a new card for its customer")
    void setUp() {
        String customer = api.post("/v1/customers", "name=Jane").id();
        Answer session = session("mode=setup", "currency=usd", "customer=" + customer);
        pay(session, "5555555555554444");
        Answer done = api.get("/v1/checkout/sessions/" + session.id(), "expand[]=setup_intent.payment_method");
        assertThat(done.text("/setup_intent/payment_method/card/last4")).isEqualTo("4444");
        assertThat(done.text("/setup_intent/payment_method/customer")).isEqualTo(customer);
    }

    @Test
    @DisplayName("an open session expires by itself after a day, or on request")
    void expiry() {
        String[] common = {"mode=payment", "line_items[0][price]=" + shop.oneTime(100), "line_items[0][quantity]=1"};
        Answer forgotten = session(common);
        Answer dropped = session(common);
        assertThat(api.post("/v1/checkout/sessions/" + dropped.id() + "/expire").text("/status"))
                .isEqualTo("expired");
        simulator.advance(Duration.ofHours(24));
        assertThat(api.get("/v1/checkout/sessions/" + forgotten.id()).text("/status"))
                .isEqualTo("expired");
        assertThat(api.eventTypes().stream().filter("checkout.session.expired"::equals))
                .hasSize(2);
        assertThat(pay(forgotten, "4242424242424242")).isEqualTo(new CheckoutResult.NotOpen("expired"));
    }

    @Test
    @DisplayName("inline prices are sold, and quantities may be adjusted within their bounds")
    void inlinePrices() {
        Answer session = session(
                "mode=subscription",
                "line_items[0][price_data][currency]=jpy",
                "line_items[0][price_data][unit_amount]=500",
                "line_items[0][price_data][recurring][interval]=month",
                "line_items[0][price_data][product_data][name]=Seat",
                "line_items[0][quantity]=1",
                "line_items[0][adjustable_quantity][enabled]=true",
                "line_items[0][adjustable_quantity][maximum]=5");
        String line =
                api.get("/v1/checkout/sessions/" + session.id() + "/line_items").text("/data/0/id");
        assertThat(engine().complete(session.id(), details("4242424242424242", Map.of(line, 9L))))
                .isInstanceOf(CheckoutResult.Declined.class);
        engine().complete(session.id(), details("4242424242424242", Map.of(line, 4L)));
        Answer subscription = api.get("/v1/subscriptions", "expand[]=data.latest_invoice");
        assertThat(subscription.number("/data/0/items/data/0/quantity")).isEqualTo(4);
        assertThat(subscription.number("/data/0/latest_invoice/amount_paid")).isEqualTo(2000);
    }

    @ParameterizedTest
    @CsvSource({
        "mode=subscription, line_items",
        "mode=payment, line_items",
    })
    @DisplayName("a session without lines, or with prices that do not fit its mode, is refused")
    void refused(String mode, String param) {
        assertThat(session(mode).text("/error/param")).isEqualTo(param);
        String wrong = mode.contains("payment") ? shop.monthly(100) : shop.oneTime(100);
        assertThat(session(mode, "line_items[0][price]=" + wrong, "line_items[0][quantity]=1")
                        .text("/error/param"))
                .isEqualTo(param);
    }

    private Answer session(String... params) {
        return api.post("/v1/checkout/sessions", append(params, SUCCESS));
    }

    private CheckoutResult pay(Answer session, String number) {
        return engine().complete(session.id(), details(number, Map.of()));
    }

    private static PaymentDetails details(String number, Map<String, Long> quantities) {
        CardInput card = new CardInput(number, 12, 2040, "123", "Jane Doe", "jane@example.com", "DE", "10115");
        return new PaymentDetails("jane@example.com", card, quantities);
    }

    private CheckoutEngine engine() {
        return simulator.assembly().context().checkout();
    }

    private static String[] append(String[] params, String... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(params), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }

    @Test
    @DisplayName("live mode makes live sessions")
    void liveMode() {
        Settings live = new Settings("Shop", "sk_live_12345", null, false, InstantSource.system(), 1);
        assertThat(live.livemode()).isTrue();
        try (StripeSimulator other = StripeSimulator.builder()
                .apiKey("sk_live_12345")
                .retryPolicy(RetryPolicy.DEFAULT)
                .start()) {
            ApiClient client = new ApiClient(other);
            Answer product = client.post("/v1/products", "name=A");
            assertThat(product.body().path("livemode").asBoolean()).isTrue();
        }
    }
}
