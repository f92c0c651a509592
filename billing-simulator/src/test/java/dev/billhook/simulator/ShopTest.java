package dev.billhook.simulator;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

/** A simulator with a shop and a customer who pays by card, on 10 March 2026. */
abstract class ShopTest {
    static final Instant START = Instant.parse("2026-03-10T09:00:00Z");

    final StripeSimulator simulator;
    final ApiClient api;
    final Shop shop;
    final String customer;

    ShopTest() {
        this(StripeSimulator.builder());
    }

    ShopTest(SimulatorBuilder builder) {
        this.simulator = builder.startAt(START).seed(11).start();
        this.api = new ApiClient(simulator);
        this.shop = new Shop(api);
        this.customer = shop.customer();
    }

    @AfterEach
    void close() {
        simulator.close();
    }
}
