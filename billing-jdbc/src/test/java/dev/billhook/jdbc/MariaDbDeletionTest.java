package dev.billhook.jdbc;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.testing.DeletionContract;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("D14 Deleted accounts in MariaDB")
@ExtendWith(NoLeakedConnections.class)
class MariaDbDeletionTest extends DeletionContract {
    @Override
    protected BillingStores stores(ProviderScope scope) {
        return JdbcStores.create(TestDatabase.MARIADB.pool(), scope);
    }

    @Override
    protected List<String> everything(ProviderScope scope) {
        return Dump.of(TestDatabase.MARIADB.pool(), scope);
    }
}
