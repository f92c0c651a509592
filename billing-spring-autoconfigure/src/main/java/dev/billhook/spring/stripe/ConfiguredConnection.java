package dev.billhook.spring.stripe;

import dev.billhook.spring.SetupException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connection of the properties. */
final class ConfiguredConnection implements StripeConnection {
    private final BillhookStripeProperties properties;
    private final String apiKey;

    private ConfiguredConnection(BillhookStripeProperties properties, String apiKey) {
        this.properties = properties;
        this.apiKey = apiKey;
    }

    /**
     * @param takesWebhooks whether secrets are needed
     * @throws SetupException if there is no key, or no secret although one is needed
     */
    static StripeConnection of(BillhookStripeProperties properties, boolean takesWebhooks) {
        String apiKey = properties.apiKey();
        if (apiKey == null || apiKey.isBlank()) {
            throw new SetupException(
                    "Billhook does not know which Stripe account to work with: billhook.stripe.api-key is not set.",
                    "Either set billhook.stripe.api-key and billhook.stripe.webhook-secrets, or work with the simulator "
                            + "instead of Stripe: add dev.billhook:billing-simulator to the class path and activate one of "
                            + "the profiles dev, development and local (or set billhook.simulator.enabled=true).");
        }
        if (takesWebhooks && properties.webhookSecrets().isEmpty()) {
            throw new SetupException(
                    "Billhook could not tell Stripe's webhooks from forged ones: billhook.stripe.webhook-secrets is not set.",
                    "Set it to the signing secret (whsec_…) of this application's webhook endpoint, or set "
                            + "billhook.webhook.enabled=false in an application that takes no webhooks.");
        }
        return new ConfiguredConnection(properties, apiKey.strip());
    }

    @Override
    public String apiKey() {
        return apiKey;
    }

    @Override
    public List<String> webhookSecrets() {
        return properties.webhookSecrets();
    }

    @Override
    public @Nullable URI apiBase() {
        return properties.apiBase();
    }
}
