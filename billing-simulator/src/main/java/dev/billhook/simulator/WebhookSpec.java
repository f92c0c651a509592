package dev.billhook.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook endpoint that is registered with the simulator itself and therefore survives its reset.
 *
 * @param secret what signs its deliveries; null to have one made
 */
record WebhookSpec(
        String url, List<String> events, @Nullable String secret) {
    WebhookSpec {
        events = List.copyOf(events);
    }

    /** An endpoint for all events. */
    static WebhookSpec ofAll(String url, @Nullable String secret) {
        return new WebhookSpec(url, List.of("*"), secret);
    }
}
