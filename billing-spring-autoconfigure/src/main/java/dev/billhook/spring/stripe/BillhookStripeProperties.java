package dev.billhook.spring.stripe;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to speak to Stripe.
 *
 * @param apiKey Secret key (sk_…) or restricted key (rk_…). Keep it out of files under version control.
 * @param webhookSecrets Signing secrets of the webhook endpoint (whsec_…); two while one is being rotated.
 * @param webhookEnvironment Name this application's webhook endpoint was registered under; its signing secrets are read from the database.
 * @param signatureTolerance How far a webhook's signature may be from now, in both directions.
 * @param connectTimeout How long to wait for a connection.
 * @param readTimeout How long to wait for an answer.
 * @param maxNetworkRetries How often a call that got no answer is repeated; always with the same idempotency key.
 * @param apiBase Base address of the API; Stripe's own if not set.
 * @since 0.1.0
 */
@ConfigurationProperties("billhook.stripe")
public record BillhookStripeProperties(
        @Nullable String apiKey,
        @DefaultValue List<String> webhookSecrets,
        @Nullable String webhookEnvironment,
        @DefaultValue("5m") Duration signatureTolerance,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("30s") Duration readTimeout,
        @DefaultValue("2") int maxNetworkRetries,
        @Nullable URI apiBase) {
    /** Copies the list; blank secrets, as unset placeholders leave them, count as none. */
    public BillhookStripeProperties {
        webhookSecrets =
                webhookSecrets.stream().filter(secret -> !secret.isBlank()).toList();
    }

    /** Tells no key and no secret. */
    @Override
    public String toString() {
        return "BillhookStripeProperties[apiKey=" + (apiKey == null ? "none" : "present") + ", webhookSecrets="
                + webhookSecrets.size() + "]";
    }
}
