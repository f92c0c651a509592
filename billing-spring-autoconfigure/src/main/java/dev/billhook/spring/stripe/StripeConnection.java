package dev.billhook.spring.stripe;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Stripe is and how to speak to it. From the properties unless a bean of this type says otherwise, e.g. one that reads
 * a vault.
 *
 * @since 0.1.0
 */
public interface StripeConnection {
    /** The secret or restricted key. */
    String apiKey();

    /** The signing secrets of the webhook endpoint, several while they are rotated; none if no webhooks are taken in. */
    List<String> webhookSecrets();

    /** Base of the API, or null for Stripe itself. */
    default @Nullable URI apiBase() {
        return null;
    }
}
