package dev.billhook.spring.stripe;

import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.SetupException;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.webhook.endpoint.SecretKeys;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Stripe as the payment provider.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = BillhookAutoConfiguration.class)
@ConditionalOnClass(StripePaymentProvider.class)
@ConditionalOnProperty(prefix = "billhook", name = "enabled", matchIfMissing = true)
@ConditionalOnMissingBean({PaymentProvider.class, Billing.class})
@EnableConfigurationProperties(BillhookStripeProperties.class)
public final class BillhookStripeAutoConfiguration {
    BillhookStripeAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    StripeConnection billhookStripeConnection(
            BillhookStripeProperties properties,
            Environment environment,
            ObjectProvider<BillingStores> stores,
            ObjectProvider<SecretKeys> keys) {
        if (environment.getProperty("billhook.simulator.enabled", Boolean.class, false)) {
            throw new SetupException(
                    "The simulator is to take Stripe's place, but it is not on the class path.",
                    "Add dev.billhook:billing-simulator, or set billhook.simulator.enabled=false.");
        }
        boolean takesWebhooks = environment.getProperty("billhook.webhook.enabled", Boolean.class, true);
        return ConfiguredConnection.of(
                properties,
                takesWebhooks,
                name -> Billing.endpointSecrets(stores.getObject(), keys.getIfUnique(SecretKeys::none), name));
    }

    @Bean
    StripePaymentProvider billhookStripeProvider(
            StripeConnection stripe, ProviderScope scope, BillhookStripeProperties properties) {
        return StripeProviders.of(stripe, scope, properties, "billhook.stripe.* say how; billhook.livemode says");
    }
}
