package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.model.Event;
import com.stripe.model.Subscription;
import com.stripe.net.Webhook;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.Receiver.Received;
import dev.billhook.simulator.event.Delivery;
import dev.billhook.simulator.event.RetryPolicy;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Webhooks")
class WebhookTest extends OwnSimulatorTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Receiver receiver = new Receiver();
    private final List<Received> received = receiver.received();
    private final String url = receiver.url();

    WebhookTest() {
        super(StripeSimulator.builder()
                .retryPolicy(
                        new RetryPolicy(List.of(Duration.ofMillis(20), Duration.ofMillis(20)), Duration.ofSeconds(5))));
    }

    @Override
    @AfterEach
    void close() {
        super.close();
        receiver.close();
    }

    @Test
    @DisplayName("C6 events are delivered in order, signed so that Stripe's own client verifies them")
    void signed() throws SignatureVerificationException {
        String secret = simulator.registerWebhook(url);
        shop.subscribe(shop.customer(), shop.monthly(1000));
        simulator.advance(Period.ofYears(1));
        assertThat(simulator.awaitDeliveries(SOON)).isTrue();
        List<String> types = received.stream().map(one -> type(one, secret)).toList();
        assertThat(types).isEqualTo(api.eventTypes());
        Event updated = received.stream()
                .map(one -> event(one, secret))
                .filter(event -> event.getType().equals("customer.subscription.updated"))
                .findFirst()
                .orElseThrow();
        assertThat(updated.getDataObjectDeserializer().getObject()).containsInstanceOf(Subscription.class);
        assertThat(updated.getData().getPreviousAttributes()).containsKey("status");
        assertThat(updated.getApiVersion()).isEqualTo("2026-07-29.dahlia");
    }

    @Test
    @DisplayName("an endpoint gets the types it asked for, and none while it is disabled")
    void filtered() {
        Answer endpoint = api.post("/v1/webhook_endpoints", "url=" + url, "enabled_events[]=customer.created");
        api.post("/v1/customers");
        api.post("/v1/products", "name=P");
        simulator.awaitDeliveries(SOON);
        assertThat(received).hasSize(1);
        api.post("/v1/webhook_endpoints/" + endpoint.id(), "disabled=true");
        api.post("/v1/customers");
        simulator.awaitDeliveries(SOON);
        assertThat(received).hasSize(1);
    }

    @Test
    @DisplayName("D7 the secret of an endpoint is shown once, when it is made")
    void secretOnce() {
        Answer endpoint = api.post("/v1/webhook_endpoints", "url=" + url, "enabled_events[]=*");
        assertThat(endpoint.text("/secret")).startsWith("whsec_");
        assertThat(api.get("/v1/webhook_endpoints/" + endpoint.id()).body().has("secret"))
                .isFalse();
        assertThat(api.get("/v1/webhook_endpoints").body().path("data")).hasSize(1);
        assertThat(api.delete("/v1/webhook_endpoints/" + endpoint.id())
                        .body()
                        .path("deleted")
                        .asBoolean())
                .isTrue();
        assertThat(api.post("/v1/webhook_endpoints", "url=nonsense", "enabled_events[]=*")
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("a delivery that fails is tried again, and given up in the end; both are in the log")
    void retries() {
        simulator.registerWebhook(url, "whsec_given");
        receiver.failNext(2);
        String customer = api.post("/v1/customers").id();
        assertThat(simulator.awaitDeliveries(SOON)).isTrue();
        assertThat(event(received.get(0), "whsec_given")
                        .getDataObjectDeserializer()
                        .getRawJson())
                .contains(customer);
        assertThat(simulator.deliveries()).extracting(Delivery::status).containsExactly(200, 500, 500);
        receiver.failNext(100);
        api.post("/v1/customers");
        assertThat(simulator.awaitDeliveries(SOON)).isTrue();
        assertThat(received).hasSize(1);
        assertThat(api.events().get(1).path("pending_webhooks").asInt()).isEqualTo(1);
        receiver.failNext(0);
        simulator.resend(api.events().get(1).path("id").asText());
        assertThat(simulator.awaitDeliveries(SOON)).isTrue();
        assertThat(received).hasSize(2);
    }

    @Test
    @DisplayName("events are listed by type and time")
    void listed() {
        api.post("/v1/customers");
        simulator.advance(Duration.ofDays(1));
        api.post("/v1/products", "name=P");
        assertThat(api.get("/v1/events", "type=customer.created").body().path("data"))
                .hasSize(1);
        assertThat(api.get("/v1/events", "types[]=customer.created", "types[]=product.created")
                        .body()
                        .path("data"))
                .hasSize(2);
        assertThat(api.get("/v1/events", "created[gte]=" + simulator.now().getEpochSecond())
                        .text("/data/0/type"))
                .isEqualTo("product.created");
    }

    private static String type(Received one, String secret) {
        return event(one, secret).getType();
    }

    private static Event event(Received one, String secret) {
        try {
            return Webhook.constructEvent(one.payload(), one.signature(), secret);
        } catch (SignatureVerificationException e) {
            throw new AssertionError(e);
        }
    }
}
