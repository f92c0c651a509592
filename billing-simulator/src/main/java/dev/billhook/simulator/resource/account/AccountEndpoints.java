package dev.billhook.simulator.resource.account;

import dev.billhook.simulator.engine.payment.Customers;
import dev.billhook.simulator.event.Endpoints;
import dev.billhook.simulator.resource.ApiKit;
import java.util.Set;
import java.util.function.Supplier;

/** The endpoints of events, webhooks, test clocks and the account. */
public final class AccountEndpoints {
    private AccountEndpoints() {}

    /** Adds them to the router; what is undelivered are identifiers of events. */
    public static void add(ApiKit kit, Endpoints endpoints, Supplier<Set<String>> undelivered, Customers customers) {
        new EventResource(kit, endpoints, undelivered);
        new ThinEventResource(kit);
        new TestClockResource(kit, customers);
        new AccountResource(kit);
    }
}
