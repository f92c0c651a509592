package dev.billhook.jdbc;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.testing.QueuedWebhooksContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("B7 C6 Queued webhooks, stores in MariaDB")
@ExtendWith(NoLeakedConnections.class)
class MariaDbQueuedWebhooksTest extends QueuedWebhooksContract {
    @Override
    protected BillingStores stores(ProviderScope scope) {
        return JdbcStores.create(TestDatabase.MARIADB.pool(), scope);
    }
}
