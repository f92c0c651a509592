package dev.billhook.spring.jdbc;

import dev.billhook.ProviderScope;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.BillingStoresContract;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

@DisplayName("Spring: stores in Spring's transactions keep every promise of the stores")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringStoresTest extends BillingStoresContract {
    private final JdbcConnectionPool pool =
            JdbcConnectionPool.create("jdbc:h2:mem:spring-stores;DB_CLOSE_DELAY=-1", "sa", "");

    @BeforeAll
    void open() {
        pool.setMaxConnections(16);
        BillhookSchema.of(Dialect.H2).install(pool);
    }

    @AfterAll
    void close() {
        pool.dispose();
    }

    @Override
    protected BillingStores stores(ProviderScope scope) {
        return JdbcStores.create(
                new SpringTransactions(pool, new DataSourceTransactionManager(pool)), Dialect.H2, scope);
    }
}
