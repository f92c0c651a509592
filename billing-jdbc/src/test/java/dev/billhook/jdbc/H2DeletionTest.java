package dev.billhook.jdbc;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.testing.DeletionContract;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("D14 Deleted accounts in H2")
@ExtendWith(NoLeakedConnections.class)
class H2DeletionTest extends DeletionContract {
    @Override
    protected BillingStores stores(ProviderScope scope) {
        return JdbcStores.create(TestDatabase.H2.pool(), scope);
    }

    @Override
    protected List<String> everything(ProviderScope scope) {
        return Dump.of(TestDatabase.H2.pool(), scope);
    }
}
