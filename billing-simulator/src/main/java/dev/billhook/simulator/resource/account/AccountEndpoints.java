package dev.billhook.simulator.resource.account;

import dev.billhook.simulator.engine.payment.Customers;
import dev.billhook.simulator.event.Endpoints;
import dev.billhook.simulator.resource.ApiKit;

/** The endpoints of events, webhooks, test clocks and the account. */
public final class AccountEndpoints {
    private AccountEndpoints() {}

    /** Adds them to the router. */
    public static void add(ApiKit kit, Endpoints endpoints, Customers customers) {
        new EventResource(kit, endpoints);
        new ThinEventResource(kit);
        new TestClockResource(kit, customers);
        new AccountResource(kit);
    }
}
