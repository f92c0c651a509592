package dev.billhook.spring.stripe;

import dev.billhook.ProviderScope;
import dev.billhook.spring.SetupException;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import java.net.URI;

/**
 * Makes providers from connections.
 *
 * @since 0.1.0
 */
public final class StripeProviders {
    private StripeProviders() {}

    /**
     * The provider at the connection's end.
     *
     * @param properties what is the same for all connections
     * @param where which properties say how to speak to Stripe, and which says whether the mode is live
     * @throws SetupException if Stripe cannot be spoken to like this
     */
    public static StripePaymentProvider of(
            StripeConnection stripe, ProviderScope scope, BillhookStripeProperties properties, String where) {
        try {
            return StripePaymentProvider.of(config(stripe, scope, properties));
        } catch (IllegalArgumentException e) {
            throw new SetupException(
                    "Billhook cannot speak to Stripe as configured: " + e.getMessage() + ".",
                    "The properties " + where + " whether the mode is live.");
        }
    }

    private static StripeConfig config(
            StripeConnection stripe, ProviderScope scope, BillhookStripeProperties properties) {
        URI base = stripe.apiBase();
        StripeConfig.Builder builder = StripeConfig.builder()
                .apiKey(stripe.apiKey())
                .scope(scope)
                .signatureTolerance(properties.signatureTolerance())
                .connection(new StripeConfig.Connection(
                        base == null ? StripeConfig.Connection.STRIPE_API : base,
                        properties.connectTimeout(),
                        properties.readTimeout(),
                        properties.maxNetworkRetries()));
        return stripe.webhookSecrets().isEmpty()
                ? builder.withoutWebhooks().build()
                : builder.webhookSecrets(stripe.webhookSecrets()).build();
    }
}
