package dev.billhook.spi.store;

import dev.billhook.ProviderScope;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Stores in memory")
class InMemoryStoresTest extends BillingStoresContract {
    private final InMemoryStores database = InMemoryStores.create(ProviderScope.test());

    @Override
    protected BillingStores stores(ProviderScope scope) {
        return database.ofScope(scope);
    }
}
