package dev.billhook.jdbc;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.testing.OffersContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("D4 Limited plans, stores in MariaDB")
@ExtendWith(NoLeakedConnections.class)
class MariaDbOffersTest extends OffersContract {
    @Override
    protected BillingStores stores(ProviderScope scope) {
        return JdbcStores.create(TestDatabase.MARIADB.pool(), scope);
    }
}
