package dev.billhook.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.StripeSimulator;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs once more with JUnit 5, started by {@link JUnit5Test}. */
@DisplayName("D10 the JUnit extension as a field")
class RegisteredExtensionTest {
    private static final Instant START = Instant.parse("2027-06-01T00:00:00Z");

    @RegisterExtension
    static final SimulatorExtension STRIPE = new SimulatorExtension(builder -> builder.startAt(START));

    private static StripeSimulator before;

    @BeforeAll
    static void forAll(StripeSimulator stripe) {
        before = stripe;
    }

    @Test
    @DisplayName("starts the simulator with the settings of the field, for all tests of the class")
    void settings(StripeSimulator stripe) {
        assertThat(stripe).isSameAs(before);
        assertThat(stripe.now()).isEqualTo(START);
    }

    @Test
    @DisplayName("runs with the JUnit it is told to run with")
    void version() {
        // The store's method that JUnit 6 has and JUnit 5 has not.
        boolean six = Arrays.stream(ExtensionContext.Store.class.getMethods())
                .anyMatch(method -> method.getName().equals("computeIfAbsent"));
        assertThat(six).isNotEqualTo(Boolean.getBoolean("simulator.junit5"));
    }
}
