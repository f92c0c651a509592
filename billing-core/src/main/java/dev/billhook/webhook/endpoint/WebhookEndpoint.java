package dev.billhook.webhook.endpoint;

import java.net.URI;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as the provider has it.
 *
 * @param id the provider's
 * @param environment the environment it was registered for, or null if somebody else made it
 * @param url where events are delivered to
 * @param eventTypes the events it gets
 * @param apiVersion the provider's version its events are written in, fixed when it was made; null for the account's own
 * @param enabled whether it gets events now
 * @param createdAt when it was made (UTC)
 * @param mark names the call that made it, or null if somebody else did
 * @since 0.1.0
 */
public record WebhookEndpoint(
        String id,
        @Nullable String environment,
        URI url,
        Set<String> eventTypes,
        @Nullable String apiVersion,
        boolean enabled,
        Instant createdAt,
        @Nullable String mark) {
    /** Copies the types. */
    public WebhookEndpoint {
        eventTypes = Set.copyOf(eventTypes);
    }
}
