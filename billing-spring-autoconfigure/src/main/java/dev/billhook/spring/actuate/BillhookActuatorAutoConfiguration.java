package dev.billhook.spring.actuate;

import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.accounts.BillhookAccountsAutoConfiguration;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What operators see of billing: an actuator endpoint, health and meters, each if its library is there.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = {BillhookAutoConfiguration.class, BillhookAccountsAutoConfiguration.class})
@ConditionalOnSingleCandidate(Billing.class)
@EnableConfigurationProperties(BillhookHealthProperties.class)
public final class BillhookActuatorAutoConfiguration {
    BillhookActuatorAutoConfiguration() {}

    @Bean
    BillingStateReader billhookStateReader(
            Billing billing, ListableBeanFactory beans, ObjectProvider<InstantSource> clock) {
        Map<String, Billing> further = new HashMap<>(beans.getBeansOfType(Billing.class));
        further.values().remove(billing);
        return new BillingStateReader(billing, further, clock.getIfUnique(InstantSource::system), System::nanoTime);
    }

    /** What is the same in both generations of Spring Boot. */
    private static Supplier<Diagnosis> diagnosis(BillingStateReader reader, BillhookHealthProperties bounds) {
        return () -> Diagnosis.of(reader.read(), bounds);
    }

    /** The actuator's endpoint. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Endpoint.class)
    static class EndpointConfiguration {
        @Bean
        @ConditionalOnMissingBean
        BillhookEndpoint billhookEndpoint(BillingStateReader reader) {
            return new BillhookEndpoint(reader);
        }
    }

    /** Health in Spring Boot 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.health.AbstractHealthIndicator")
    @ConditionalOnProperty(prefix = "billhook.health", name = "enabled", matchIfMissing = true)
    static class ActuatorHealthConfiguration {
        @Bean
        @ConditionalOnMissingBean(name = "billhookHealthIndicator")
        ActuatorHealth billhookHealthIndicator(BillingStateReader reader, BillhookHealthProperties bounds) {
            return new ActuatorHealth(diagnosis(reader, bounds));
        }
    }

    /** Health in Spring Boot 4. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.health.contributor.AbstractHealthIndicator")
    @ConditionalOnProperty(prefix = "billhook.health", name = "enabled", matchIfMissing = true)
    static class ContributedHealthConfiguration {
        @Bean
        @ConditionalOnMissingBean(name = "billhookHealthIndicator")
        ContributedHealth billhookHealthIndicator(BillingStateReader reader, BillhookHealthProperties bounds) {
            return new ContributedHealth(diagnosis(reader, bounds));
        }
    }

    /** Meters of Micrometer. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class MeterConfiguration {
        @Bean
        @ConditionalOnMissingBean
        BillingMeters billhookMeters(BillingStateReader reader, ObjectProvider<ProviderScope> scope) {
            return new BillingMeters(
                    reader, scope.getIfUnique(ProviderScope::test).account());
        }
    }
}
