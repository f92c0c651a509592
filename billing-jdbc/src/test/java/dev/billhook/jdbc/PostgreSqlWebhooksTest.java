package dev.billhook.jdbc;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.testing.WebhooksContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.ExtendWith;

@DisplayName("B7 C6 Webhooks, stores in PostgreSQL")
@ExtendWith(NoLeakedConnections.class)
class PostgreSqlWebhooksTest extends WebhooksContract {
    @Override
    protected BillingStores stores(ProviderScope scope) {
        return JdbcStores.create(TestDatabase.POSTGRESQL.pool(), scope);
    }
}
