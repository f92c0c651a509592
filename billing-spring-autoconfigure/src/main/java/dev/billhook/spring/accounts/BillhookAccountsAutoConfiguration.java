package dev.billhook.spring.accounts;

import dev.billhook.ProviderScope;
import dev.billhook.catalog.Catalog;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.jdbc.PostgreSqlSignals;
import dev.billhook.spi.signal.AccessSignals;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.BillhookProperties;
import dev.billhook.spring.BillingSettings;
import dev.billhook.spring.CatalogReload;
import dev.billhook.spring.jdbc.BillhookJdbcAutoConfiguration;
import dev.billhook.spring.stripe.BillhookStripeAutoConfiguration;
import dev.billhook.spring.stripe.BillhookStripeProperties;
import dev.billhook.spring.stripe.StripeConnection;
import dev.billhook.spring.stripe.StripeProviders;
import dev.billhook.stripe.StripePaymentProvider;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * A billing for each account of {@code billhook.accounts}, beside that of the main one.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        after = {
            BillhookAutoConfiguration.class,
            BillhookJdbcAutoConfiguration.class,
            BillhookStripeAutoConfiguration.class
        })
@ConditionalOnBean(CatalogReload.class)
@Import(AccountNames.class)
public final class BillhookAccountsAutoConfiguration {
    static final String FURTHER = "billhookFurtherAccounts";

    BillhookAccountsAutoConfiguration() {}

    @Bean(FURTHER)
    FurtherAccounts billhookFurtherAccounts(
            BillhookProperties properties,
            ConfigurableListableBeanFactory beans,
            ResourceLoader resources,
            CatalogReload reload,
            Catalog catalog,
            AccessPolicy policy,
            ObjectProvider<AccountProviders> providers,
            ObjectProvider<AccountStores> stores,
            ObjectProvider<BillingSettings> settings) {
        return new FurtherAccounts(
                properties,
                beans,
                new FurtherAccounts.Catalogs(resources, reload, catalog, policy),
                new FurtherAccounts.Parts(providers, stores, settings));
    }

    /** Accounts at Stripe. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(StripePaymentProvider.class)
    @EnableConfigurationProperties(BillhookStripeProperties.class)
    static class StripeConfiguration {
        @Bean
        @ConditionalOnMissingBean
        AccountProviders billhookAccountProviders(
                BillhookProperties properties,
                BillhookStripeProperties stripe,
                ObjectProvider<StripeConnection> main,
                Environment environment) {
            if (properties.enabled()) {
                AccountChecks.check(
                        properties,
                        main.stream().toList(),
                        environment.getProperty("billhook.webhook.enabled", Boolean.class, true));
            }
            return (scope, account) -> StripeProviders.of(
                    new AccountConnection(account, stripe),
                    scope,
                    stripe,
                    "billhook.accounts." + scope.account() + ".* and billhook.stripe.* say how; billhook.accounts."
                            + scope.account() + ".livemode says");
        }
    }

    /** Mirrors in the database of the main account. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JdbcStores.class)
    @ConditionalOnBean(JdbcStores.class)
    static class JdbcConfiguration {
        @Bean
        @ConditionalOnMissingBean
        AccountStores billhookAccountStores(
                JdbcStores stores, ObjectProvider<DataSource> dataSource, Environment environment) {
            boolean signals = environment.getProperty("billhook.jdbc.signals", Boolean.class, false);
            return new AccountStores() {
                @Override
                public BillingStores of(ProviderScope scope) {
                    return stores.ofScope(scope);
                }

                @Override
                public Optional<AccessSignals> signalsOf(ProviderScope scope) {
                    return signals
                            ? Optional.of(PostgreSqlSignals.create(dataSource.getObject(), stores.ofScope(scope)))
                            : Optional.empty();
                }
            };
        }
    }
}
