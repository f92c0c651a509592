package dev.billhook.spring.stripe;

import dev.billhook.spring.SetupException;
import dev.billhook.webhook.endpoint.SigningSecret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The connection of the properties. */
final class ConfiguredConnection implements StripeConnection {
    private final BillhookStripeProperties properties;
    private final String apiKey;
    private final List<String> webhookSecrets;

    private ConfiguredConnection(BillhookStripeProperties properties, String apiKey, List<String> webhookSecrets) {
        this.properties = properties;
        this.apiKey = apiKey;
        this.webhookSecrets = webhookSecrets;
    }

    /**
     * @param takesWebhooks whether secrets are needed
     * @param kept tells the secrets that are kept for an environment
     * @throws SetupException if there is no key, or no secret although one is needed
     */
    static StripeConnection of(
            BillhookStripeProperties properties, boolean takesWebhooks, Function<String, List<SigningSecret>> kept) {
        String apiKey = properties.apiKey();
        if (apiKey == null || apiKey.isBlank()) {
            throw new SetupException(
                    "Billhook does not know which Stripe account to work with: billhook.stripe.api-key is not set.",
                    "Either set billhook.stripe.api-key and billhook.stripe.webhook-secrets, or work with the simulator "
                            + "instead of Stripe: add dev.billhook:billing-simulator to the class path and activate one of "
                            + "the profiles dev, development and local (or set billhook.simulator.enabled=true).");
        }
        List<String> webhookSecrets = takesWebhooks ? secrets(properties, kept) : properties.webhookSecrets();
        if (takesWebhooks && webhookSecrets.isEmpty()) {
            throw new SetupException(
                    "Billhook could not tell Stripe's webhooks from forged ones: billhook.stripe.webhook-secrets is not set.",
                    "Set it to the signing secret (whsec_…) of this application's webhook endpoint, or register the endpoint and set "
                            + "billhook.stripe.webhook-environment to its name, or set "
                            + "billhook.webhook.enabled=false in an application that takes no webhooks.");
        }
        return new ConfiguredConnection(properties, apiKey.strip(), webhookSecrets);
    }

    private static List<String> secrets(
            BillhookStripeProperties properties, Function<String, List<SigningSecret>> kept) {
        List<String> all = new ArrayList<>(properties.webhookSecrets());
        String environment = properties.webhookEnvironment();
        if (environment != null && !environment.isBlank()) {
            List<SigningSecret> ofEnvironment = kept.apply(environment.strip());
            if (ofEnvironment.isEmpty()) {
                throw new SetupException(
                        "No webhook endpoint is registered for the environment '" + environment.strip()
                                + "', which billhook.stripe.webhook-environment names.",
                        "Register it with the key of billhook.secrets.keys: billing-cli endpoints register "
                                + environment.strip() + " URL.");
            }
            ofEnvironment.forEach(secret -> all.add(secret.reveal()));
        }
        return List.copyOf(all);
    }

    @Override
    public String apiKey() {
        return apiKey;
    }

    @Override
    public List<String> webhookSecrets() {
        return webhookSecrets;
    }

    @Override
    public @Nullable URI apiBase() {
        return properties.apiBase();
    }
}
