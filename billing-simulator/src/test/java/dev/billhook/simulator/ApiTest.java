package dev.billhook.simulator;

/** A test that talks to a simulator through its API. */
abstract class ApiTest {
    final StripeSimulator simulator;
    final ApiClient api;
    final Shop shop;

    ApiTest(StripeSimulator simulator) {
        this.simulator = simulator;
        this.api = new ApiClient(simulator);
        this.shop = new Shop(api);
    }
}
