package dev.billhook.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.event.EventLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is done hypothetically")
class HypotheticalTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    private final Simulation simulation =
            new Simulation(new Settings("Shop", "sk_test_simulator", NOW, false, InstantSource.system(), 1));
    private final Store store = simulation.store();
    private final EventLog events = new EventLog(simulation, new Renderer());
    private final List<String> published = new ArrayList<>();

    @BeforeEach
    void keepOne() {
        events.publishTo(event -> published.add(Docs.textOf(event, "type")));
        simulation.onTimer("bell", id -> published.add("bell " + id));
        unit(() -> store.insert(thing("kept", 1)));
    }

    @Test
    @DisplayName("happens at another second and leaves nothing but its answer")
    void leavesNothing() {
        unit(() -> {
            ObjectNode edited = store.edit("thing", "kept");
            edited.put("value", 2);
            events.emit("thing.before", edited);
            long second = simulation.hypothetically(null, NOW.getEpochSecond() + 60, () -> {
                store.edit("thing", "kept").put("value", 3);
                store.insert(thing("made", 4));
                events.emit("thing.made", store.get("thing", "made"));
                simulation.schedule(null, NOW.getEpochSecond() + 90, "bell", "made");
                simulation.afterUnit(() -> published.add("after"));
                return simulation.now(null);
            });
            assertThat(second).isEqualTo(NOW.getEpochSecond() + 60);
            assertThat(simulation.now(null)).isEqualTo(NOW.getEpochSecond());
            assertThat(edited.path("value").intValue()).isEqualTo(2);
            edited.put("value", 5);
        });
        assertThat(Docs.numberOf(store.get("thing", "kept"), "value")).isEqualTo(5);
        assertThat(store.find("thing", "made")).isNull();
        simulation.advanceTo(NOW.plusSeconds(600));
        assertThat(published).containsExactly("thing.before");
    }

    @Test
    @DisplayName("brings back what it deleted, and what was untouched before it")
    void bringsBack() {
        unit(() -> {
            simulation.hypothetically(null, NOW.getEpochSecond(), () -> store.delete("thing", "kept"));
            assertThat(store.find("thing", "kept")).isNotNull();
            assertThat(store.findDeleted("thing", "kept")).isNull();
            assertThat(store.newestFirst("thing")).hasSize(1);
        });
        assertThat(Docs.numberOf(store.get("thing", "kept"), "value")).isEqualTo(1);
    }

    private void unit(Runnable work) {
        simulation.atomically(RequestInfo.NONE, () -> {
            work.run();
            return 0;
        });
    }

    private static ObjectNode thing(String id, int value) {
        return Docs.object().put("id", id).put("object", "thing").put("value", value);
    }
}
