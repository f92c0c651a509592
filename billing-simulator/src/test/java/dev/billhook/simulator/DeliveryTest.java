package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.event.Delivery;
import dev.billhook.simulator.event.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Delivery, its log and its repetition")
class DeliveryTest extends OwnSimulatorTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant START = Instant.parse("2027-01-31T10:00:00Z");

    private final Receiver receiver = new Receiver();
    private final ApiClient control = new ApiClient(simulator.baseUrl(), "");

    DeliveryTest() {
        super(StripeSimulator.builder().startAt(START).retryPolicy(RetryPolicy.simulated()));
    }

    @Override
    @AfterEach
    void close() {
        super.close();
        receiver.close();
    }

    private void settle() {
        assertThat(simulator.awaitDeliveries(SOON)).isTrue();
    }

    private void settleAfter(Duration time) {
        simulator.advance(time);
        settle();
    }

    @Test
    @DisplayName("D10 in simulated time a failed delivery is tried again when the clock is turned, for three days")
    void simulatedRetries() {
        simulator.registerWebhook(receiver.url());
        receiver.failNext(1000);
        api.post("/v1/customers");
        settle();
        assertThat(simulator.deliveries()).hasSize(1);
        settleAfter(Duration.ofSeconds(299));
        assertThat(simulator.deliveries()).hasSize(1);
        settleAfter(Duration.ofSeconds(1));
        assertThat(simulator.deliveries())
                .extracting(Delivery::due)
                .containsExactly(START.plus(Duration.ofMinutes(5)), START);
        settleAfter(Duration.ofDays(1));
        int afterOneDay = simulator.deliveries().size();
        settleAfter(Duration.ofDays(30));
        assertThat(simulator.deliveries()).hasSizeGreaterThan(afterOneDay);
        assertThat(simulator.deliveries().get(0).due()).isEqualTo(START.plus(Duration.ofDays(3)));
        assertThat(api.get("/v1/events").number("/data/0/pending_webhooks")).isOne();
    }

    @Test
    @DisplayName("a step of three days tries as often as many small ones")
    void stepsDoNotMatter() {
        simulator.registerWebhook(receiver.url());
        receiver.failNext(1000);
        api.post("/v1/customers");
        settle();
        settleAfter(Duration.ofDays(3));
        List<Instant> atOnce =
                simulator.deliveries().stream().map(Delivery::due).toList();
        simulator.reset();
        api.post("/v1/customers");
        settle();
        for (int i = 0; i < 72; i++) {
            settleAfter(Duration.ofHours(1));
        }
        assertThat(simulator.deliveries()).extracting(Delivery::due).isEqualTo(atOnce);
    }

    @Test
    @DisplayName("a delivery that succeeds later counts as delivered")
    void succeedsLater() {
        simulator.registerWebhook(receiver.url());
        receiver.failNext(2);
        api.post("/v1/customers");
        settle();
        settleAfter(Duration.ofHours(1));
        assertThat(receiver.received()).hasSize(1);
        assertThat(receiver.received().get(0).event().path("pending_webhooks").asInt())
                .isOne();
        assertThat(api.get("/v1/events").number("/data/0/pending_webhooks")).isZero();
    }

    @Test
    @DisplayName("an endpoint that was disabled in the meantime is not tried again")
    void disabled() {
        Answer endpoint = api.post("/v1/webhook_endpoints", "url=" + receiver.url(), "enabled_events[]=*");
        receiver.failNext(1);
        api.post("/v1/customers");
        settle();
        api.post("/v1/webhook_endpoints/" + endpoint.id(), "disabled=true");
        settleAfter(Duration.ofDays(3));
        assertThat(simulator.deliveries()).hasSize(1);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    @DisplayName("the log over HTTP is filtered by event, type, endpoint and failure, and paged")
    void log() {
        simulator.registerWebhook(receiver.url());
        receiver.failNext(1);
        api.post("/v1/customers");
        settle();
        api.post("/v1/products", "name=P");
        api.post("/v1/customers");
        settle();
        JsonNode all = control.get("/_sim/deliveries").body().path("data");
        assertThat(all).hasSize(3);
        assertThat(control.get("/_sim/deliveries", "failed=true").body().path("data"))
                .hasSize(1);
        assertThat(control.get("/_sim/deliveries", "failed=false").body().path("data"))
                .hasSize(2);
        assertThat(control.get("/_sim/deliveries", "type=product.created")
                        .body()
                        .path("data"))
                .hasSize(1);
        String endpoint = all.path(0).path("endpoint").asText();
        assertThat(control.get("/_sim/deliveries", "endpoint=" + endpoint)
                        .body()
                        .path("data"))
                .hasSize(3);
        Answer page = control.get("/_sim/deliveries", "limit=2");
        assertThat(page.body().path("has_more").asBoolean()).isTrue();
        Answer rest = control.get("/_sim/deliveries", "starting_after=" + page.text("/data/1/id"));
        assertThat(rest.body().path("data")).hasSize(1);
        assertThat(rest.text("/data/0/outcome")).isEqualTo("failed");
        assertThat(rest.number("/data/0/status")).isEqualTo(500);
        Answer event = control.get("/_sim/events/" + rest.text("/data/0/event"));
        assertThat(event.text("/event/type")).isEqualTo("customer.created");
        assertThat(event.body().path("deliveries")).hasSize(1);
        assertThat(control.get("/_sim/events/evt_none").status()).isEqualTo(404);
    }

    @Test
    @DisplayName("an event is sent again to all who want it, or to one endpoint")
    void resend() {
        try (Receiver other = new Receiver()) {
            simulator.registerWebhook(receiver.url());
            Answer second =
                    api.post("/v1/webhook_endpoints", "url=" + other.url(), "enabled_events[]=customer.created");
            api.post("/v1/customers");
            settle();
            String event = receiver.ids().get(0);
            control.post("/_sim/events/" + event + "/resend", "endpoint=" + second.id());
            assertThat(control.post("/_sim/deliveries/await", "timeout_ms=20000")
                            .body()
                            .path("complete")
                            .asBoolean())
                    .isTrue();
            assertThat(receiver.ids()).containsExactly(event);
            assertThat(other.ids()).containsExactly(event, event);
            control.post("/_sim/events/" + event + "/resend");
            settle();
            assertThat(receiver.ids()).hasSize(2);
            assertThat(other.ids()).hasSize(3);
            assertThat(control.post("/_sim/events/" + event + "/resend", "endpoint=we_none")
                            .status())
                    .isEqualTo(400);
            assertThat(control.post("/_sim/events/evt_none/resend").status()).isEqualTo(404);
        }
    }

    @Test
    @DisplayName(
            "D10 reset keeps the endpoints registered with the simulator, with their secrets, and forgets those of the API")
    void reset() {
        String secret = simulator.registerWebhook(receiver.url());
        control.post("/_sim/webhooks", "url=" + receiver.url(), "enabled_events[]=product.created", "secret=whsec_own");
        api.post("/v1/webhook_endpoints", "url=" + receiver.url(), "enabled_events[]=*");
        control.post("/_sim/reset");
        assertThat(api.get("/v1/webhook_endpoints").body().path("data")).hasSize(2);
        assertThat(simulator.deliveries()).isEmpty();
        api.post("/v1/customers");
        settle();
        assertThat(receiver.received()).hasSize(1);
        assertThat(verified(receiver.received().get(0), secret)).isTrue();
        control.post("/_sim/reset", "webhooks=forget");
        assertThat(api.get("/v1/webhook_endpoints").body().path("data")).isEmpty();
    }

    private static boolean verified(Receiver.Received received, String secret) {
        try {
            return Webhook.Signature.verifyHeader(received.payload(), received.signature(), secret, 300);
        } catch (SignatureVerificationException e) {
            return false;
        }
    }

    @Test
    @DisplayName("D7 an endpoint has description, metadata and events, which are checked")
    void endpoint() {
        Answer made = api.post(
                "/v1/webhook_endpoints",
                "url=" + receiver.url(),
                "enabled_events[]=invoice.paid",
                "enabled_events[]=customer.created",
                "description=Branch x",
                "metadata[branch]=x",
                "connect=false");
        assertThat(made.status()).isEqualTo(200);
        String path = "/v1/webhook_endpoints/" + made.id();
        Answer read = api.get(path);
        assertThat(read.text("/description")).isEqualTo("Branch x");
        assertThat(read.text("/metadata/branch")).isEqualTo("x");
        assertThat(read.body().path("enabled_events")).hasSize(2);
        assertThat(read.text("/status")).isEqualTo("enabled");
        Answer changed = api.post(path, "description=", "metadata[branch]=", "enabled_events[]=*", "disabled=true");
        assertThat(changed.body().path("description").isNull()).isTrue();
        assertThat(changed.body().path("metadata")).isEmpty();
        assertThat(changed.text("/status")).isEqualTo("disabled");
        assertThat(changed.body().has("secret")).isFalse();
        assertThat(api.post(path, "enabled_events[]=nothing.happened").text("/error/param"))
                .isEqualTo("enabled_events[0]");
        assertThat(api.post(path, "enabled_events[]=*", "enabled_events[]=invoice.paid")
                        .status())
                .isEqualTo(400);
        assertThat(api.post(path, "api_version=2022-11-15").text("/error/code")).isEqualTo("parameter_unknown");
        assertThat(api.post("/v1/webhook_endpoints", "url=http:nowhere", "enabled_events[]=*")
                        .text("/error/param"))
                .isEqualTo("url");
        assertThat(api.post("/v1/webhook_endpoints", "enabled_events[]=*").text("/error/code"))
                .isEqualTo("parameter_missing");
        assertThat(api.delete(path).body().path("deleted").asBoolean()).isTrue();
        assertThat(api.get(path).status()).isEqualTo(404);
    }
}
