package dev.billhook.simulator;

import org.junit.jupiter.api.AfterEach;

/** A test with a simulator that no other test shares, so that it may be set up and changed as the test likes. */
abstract class OwnSimulatorTest extends ApiTest {
    OwnSimulatorTest() {
        this(StripeSimulator.builder());
    }

    OwnSimulatorTest(SimulatorBuilder builder) {
        super(builder.start());
    }

    @AfterEach
    void close() {
        simulator.close();
    }
}
