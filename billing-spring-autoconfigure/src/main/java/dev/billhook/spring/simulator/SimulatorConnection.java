package dev.billhook.spring.simulator;

import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spring.stripe.StripeConnection;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/** The way to a simulator instead of Stripe; the secret is made before the endpoint it belongs to has an address. */
final class SimulatorConnection implements StripeConnection {
    private final StripeSimulator simulator;
    private final String webhookSecret = "whsec_" + UUID.randomUUID().toString().replace("-", "");

    SimulatorConnection(StripeSimulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public String apiKey() {
        return simulator.apiKey();
    }

    @Override
    public List<String> webhookSecrets() {
        return List.of(webhookSecret);
    }

    @Override
    public URI apiBase() {
        return URI.create(simulator.baseUrl());
    }

    /** Has the simulator deliver all events there. */
    void deliverTo(URI endpoint) {
        simulator.registerWebhook(endpoint.toString(), webhookSecret);
    }
}
