package dev.billhook.spring.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.spi.signal.AccessSignals;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.spring.BillhookAutoConfiguration;
import dev.billhook.spring.FakeProviderConfiguration;
import dev.billhook.spring.SetupException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.sql.init.SqlInitializationAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

@DisplayName("Spring: the mirror in the host's database")
class BillhookJdbcAutoConfigurationTest {
    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    BillhookAutoConfiguration.class,
                    BillhookJdbcAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withUserConfiguration(FakeProviderConfiguration.class)
            .withPropertyValues("spring.datasource.generate-unique-name=true");

    @Test
    @DisplayName("an embedded database gets its tables before the billing uses them, in the configured scope")
    void byDefault() {
        runner.withPropertyValues("billhook.account=eu", "billhook.background.interval=1ms")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(BillingStores.class);
                    assertThat(context.getBean(BillingStores.class).scope()).isEqualTo(new ProviderScope("eu", false));
                    assertThat(hasTables(context.getBean(DataSource.class))).isTrue();
                    assertThat(context.getBean(JdbcStores.class).transactor()).isInstanceOf(SpringTransactions.class);
                });
    }

    @Test
    @DisplayName("D5 a host that switched billing off gets no tables")
    void switchedOff() {
        runner.withPropertyValues("billhook.enabled=false").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(BillingStores.class);
            assertThat(hasTables(context.getBean(DataSource.class))).isFalse();
        });
    }

    @Test
    @DisplayName("D2 signals between nodes need PostgreSQL; on another database the start fails and tells what to do")
    void signals() {
        runner.run(context -> assertThat(context).doesNotHaveBean(AccessSignals.class));
        runner.withPropertyValues("billhook.jdbc.signals=true")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("billhook.jdbc.signals=false"));
    }

    @Test
    @DisplayName("a file or server database gets its tables only when the property says so")
    void notEmbedded(@TempDir java.nio.file.Path folder) {
        ApplicationContextRunner file =
                runner.withPropertyValues("spring.datasource.url=jdbc:h2:file:" + folder.resolve("db"));

        file.withPropertyValues("billhook.background.enabled=false")
                .run(context ->
                        assertThat(hasTables(context.getBean(DataSource.class))).isFalse());
        file.withPropertyValues("billhook.jdbc.initialize-schema=always")
                .run(context ->
                        assertThat(hasTables(context.getBean(DataSource.class))).isTrue());
        runner.withPropertyValues("billhook.jdbc.initialize-schema=never", "billhook.background.enabled=false")
                .run(context ->
                        assertThat(hasTables(context.getBean(DataSource.class))).isFalse());
    }

    @Test
    @DisplayName("tables that the host's migration makes are there first and are left alone")
    void afterMigrations() {
        runner.withConfiguration(AutoConfigurations.of(SqlInitializationAutoConfiguration.class))
                .withPropertyValues(
                        "spring.sql.init.schema-locations=classpath:dev/billhook/jdbc/schema/h2/V1__billhook.sql")
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(Billing.class);
                    assertThat(hasTables(context.getBean(DataSource.class))).isTrue();
                });
    }

    @Test
    @DisplayName("the host's own stores, or its own billing, take precedence")
    void usersOwn() {
        InMemoryStores own = InMemoryStores.create(ProviderScope.test());
        runner.withBean(BillingStores.class, () -> own).run(context -> {
            assertThat(context).hasSingleBean(BillingStores.class);
            assertThat(hasTables(context.getBean(DataSource.class))).isFalse();
        });
        runner.withBean(Billing.class, () -> mock(Billing.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(BillingStores.class));
    }

    @Test
    @DisplayName("without billing-jdbc on the class path the host is told what is missing")
    void classMissing() {
        runner.withClassLoader(new FilteredClassLoader(JdbcStores.class))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("billing-jdbc"));
    }

    @Test
    @DisplayName("two DataSources without a primary one are a question for the host, not a guess")
    void severalDataSources() {
        runner.withBean("one", DataSource.class, BillhookJdbcAutoConfigurationTest::h2)
                .withBean("two", DataSource.class, BillhookJdbcAutoConfigurationTest::h2)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("primary"));
    }

    @Test
    @DisplayName("without Spring transactions the stores have their own")
    void noTransactionManager() {
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(BillhookAutoConfiguration.class, BillhookJdbcAutoConfiguration.class))
                .withUserConfiguration(FakeProviderConfiguration.class)
                .withBean(DataSource.class, BillhookJdbcAutoConfigurationTest::h2)
                .run(context -> assertThat(context.getBean(JdbcStores.class).transactor())
                        .isNotInstanceOf(SpringTransactions.class));
    }

    @Test
    @DisplayName("of several transaction managers the one of the DataSource is taken; if none is, the host is asked")
    void severalTransactionManagers() {
        runner.withBean("other", PlatformTransactionManager.class, () -> mock(PlatformTransactionManager.class))
                .withUserConfiguration(OwnManager.class)
                .run(context -> assertThat(context.getBean(JdbcStores.class).transactor())
                        .isInstanceOf(SpringTransactions.class));
        runner.withBean("one", PlatformTransactionManager.class, () -> mock(PlatformTransactionManager.class))
                .withBean("two", PlatformTransactionManager.class, () -> mock(PlatformTransactionManager.class))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(SetupException.class)
                        .hasMessageContaining("transaction managers"));
    }

    @Test
    @DisplayName("a database that does not answer fails the start")
    void unreachable() throws SQLException {
        DataSource dead = mock(DataSource.class);
        when(dead.getConnection()).thenThrow(new SQLException("refused", "08001"));
        runner.withBean(DataSource.class, () -> dead)
                .run(context -> assertThat(context).hasFailed());
    }

    private static DataSource h2() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return dataSource;
    }

    private static boolean hasTables(DataSource dataSource) throws SQLException {
        String table = BillhookSchema.of(Dialect.H2).tables().get(0);
        try (Connection connection = dataSource.getConnection();
                ResultSet found = connection
                        .getMetaData()
                        .getTables(null, null, table.toUpperCase(java.util.Locale.ROOT), null)) {
            return found.next();
        }
    }

    static class OwnManager {
        @org.springframework.context.annotation.Bean
        PlatformTransactionManager own(DataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }
    }
}
