package dev.billhook.internal;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.testing.ReconcilerContract;

class ReconcilerInMemoryTest extends ReconcilerContract {
    @Override
    protected BillingStores stores(ProviderScope scope) {
        return InMemoryStores.create(scope);
    }
}
