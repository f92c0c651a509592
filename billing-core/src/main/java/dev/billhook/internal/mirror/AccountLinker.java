package dev.billhook.internal.mirror;

import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.spi.store.AccountStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds whose a customer is, and links the two when the provider's metadata tells before we know. */
final class AccountLinker {
    private final AccountStore accounts;

    AccountLinker(AccountStore accounts) {
        this.accounts = accounts;
    }

    /** The account of the customer, locked. An account that has a living customer is never linked to another. */
    Optional<BillingAccount> lockOwner(String customerId, @Nullable AccountRef hint) {
        Optional<BillingAccount> linked = accounts.lockByCustomer(customerId);
        if (linked.isPresent() || hint == null) {
            return linked;
        }
        return accounts.lock(hint)
                .filter(account -> account.customerId().isEmpty())
                .map(account -> link(account, customerId));
    }

    private BillingAccount link(BillingAccount account, String customerId) {
        accounts.update(account.withCustomer(Customer.ofId(customerId), null));
        return accounts.find(account.ref()).orElseThrow();
    }
}
