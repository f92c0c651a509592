package dev.billhook.simulator.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.simulator.event.Chaos;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Runs once more with JUnit 5, started by {@link JUnit5Test}. */
@DisplayName("D10 the JUnit extension")
@SimulatorTest(startAt = "2027-01-31T10:00:00Z", seed = 5, chaos = "drop=0.5,seed=1")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SimulatorExtensionTest {
    private static final AtomicReference<StripeSimulator> FIRST = new AtomicReference<>();

    @BeforeEach
    void startsEmpty(StripeSimulator stripe) {
        ApiClient api = new ApiClient(stripe);
        assertThat(api.get("/v1/customers").body().path("data")).isEmpty();
        assertThat(api.get("/v1/webhook_endpoints").body().path("data")).isEmpty();
        assertThat(stripe.now()).isEqualTo(Instant.parse("2027-01-31T10:00:00Z"));
    }

    @Test
    @Order(1)
    @DisplayName("starts a simulator as the annotation says")
    void first(StripeSimulator stripe) {
        assertThat(stripe.chaos()).isEqualTo(Chaos.NONE.dropping(0.5).seeded(1));
        FIRST.set(stripe);
        new ApiClient(stripe).post("/v1/customers");
        stripe.registerWebhook("http://127.0.0.1:9/none");
        stripe.advance(Duration.ofDays(1));
    }

    @Test
    @Order(2)
    @DisplayName("gives the next test the same one, emptied")
    void second(StripeSimulator stripe) {
        assertThat(stripe).isSameAs(FIRST.get());
        assertThat(new ApiClient(stripe).events()).isEmpty();
    }

    @Nested
    @DisplayName("in a nested class")
    class Inner {
        @Test
        @DisplayName("shares the simulator of the outer class")
        void shared(StripeSimulator stripe) {
            assertThat(stripe).isSameAs(FIRST.get());
        }
    }
}
