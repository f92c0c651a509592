package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.StripeClient;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.v2.core.EventNotification;
import dev.billhook.simulator.kernel.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Events in the shapes of earlier API versions")
class EventVersionTest extends OwnSimulatorTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Receiver receiver = new Receiver();

    EventVersionTest() {
        super(StripeSimulator.builder().startAt(Instant.parse("2027-01-31T10:00:00Z")));
    }

    @Override
    @AfterEach
    void close() {
        super.close();
        receiver.close();
    }

    private String subscribed(String version) {
        simulator.registerWebhook(WebhookSpec.of(receiver.url()).withApiVersion(version));
        return subscribed();
    }

    private String subscribed() {
        api.post("/v1/coupons", "id=TEN", "percent_off=10", "duration=forever");
        String subscription = shop.subscribe(
                        shop.customer(), shop.monthly(1000), "items[0][quantity]=3", "discounts[0][coupon]=TEN")
                .id();
        assertThat(simulator.awaitDeliveries(SOON)).isTrue();
        return subscription;
    }

    /** The latest event of a type. */
    private JsonNode event(String type) {
        List<JsonNode> found = receiver.received().stream()
                .map(Receiver.Received::event)
                .filter(event -> event.path("type").asText().equals(type))
                .toList();
        assertThat(found).as(type).isNotEmpty();
        return found.get(found.size() - 1);
    }

    private JsonNode object(String type) {
        return event(type).at("/data/object");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2020-08-27, true, true, true, hosted",
        "2022-11-15, true, true, false, hosted",
        "2024-09-30.acacia, true, true, false, hosted",
        "2025-03-31.basil, false, true, false, hosted",
        "2025-10-29.clover, false, false, false, hosted",
        "2026-07-29.dahlia, false, false, false, hosted_page"
    })
    @DisplayName("C6 each version has what later ones took away")
    void versions(String version, boolean beforeBasil, boolean beforeClover, boolean beforeLatestCharge, String ui) {
        subscribed(version);
        assertThat(event("invoice.paid").path("api_version").asText()).isEqualTo(version);
        JsonNode subscription = object("customer.subscription.created");
        assertThat(subscription.has("current_period_end")).isEqualTo(beforeBasil);
        assertThat(subscription.at("/items/data/0").has("current_period_end")).isEqualTo(!beforeBasil);
        JsonNode invoice = object("invoice.paid");
        assertThat(invoice.has("subscription")).isEqualTo(beforeBasil);
        assertThat(invoice.has("parent")).isEqualTo(!beforeBasil);
        assertThat(invoice.at("/lines/data/0").has("price")).isEqualTo(beforeBasil);
        assertThat(invoice.at("/lines/data/0").has("pricing")).isEqualTo(!beforeBasil);
        assertThat(object("payment_intent.succeeded").has("charges")).isEqualTo(beforeLatestCharge);
        assertThat(object("charge.succeeded").has("refunds")).isEqualTo(beforeLatestCharge);
        JsonNode discount = object("customer.discount.created");
        assertThat(discount.at("/coupon/percent_off").asInt()).isEqualTo(beforeClover ? 10 : 0);
        assertThat(discount.has("source")).isEqualTo(!beforeClover);
        api.post(
                "/v1/checkout/sessions",
                "mode=setup",
                "currency=usd",
                "success_url=http://localhost/ok",
                "customer=" + shop.customer());
        api.post("/v1/checkout/sessions/" + api.get("/v1/checkout/sessions").text("/data/0/id") + "/expire");
        assertThat(simulator.awaitDeliveries(SOON)).isTrue();
        assertThat(object("checkout.session.expired").path("ui_mode").asText()).isEqualTo(ui);
    }

    @Test
    @DisplayName("before basil an invoice names subscription, payment and price itself, and whether it is paid")
    void invoiceBeforeBasil() {
        String id = subscribed("2024-09-30.acacia");
        JsonNode invoice = object("invoice.paid");
        assertThat(invoice.path("subscription").asText()).isEqualTo(id);
        assertThat(invoice.path("paid").asBoolean()).isTrue();
        assertThat(invoice.path("paid_out_of_band").asBoolean()).isFalse();
        assertThat(invoice.path("payment_intent").asText()).startsWith("pi_");
        assertThat(invoice.path("charge").asText()).startsWith("ch_");
        assertThat(invoice.path("tax").isNull()).isTrue();
        assertThat(invoice.path("total_tax_amounts")).isEmpty();
        assertThat(invoice.at("/discount/coupon/id").asText()).isEqualTo("TEN");
        JsonNode line = invoice.at("/lines/data/0");
        assertThat(line.path("type").asText()).isEqualTo("subscription");
        assertThat(line.path("subscription_item").asText()).startsWith("si_");
        assertThat(line.path("proration").asBoolean(true)).isFalse();
        assertThat(line.at("/price/unit_amount").asInt()).isEqualTo(1000);
        assertThat(line.at("/price/recurring").has("aggregate_usage")).isTrue();
        assertThat(line.at("/plan/amount").asInt()).isEqualTo(1000);
        assertThat(line.path("amount_excluding_tax").asInt()).isEqualTo(3000);
        assertThat(line.path("unit_amount_excluding_tax").asText()).isEqualTo("1000");
        assertThat(object("charge.succeeded").path("invoice").asText())
                .isEqualTo(invoice.path("id").asText());
        JsonNode subscription = object("customer.subscription.created");
        assertThat(subscription.at("/plan/interval").asText()).isEqualTo("month");
        assertThat(subscription.path("quantity").asInt()).isEqualTo(3);
        assertThat(subscription.at("/discount/coupon/percent_off").asInt()).isEqualTo(10);
    }

    @Test
    @DisplayName("before 2022-11-15 a payment intent lists its charges whole")
    void charges() {
        subscribed("2020-08-27");
        JsonNode intent = object("payment_intent.succeeded");
        assertThat(intent.at("/charges/object").asText()).isEqualTo("list");
        assertThat(intent.at("/charges/data/0/id").asText())
                .isEqualTo(intent.path("latest_charge").asText());
        assertThat(intent.at("/charges/data/0/refunds/data")).isEmpty();
    }

    @Test
    @DisplayName("what changed is told in the old shape, too")
    void previousAttributes() {
        subscribed("2022-11-15");
        simulator.advance(Period.ofMonths(1));
        assertThat(simulator.awaitDeliveries(SOON)).isTrue();
        JsonNode previous = event("customer.subscription.updated").at("/data/previous_attributes");
        assertThat(previous.path("current_period_end").asLong())
                .isEqualTo(Instant.parse("2027-02-28T10:00:00Z").getEpochSecond());
        assertThat(object("customer.subscription.updated")
                        .path("current_period_end")
                        .asLong())
                .isEqualTo(Instant.parse("2027-03-31T10:00:00Z").getEpochSecond());
        assertThat(previous.path("latest_invoice").asText()).startsWith("in_");
    }

    @Test
    @DisplayName("an endpoint's own version goes before the one set for all; the event log keeps the present shape")
    void which() {
        simulator.deliverAs("2020-08-27");
        try (Receiver own = new Receiver()) {
            simulator.registerWebhook(receiver.url());
            api.post(
                    "/v1/webhook_endpoints",
                    "url=" + own.url(),
                    "enabled_events[]=invoice.paid",
                    "api_version=2025-10-29.clover");
            subscribed();
            assertThat(event("invoice.paid").path("api_version").asText()).isEqualTo("2020-08-27");
            assertThat(own.received().get(0).event().path("api_version").asText())
                    .isEqualTo("2025-10-29.clover");
            assertThat(own.received().get(0).event().at("/data/object").has("subscription"))
                    .isFalse();
            assertThat(api.get("/v1/events", "type=invoice.paid").text("/data/0/api_version"))
                    .isEqualTo("2026-07-29.dahlia");
        }
        assertThat(api.post(
                                "/v1/webhook_endpoints",
                                "url=" + receiver.url(),
                                "enabled_events[]=*",
                                "api_version=yesterday")
                        .text("/error/param"))
                .isEqualTo("api_version");
        assertThatThrownBy(() -> simulator.deliverAs("basil")).isInstanceOf(ApiError.class);
    }

    @Test
    @DisplayName("a thin notification names the object, and Stripe's client reads it")
    void thin() throws SignatureVerificationException {
        String secret = simulator.registerWebhook(WebhookSpec.of(receiver.url()).thinly());
        String id = subscribed();
        Receiver.Received received = receiver.received().stream()
                .filter(one -> one.type().equals("v1.customer.subscription.created"))
                .findFirst()
                .orElseThrow();
        StripeClient client = StripeClients.of(simulator);
        EventNotification notification =
                client.parseEventNotification(received.payload(), received.signature(), secret);
        assertThat(notification.getType()).isEqualTo("v1.customer.subscription.created");
        assertThat(received.event().has("data")).isFalse();
        assertThat(received.event().at("/related_object/url").asText()).isEqualTo("/v1/subscriptions/" + id);
        assertThat(api.get(received.event().at("/related_object/url").asText()).id())
                .isEqualTo(id);
        assertThat(received.event().at("/reason/request/id").asText()).startsWith("req_");
    }
}
