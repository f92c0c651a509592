package dev.billhook.spring;

import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.catalog.Catalog;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.event.BillingListener;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.signal.AccessSignals;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.webhook.endpoint.SecretKeys;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
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
@EnableConfigurationProperties({BillhookProperties.class, BillhookSecretProperties.class})
@Import(PolicyConfiguration.class)
public final class BillhookAutoConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(BillhookAutoConfiguration.class);

    private static final String POLICY = "billhookAccessPolicy";

    private final BillhookProperties properties;
    private @Nullable CatalogFile catalogFile;

    BillhookAutoConfiguration(BillhookProperties properties) {
        this.properties = properties;
    }

    @Bean
    @ConditionalOnMissingBean
    ProviderScope billhookScope() {
        return properties.scope();
    }

    /** Brings changed catalog files into force. */
    @Bean
    CatalogReload billhookCatalogReload() {
        return new CatalogReload(properties.enabled() ? properties.catalogReload() : null);
    }

    /** Where billing is switched off a host need not have written its catalog yet. */
    @Bean
    @ConditionalOnMissingBean
    Catalog billhookCatalog(ResourceLoader resources, CatalogReload reload, ListableBeanFactory beans) {
        if (!properties.enabled() && !catalogExists(resources)) {
            return Catalog.of(List.of());
        }
        return reload.read(
                catalogFile(resources), policy -> beans.containsBean(POLICY) ? properties.accessPolicy(policy) : null);
    }

    /** What the catalog file says, and before it the properties; the standard policy if there is no file, because the host's catalog is a bean. */
    @Bean(POLICY)
    @ConditionalOnMissingBean
    AccessPolicy billhookAccessPolicy(ResourceLoader resources) {
        return properties.accessPolicy(
                catalogExists(resources) ? catalogFile(resources).accessPolicy() : AccessPolicy.STANDARD);
    }

    @Bean
    @ConditionalOnMissingBean
    InstantSource billhookClock() {
        return InstantSource.system();
    }

    @Bean
    @ConditionalOnMissingBean
    SecretKeys billhookSecretKeys(BillhookSecretProperties secrets) {
        return secrets.secretKeys();
    }

    /** What is the same for every account. */
    @Bean
    @ConditionalOnProperty(prefix = "billhook", name = "enabled", matchIfMissing = true)
    BillingSettings billhookSettings(
            PolicyConfiguration.Policies policies, ObjectProvider<InstantSource> clock, SecretKeys secretKeys) {
        return builder -> {
            builder.clock(clock.getIfUnique(InstantSource::system))
                    .enforcement(properties.enforcement())
                    .entitlementCaching(properties.access().cache().caching())
                    .requiredDetails(properties.requiredDetails())
                    .retryPolicy(properties.retry().policy())
                    .webhookMode(properties.inbox().mode())
                    .retention(properties.inbox().retention())
                    .usageRetention(properties.usage().retention())
                    .reconcile(properties.reconcile().schedule())
                    .secretKeys(secretKeys);
            policies.applyTo(builder);
            if (!properties.allowedOrigins().isEmpty()) {
                builder.allowedOrigins(properties.allowedOrigins());
            }
            if (properties.background().enabled()) {
                builder.backgroundInterval(properties.background().interval());
            } else {
                builder.withoutBackgroundWork();
            }
        };
    }

    /** What properties and beans say, without listeners; a new one for each who asks, because builders are used up. */
    @Bean
    @Scope(BeanDefinition.SCOPE_PROTOTYPE)
    @ConditionalOnProperty(prefix = "billhook", name = "enabled", matchIfMissing = true)
    @ConditionalOnMissingBean({Billing.class, BillingBuilder.class})
    BillingBuilder billhookBuilder(
            Catalog catalog,
            AccessPolicy accessPolicy,
            BillingSettings settings,
            ObjectProvider<AccessSignals> signals,
            ObjectProvider<PaymentProvider> provider,
            ObjectProvider<BillingStores> stores) {
        BillingBuilder builder = Billing.builder(catalog, requireProvider(provider), requireStores(stores))
                .accessPolicy(accessPolicy);
        settings.applyTo(builder);
        signals.ifUnique(builder::accessSignals);
        return builder;
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
            ObjectProvider<BillingBuilderCustomizer> customizers,
            ConfigurableListableBeanFactory beans,
            CatalogReload reload) {
        HostBeans ofHost = new HostBeans(beans, properties.accounts().keySet());
        builder.listeners(ofHost.listeners(listeners.orderedStream()));
        ofHost.ofMain(BillingBuilderCustomizer.class, customizers.orderedStream())
                .forEach(customizer -> customizer.customize(builder));
        return reload.follow(builder.build());
    }

    private boolean catalogExists(ResourceLoader resources) {
        return resources.getResource(properties.catalog()).exists();
    }

    /** Read once, so that what is sold and who may use it are of the same text. */
    private CatalogFile catalogFile(ResourceLoader resources) {
        CatalogFile known = catalogFile;
        if (known == null) {
            known = CatalogFile.at(resources, properties.catalog(), "billhook.catalog");
            catalogFile = known;
        }
        return known;
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
