package dev.billhook.jdbc;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.testing.InboxContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("C6 The inbox, stores in H2")
@ExtendWith(NoLeakedConnections.class)
class H2InboxTest extends InboxContract {
    @Override
    protected BillingStores stores(ProviderScope scope) {
        return JdbcStores.create(TestDatabase.H2.pool(), scope);
    }
}
