package dev.billhook.examples.podcast.simulated;

import dev.billhook.simulator.StripeSimulator;
import java.net.URI;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Knows whether payments are simulated, and where. */
@Component
public class DevelopmentPanel {
    private final ObjectProvider<StripeSimulator> simulator;

    DevelopmentPanel(ObjectProvider<StripeSimulator> simulator) {
        this.simulator = simulator;
    }

    /** The simulator's dashboard, if payments are simulated. */
    public Optional<URI> dashboard() {
        return simulator().map(running -> URI.create(running.baseUrl() + "/dashboard"));
    }

    Optional<StripeSimulator> simulator() {
        return Optional.ofNullable(simulator.getIfAvailable());
    }
}
