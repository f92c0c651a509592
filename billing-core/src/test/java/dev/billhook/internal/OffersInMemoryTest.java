package dev.billhook.internal;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.testing.OffersContract;
import org.junit.jupiter.api.DisplayName;

@DisplayName("D4 Limited plans, stores in memory")
class OffersInMemoryTest extends OffersContract {
    @Override
    protected BillingStores stores(ProviderScope scope) {
        return InMemoryStores.create(scope);
    }
}
