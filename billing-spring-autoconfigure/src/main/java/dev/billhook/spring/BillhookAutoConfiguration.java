package dev.billhook.spring;

import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.catalog.Catalog;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.event.BillingListener;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.core.io.ResourceLoader;

/**
 * The billing itself, from whatever provider and stores there are.
 *
 * @since 0.1.0
 */
@AutoConfiguration
@EnableConfigurationProperties(BillhookProperties.class)
@Import(PolicyConfiguration.class)
public final class BillhookAutoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(BillhookAutoConfiguration.class);

    private final BillhookProperties properties;

    BillhookAutoConfiguration(BillhookProperties properties) {
        this.properties = properties;
    }

    @Bean
    @ConditionalOnMissingBean
    ProviderScope billhookScope() {
        return properties.scope();
    }

    /** Where billing is switched off a host need not have written its catalog yet. */
    @Bean
    @ConditionalOnMissingBean
    Catalog billhookCatalog(ResourceLoader resources) {
        return properties.enabled() || CatalogResource.exists(resources, properties.catalog())
                ? CatalogResource.read(resources, properties.catalog())
                : Catalog.of(List.of());
    }

    /** What the catalog file says, and before it the properties. */
    @Bean
    @ConditionalOnMissingBean
    AccessPolicy billhookAccessPolicy(ResourceLoader resources) {
        return properties.access().over(CatalogResource.accessPolicy(resources, properties.catalog()));
    }

    @Bean
    @ConditionalOnMissingBean
    InstantSource billhookClock() {
        return InstantSource.system();
    }

    /** What properties and beans say, without listeners; a new one for each who asks, because builders are used up. */
    @Bean
    @Scope(BeanDefinition.SCOPE_PROTOTYPE)
    @ConditionalOnProperty(prefix = "billhook", name = "enabled", matchIfMissing = true)
    @ConditionalOnMissingBean({Billing.class, BillingBuilder.class})
    BillingBuilder billhookBuilder(
            Catalog catalog,
            AccessPolicy accessPolicy,
            PolicyConfiguration.Policies policies,
            ObjectProvider<InstantSource> clock,
            ObjectProvider<PaymentProvider> provider,
            ObjectProvider<BillingStores> stores) {
        BillingBuilder builder = Billing.builder(catalog, requireProvider(provider), requireStores(stores))
                .clock(clock.getIfUnique(InstantSource::system))
                .accessPolicy(accessPolicy)
                .enforcement(properties.enforcement())
                .entitlementCaching(properties.access().cache().caching())
                .requiredDetails(properties.requiredDetails())
                .retryPolicy(properties.retry().policy())
                .webhookMode(properties.inbox().mode())
                .retention(properties.inbox().retention())
                .reconcile(properties.reconcile().schedule());
        if (!properties.allowedOrigins().isEmpty()) {
            builder.allowedOrigins(properties.allowedOrigins());
        }
        policies.applyTo(builder);
        return properties.background().enabled()
                ? builder.backgroundInterval(properties.background().interval())
                : builder.withoutBackgroundWork();
    }

    /** What hosts inject is there when billing is switched off, too, and allows everything. */
    @Bean("billing")
    @ConditionalOnProperty(prefix = "billhook", name = "enabled", havingValue = "false")
    @ConditionalOnMissingBean
    Billing billhookSwitchedOff(Catalog catalog) {
        LOG.warn(
                "Billing is switched off (billhook.enabled=false): everybody may do everything, and nothing is charged");
        return Billing.off(catalog);
    }

    @Bean
    @ConditionalOnProperty(prefix = "billhook", name = "enabled", matchIfMissing = true)
    @ConditionalOnMissingBean
    Billing billing(
            BillingBuilder builder,
            ObjectProvider<BillingListener> listeners,
            Map<String, BillingListener> listenersByName,
            ObjectProvider<BillingBuilderCustomizer> customizers) {
        builder.listeners(ListenerBeans.inOrder(listeners, listenersByName));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private static PaymentProvider requireProvider(ObjectProvider<PaymentProvider> provider) {
        PaymentProvider only = provider.getIfUnique();
        if (only == null) {
            throw new SetupException(
                    "Billhook has no payment provider, or several without a primary one.",
                    "Add dev.billhook:billing-stripe to the class path, or declare one bean of type "
                            + PaymentProvider.class.getName() + ".");
        }
        return only;
    }

    private static BillingStores requireStores(ObjectProvider<BillingStores> stores) {
        BillingStores only = stores.getIfUnique();
        if (only == null) {
            throw new SetupException(
                    "Billhook has no database to keep its mirror in.",
                    "Add dev.billhook:billing-jdbc to the class path and configure a DataSource; if there are several,"
                            + " mark one as primary or declare a bean of type " + BillingStores.class.getName() + ".");
        }
        return only;
    }
}
