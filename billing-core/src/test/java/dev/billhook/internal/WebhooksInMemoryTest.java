package dev.billhook.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.StoreException;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.spi.store.Transactor;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import dev.billhook.testing.WebhooksContract;
import dev.billhook.webhook.WebhookRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B7 C6 Webhooks, stores in memory")
class WebhooksInMemoryTest extends WebhooksContract {
    @Override
    protected BillingStores stores(ProviderScope scope) {
        return InMemoryStores.create(scope);
    }

    @Test
    @DisplayName("an event that cannot even be stored is an exception, so that the provider delivers it again")
    void storeDown() {
        Transactor down = mock();
        when(down.inTransaction(any())).thenThrow(new StoreException("no connection", true, null));
        doThrow(new StoreException("no connection", true, null)).when(down).run(any());
        BillingStores stores = mock();
        when(stores.scope()).thenReturn(ProviderScope.test());
        when(stores.transactor()).thenReturn(down);
        try (BillingFixture fixture = new BillingFixture();
                Billing billing = Billing.builder(BillingFixture.catalog(), fixture.provider, stores)
                        .withoutBackgroundWork()
                        .build()) {
            WebhookRequest request = fixture.provider.event(
                    "evt_s", "invoice.upcoming", SubscriptionStates.START, new EventContent.Irrelevant());

            assertThatThrownBy(() -> billing.webhooks().dispatch(request)).isInstanceOf(StoreException.class);
        }
    }
}
