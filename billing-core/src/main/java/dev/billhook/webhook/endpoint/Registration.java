package dev.billhook.webhook.endpoint;

import java.util.Optional;

/**
 * An endpoint that is registered.
 *
 * @param endpoint as the provider has it now
 * @param secret what its events are signed with; empty if it is neither kept nor told by the provider any more, which tells it
 *     when an endpoint is made and at no other time: look for it where it was put then, or {@link WebhookEndpoints#rotate}
 * @since 0.1.0
 */
public record Registration(WebhookEndpoint endpoint, Optional<SigningSecret> secret) {}
