package dev.billhook.spi.store;

import dev.billhook.ProviderScope;
import org.junit.jupiter.api.Nested;

/** Everything a persistence adapter promises; an adapter's test names where its stores come from. */
public abstract class BillingStoresContract {
    /** Stores of a scope; calls for the same scope see the same rows, as nodes do that share a database. */
    protected abstract BillingStores stores(ProviderScope scope);

    @Nested
    class Accounts extends AccountStoreContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Subscriptions extends SubscriptionStoreContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Inbox extends InboxStoreContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Outbox extends OutboxStoreContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Access extends AccessStoreContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Purchases extends PurchaseStoreContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Checkouts extends CheckoutStoreContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Usage extends UsageStoreContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Endpoints extends EndpointStoreContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Offers extends OfferStoreContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Transactions extends TransactorContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Turns extends TurnsContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }

    @Nested
    class Notices extends NoticeStoreContract {
        @Override
        protected BillingStores stores(ProviderScope scope) {
            return BillingStoresContract.this.stores(scope);
        }
    }
}
