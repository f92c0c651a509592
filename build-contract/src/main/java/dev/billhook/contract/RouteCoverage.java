package dev.billhook.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.StripeSimulator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which of the simulator's routes a test has had a successful answer from. */
final class RouteCoverage {
    private final Set<String> answered = new TreeSet<>();

    /** Counts an answer. */
    void count(JsonNode recorded) {
        if ("answer".equals(recorded.path("kind").asText())
                && recorded.path("status").asInt() < 300) {
            answered.add(recorded.path("route").asText());
        }
    }

    /** The routes without an answer. */
    List<String> missing() {
        try (StripeSimulator simulator = StripeSimulator.start()) {
            return simulator.routes().stream()
                    .filter(route -> !answered.contains(route))
                    .sorted()
                    .toList();
        }
    }
}
