package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.event.Chaos;
import dev.billhook.simulator.event.Delivery;
import dev.billhook.simulator.event.Delivery.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Deliveries that go wrong on purpose")
class ChaosTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int CUSTOMERS = 60;

    /** What a run leaves behind: the events, what arrived, and the attempts, oldest first. */
    private record Run(List<String> events, List<String> arrived, List<Delivery> attempts) {
        List<String> dropped() {
            return attempts.stream()
                    .filter(attempt -> attempt.outcome() == Outcome.DROPPED)
                    .map(Delivery::eventId)
                    .toList();
        }
    }

    private static Run run(Chaos chaos) {
        try (Receiver receiver = new Receiver();
                StripeSimulator simulator = StripeSimulator.builder()
                        .startAt(Instant.parse("2027-01-31T10:00:00Z"))
                        .seed(11)
                        .chaos(chaos)
                        .webhook(receiver.url())
                        .start()) {
            ApiClient api = new ApiClient(simulator);
            for (int i = 0; i < CUSTOMERS; i++) {
                api.post("/v1/customers", "name=" + i);
            }
            assertThat(simulator.awaitDeliveries(SOON)).isTrue();
            List<Delivery> attempts = new ArrayList<>(simulator.deliveries());
            Collections.reverse(attempts);
            List<String> events = api.events().stream()
                    .map(event -> event.path("id").asText())
                    .toList();
            return new Run(events, List.copyOf(receiver.ids()), attempts);
        }
    }

    @Test
    @DisplayName("D10 a lost delivery is never sent or tried again; the event is listed as not delivered")
    void drops() {
        Run run = run(Chaos.NONE.dropping(0.3).seeded(1));
        assertThat(run.dropped()).hasSizeBetween(5, 40);
        List<String> expected = new ArrayList<>(run.events());
        expected.removeAll(run.dropped());
        assertThat(run.arrived()).isEqualTo(expected);
    }

    @Test
    @DisplayName("lost events are found by delivery_success=false, and can be sent after all")
    void findsLost() {
        try (Receiver receiver = new Receiver();
                StripeSimulator simulator = StripeSimulator.start()) {
            simulator.registerWebhook(receiver.url());
            simulator.chaos(Chaos.NONE.dropping(1));
            ApiClient api = new ApiClient(simulator);
            api.post("/v1/customers", "name=lost");
            simulator.chaos(Chaos.NONE);
            api.post("/v1/customers", "name=found");
            assertThat(simulator.awaitDeliveries(SOON)).isTrue();
            JsonNode lost =
                    api.get("/v1/events", "delivery_success=false").body().path("data");
            assertThat(lost).hasSize(1);
            assertThat(lost.path(0).at("/data/object/name").asText()).isEqualTo("lost");
            assertThat(lost.path(0).path("pending_webhooks").asInt()).isOne();
            simulator.resend(lost.path(0).path("id").asText());
            assertThat(simulator.awaitDeliveries(SOON)).isTrue();
            assertThat(api.get("/v1/events", "delivery_success=false").body().path("data"))
                    .isEmpty();
            assertThat(receiver.received()).hasSize(2);
        }
    }

    @Test
    @DisplayName("C6 a repeated delivery has the same event id; everything arrives at least once")
    void duplicates() {
        Run run = run(Chaos.NONE.duplicating(0.3).within(Duration.ofMillis(30)).seeded(2));
        assertThat(run.arrived()).hasSizeGreaterThan(CUSTOMERS + 4).containsAll(run.events());
        assertThat(run.events()).containsAll(run.arrived());
    }

    @Test
    @DisplayName("C6 an overtaken delivery arrives after one to three later ones")
    void reorders() {
        Run run = run(Chaos.NONE.reordering(0.3).within(Duration.ofMinutes(1)).seeded(3));
        assertThat(run.arrived()).containsExactlyInAnyOrderElementsOf(run.events());
        assertThat(run.arrived()).isNotEqualTo(run.events());
        for (int i = 0; i < run.events().size(); i++) {
            assertThat(run.arrived().indexOf(run.events().get(i)) - i).isLessThanOrEqualTo(6);
        }
    }

    @Test
    @DisplayName("late deliveries arrive, too")
    void delays() {
        Run run = run(Chaos.NONE.delaying(0.5).within(Duration.ofMillis(40)).seeded(4));
        assertThat(run.arrived()).containsExactlyInAnyOrderElementsOf(run.events());
    }

    @Test
    @DisplayName("C6 a twin tells the same change under an id of its own")
    void twins() {
        Run run = run(Chaos.NONE.twinning(1));
        assertThat(run.events()).hasSize(2 * CUSTOMERS).doesNotHaveDuplicates();
        assertThat(run.arrived()).isEqualTo(run.events());
    }

    @Test
    @DisplayName("the same seeds lose, hold back and repeat the same deliveries; another seed does not")
    void repeatable() {
        Chaos chaos = Chaos.NONE
                .dropping(0.1)
                .reordering(0.2)
                .twinning(0.1)
                .within(Duration.ofMinutes(1))
                .seeded(5);
        Run first = run(chaos);
        Run second = run(chaos);
        assertThat(second.events()).isEqualTo(first.events());
        assertThat(second.arrived()).isEqualTo(first.arrived());
        assertThat(run(chaos.seeded(6)).arrived()).isNotEqualTo(first.arrived());
    }

    @Test
    @DisplayName("raising one share does not change what the others hit")
    void independent() {
        Chaos few = Chaos.NONE.dropping(0.2).seeded(7);
        List<String> dropped = run(few).dropped();
        assertThat(run(few.reordering(0.5).within(Duration.ofMinutes(1))).dropped())
                .isEqualTo(dropped);
        assertThat(run(few.dropping(0.4)).dropped()).containsAll(dropped);
    }

    @Test
    @DisplayName("settings are read as they are written, and nonsense is refused by name")
    void text() {
        Chaos chaos = new Chaos(0.05, 0.1, 0.2, 0.3, 0.4, Duration.ofMillis(200), -9);
        assertThat(Chaos.parse(chaos.toString())).isEqualTo(chaos);
        assertThat(Chaos.parse("drop=1")).isEqualTo(Chaos.NONE.dropping(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chaos.parse("drop=1.5"))
                .withMessageContaining("drop");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Chaos.parse("lose=1"))
                .withMessageContaining("lose");
        assertThatIllegalArgumentException().isThrownBy(() -> Chaos.parse("drop"));
        assertThatIllegalArgumentException().isThrownBy(() -> Chaos.parse("seed=soon"));
        assertThatIllegalArgumentException().isThrownBy(() -> Chaos.NONE.within(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Chaos.NONE.delaying(Double.NaN));
    }

    @Test
    @DisplayName("chaos is set, read and ended over HTTP")
    void control() {
        try (StripeSimulator simulator = StripeSimulator.start()) {
            ApiClient control = new ApiClient(simulator.baseUrl(), "");
            assertThat(control.post("/_sim/chaos", "drop=0.5", "longest_ms=50", "seed=3")
                            .body()
                            .path("drop")
                            .asDouble())
                    .isEqualTo(0.5);
            assertThat(simulator.chaos())
                    .isEqualTo(Chaos.NONE
                            .dropping(0.5)
                            .within(Duration.ofMillis(50))
                            .seeded(3));
            assertThat(control.post("/_sim/chaos", "drop=2").status()).isEqualTo(400);
            assertThat(control.post("/_sim/chaos", "nothing=1").text("/error/code"))
                    .isEqualTo("parameter_unknown");
            assertThat(control.get("/_sim/chaos").number("/longest_ms")).isEqualTo(50);
            control.delete("/_sim/chaos");
            assertThat(simulator.chaos()).isEqualTo(Chaos.NONE);
        }
    }
}
