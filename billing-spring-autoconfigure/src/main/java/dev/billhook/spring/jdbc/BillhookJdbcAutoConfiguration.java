package dev.billhook.spring.jdbc;

import dev.billhook.Billing;
import dev.billhook.BillingException;
import dev.billhook.ProviderScope;
import dev.billhook.StoreException;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.jdbc.PostgreSqlSignals;
import dev.billhook.spi.signal.AccessSignals;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.SetupException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The mirror in the host's database, in the host's transactions where there are any.
 *
 * @since 0.1.0
 */
@AutoConfiguration(
        before = BillhookAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration",
            "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration"
        })
@ConditionalOnClass({JdbcStores.class, DataSourceUtils.class, PlatformTransactionManager.class})
@ConditionalOnProperty(prefix = "billhook", name = "enabled", matchIfMissing = true)
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnMissingBean({BillingStores.class, Billing.class})
@EnableConfigurationProperties(BillhookJdbcProperties.class)
public final class BillhookJdbcAutoConfiguration {
    BillhookJdbcAutoConfiguration() {}

    /** Comes after the host's migrations: where they made the tables, none is made here. */
    @Bean
    @DependsOnDatabaseInitialization
    JdbcStores billhookStores(
            DataSource dataSource,
            ObjectProvider<PlatformTransactionManager> managers,
            ProviderScope scope,
            BillhookJdbcProperties properties) {
        Dialect dialect = Dialect.detect(dataSource);
        if (createsSchema(properties.initializeSchema(), dataSource)) {
            BillhookSchema.of(dialect).install(dataSource);
        }
        Optional<PlatformTransactionManager> manager = TransactionManagers.of(dataSource, managers);
        return manager.isPresent()
                ? JdbcStores.create(new SpringTransactions(dataSource, manager.get()), dialect, scope)
                : JdbcStores.create(dataSource, scope);
    }

    @Bean
    @ConditionalOnProperty(prefix = "billhook.jdbc", name = "signals")
    @ConditionalOnMissingBean
    AccessSignals billhookSignals(DataSource dataSource, JdbcStores stores) {
        try {
            return PostgreSqlSignals.create(dataSource, stores);
        } catch (BillingException e) {
            throw new SetupException(
                    "billhook.jdbc.signals is true, but the database cannot signal.",
                    "Take PostgreSQL, or set billhook.jdbc.signals=false; billhook.access.cache.max-staleness bounds how old answers are.");
        }
    }

    private static boolean createsSchema(SchemaInitialization when, DataSource dataSource) {
        return switch (when) {
            case ALWAYS -> true;
            case NEVER -> false;
            case EMBEDDED -> livesInMemory(dataSource);
        };
    }

    /** The same rule as Spring Boot's own embedded databases. */
    private static boolean livesInMemory(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getURL().startsWith("jdbc:h2:mem:");
        } catch (SQLException e) {
            throw new StoreException("Billhook cannot reach its database", true, e);
        }
    }
}
