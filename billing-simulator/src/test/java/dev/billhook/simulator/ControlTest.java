package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The control API")
class ControlTest extends OwnSimulatorTest {
    private final ApiClient control = new ApiClient(simulator.baseUrl(), "");

    ControlTest() {
        super(StripeSimulator.builder().startAt(Instant.parse("2027-01-31T00:00:00Z")));
    }

    @Test
    @DisplayName("tells address, key and time without a key")
    void health() {
        Answer health = control.get("/_sim/health");
        assertThat(health.text("/status")).isEqualTo("up");
        assertThat(health.text("/base_url")).isEqualTo(simulator.baseUrl());
        assertThat(health.text("/api_key")).isEqualTo(simulator.apiKey());
    }

    @Test
    @DisplayName("turns the clock by months, days and seconds or to an instant, never back")
    void clock() {
        assertThat(control.post("/_sim/clock", "months=1", "days=1", "seconds=5")
                        .text("/now"))
                .isEqualTo("2027-03-01T00:00:05Z");
        assertThat(control.post("/_sim/clock", "to=2027-06-01T00:00:00Z").text("/now"))
                .isEqualTo("2027-06-01T00:00:00Z");
        assertThat(control.post("/_sim/clock", "to=2027-01-01T00:00:00Z").status())
                .isEqualTo(400);
        assertThat(control.post("/_sim/clock", "to=tomorrow").status()).isEqualTo(400);
        assertThat(simulator.instantSource().instant()).isEqualTo(Instant.parse("2027-06-01T00:00:00Z"));
    }

    @Test
    @DisplayName("forgets everything on reset, but not the endpoints it was started with")
    void reset() {
        try (StripeSimulator other =
                StripeSimulator.builder().webhook("http://127.0.0.1:9/none").start()) {
            ApiClient api = new ApiClient(other);
            api.post("/v1/customers", "name=A");
            new ApiClient(other.baseUrl(), "").post("/_sim/reset");
            assertThat(api.get("/v1/customers").body().path("data")).isEmpty();
            assertThat(api.get("/v1/events").body().path("data")).isEmpty();
            assertThat(api.get("/v1/webhook_endpoints").body().path("data")).hasSize(1);
        }
    }

    @Test
    @DisplayName("with a running clock time passes by itself")
    void runningClock() {
        try (StripeSimulator running = StripeSimulator.builder()
                .startAt(Instant.parse("2027-01-31T00:00:00Z"))
                .runningClock()
                .start()) {
            Instant before = running.now();
            running.advanceTo(Instant.parse("2027-02-28T00:00:00Z"));
            assertThat(running.now()).isAfter(before).isAfterOrEqualTo(Instant.parse("2027-02-28T00:00:00Z"));
        }
    }
}
