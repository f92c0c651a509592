package dev.billhook.simulator;

import java.time.Instant;

/** A simulator with a shop and a customer who pays by card, on 10 March 2026. */
abstract class ShopTest extends OwnSimulatorTest {
    static final Instant START = Instant.parse("2026-03-10T09:00:00Z");

    final String customer = shop.customer();

    ShopTest() {
        this(StripeSimulator.builder());
    }

    ShopTest(SimulatorBuilder builder) {
        super(builder.startAt(START).seed(11));
    }
}
