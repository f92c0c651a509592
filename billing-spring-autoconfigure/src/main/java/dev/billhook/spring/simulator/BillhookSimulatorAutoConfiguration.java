package dev.billhook.spring.simulator;

import dev.billhook.Billing;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.BillhookProperties;
import dev.billhook.spring.BillingBuilderCustomizer;
import dev.billhook.spring.SetupException;
import dev.billhook.spring.stripe.BillhookStripeAutoConfiguration;
import dev.billhook.spring.stripe.StripeConnection;
import dev.billhook.spring.webhook.BillhookWebhookProperties;
import dev.billhook.stripe.StripePaymentProvider;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * The simulator in Stripe's place, inside the application under development: pages one can pay on, webhooks that arrive, and
 * a clock one can turn. It is the billing's clock, too.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = {BillhookStripeAutoConfiguration.class, BillhookAutoConfiguration.class})
@ConditionalOnClass({StripeSimulator.class, StripePaymentProvider.class})
@ConditionalOnProperty(prefix = "billhook", name = "enabled", matchIfMissing = true)
@Conditional(OnEmbeddedSimulator.class)
@ConditionalOnMissingBean({PaymentProvider.class, Billing.class, StripeConnection.class})
@EnableConfigurationProperties(BillhookSimulatorProperties.class)
public final class BillhookSimulatorAutoConfiguration {
    BillhookSimulatorAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    StripeSimulator billhookSimulator(BillhookSimulatorProperties properties, BillhookProperties billhook) {
        if (billhook.livemode()) {
            throw new SetupException(
                    "The simulator is to take Stripe's place although billhook.livemode is true.",
                    "Set billhook.livemode=false, or billhook.simulator.enabled=false and a live key.");
        }
        // Running: what is tried again after some seconds would otherwise wait for somebody to turn the clock.
        return StripeSimulator.builder()
                .port(properties.port())
                .businessName(properties.businessName())
                .runningClock()
                .start();
    }

    @Bean
    SimulatorConnection billhookSimulatorConnection(StripeSimulator simulator) {
        return new SimulatorConnection(simulator);
    }

    @Bean
    @ConditionalOnMissingBean
    InstantSource billhookClock(StripeSimulator simulator) {
        return simulator.instantSource();
    }

    /** A host's clock for other matters does not know what time it is at the simulator. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    BillingBuilderCustomizer billhookSimulatedTime(StripeSimulator simulator) {
        return builder -> builder.clock(simulator.instantSource());
    }

    @Bean
    @Lazy(false)
    SimulatorStart billhookSimulatorStart(
            StripeSimulator simulator,
            SimulatorConnection connection,
            ObjectProvider<Billing> billing,
            ObjectProvider<BillhookWebhookProperties> webhook,
            BillhookSimulatorProperties properties) {
        return new SimulatorStart(simulator, connection, billing, webhook, properties);
    }
}
