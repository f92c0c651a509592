package dev.billhook.internal.checkout;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.internal.mirror.MirrorSync;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.MirroredSubscription;
import java.util.Optional;

/** Has an account charged by a card it left. */
public final class NewCards {
    private final PaymentProvider provider;
    private final BillingStores stores;
    private final MirrorSync sync;

    /** Cards at the provider. */
    public NewCards(PaymentProvider provider, BillingStores stores, MirrorSync sync) {
        this.provider = provider;
        this.stores = stores;
        this.sync = sync;
    }

    /**
     * Makes the card the default of the account's customer, and of its running subscriptions: a subscription made by a
     * payment page has a card of its own, which goes before the customer's.
     *
     * @param visit names the visit that left it; the same visit has one effect, whoever notices it first
     */
    void use(AccountRef account, String paymentMethodId, String visit) {
        Optional<String> customer = stores.accounts().find(account).flatMap(BillingAccount::customerId);
        if (customer.isEmpty()) {
            return;
        }
        String id = customer.get();
        provider.customers().useForPayments(id, paymentMethodId, RequestKey.derived("card", visit, id));
        sync.refreshCustomer(id);
        for (MirroredSubscription row : stores.subscriptions().list(account)) {
            String subscription = row.subscription().id();
            if (!row.subscription().status().ended() && row.customerId().equals(id)) {
                RequestKey key = RequestKey.derived("card", visit, subscription);
                sync.command(
                        subscription,
                        () -> provider.subscriptions().useForPayments(subscription, paymentMethodId, key));
            }
        }
    }
}
