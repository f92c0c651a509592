package dev.billhook.jdbc;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.testing.ReconcilerContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("C5 Reconciliation, stores in PostgreSQL")
@ExtendWith(NoLeakedConnections.class)
class PostgreSqlReconcilerTest extends ReconcilerContract {
    @Override
    protected BillingStores stores(ProviderScope scope) {
        return JdbcStores.create(TestDatabase.POSTGRESQL.pool(), scope);
    }
}
