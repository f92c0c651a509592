package dev.billhook.jdbc;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.BillingStoresContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("Stores in MariaDB")
@ExtendWith(NoLeakedConnections.class)
class MariaDbStoresTest extends BillingStoresContract {
    @Override
    protected BillingStores stores(ProviderScope scope) {
        return JdbcStores.create(TestDatabase.MARIADB.pool(), scope);
    }
}
