package dev.billhook.simulator;

import com.stripe.StripeClient;

/** Stripe's own Java client, as a host would build it, but of a simulator. */
public final class StripeClients {
    private StripeClients() {}

    /** A client that asks a simulator whatever it would ask Stripe. */
    public static StripeClient of(StripeSimulator simulator) {
        return StripeClient.builder()
                .setApiKey(simulator.apiKey())
                .setApiBase(simulator.baseUrl())
                .setFilesBase(simulator.baseUrl())
                .build();
    }
}
