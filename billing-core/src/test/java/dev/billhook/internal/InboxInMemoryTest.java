package dev.billhook.internal;

import dev.billhook.ProviderScope;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.testing.InboxContract;

class InboxInMemoryTest extends InboxContract {
    @Override
    protected BillingStores stores(ProviderScope scope) {
        return InMemoryStores.create(scope);
    }
}
