package dev.billhook.internal.mirror;

import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.account.Customer;
import dev.billhook.spi.store.BillingStores;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The accounts one call of the door works on, all locked, and whose customers they are. Links the two when the provider's
 * metadata tells before we know; an account that has a living customer is never linked to another.
 */
final class Owners {
    private final BillingStores stores;
    private final Runnable onLink;
    private final Map<String, AccountRef> byCustomer = new HashMap<>();
    private final Map<AccountRef, BillingAccount> accounts = new HashMap<>();
    private final Map<AccountRef, BillingAccount> changed = new LinkedHashMap<>();

    Owners(BillingStores stores, Map<String, BillingAccount> known, Runnable onLink) {
        this.stores = stores;
        this.onLink = onLink;
        known.forEach((customer, account) -> {
            byCustomer.put(customer, account.ref());
            accounts.put(account.ref(), account);
        });
    }

    /** The account of the customer. */
    Optional<BillingAccount> of(String customerId, @Nullable AccountRef hint) {
        AccountRef known = byCustomer.get(customerId);
        if (known != null) {
            return Optional.of(get(known));
        }
        return hint == null ? Optional.empty() : lock(hint).map(account -> link(account, customerId));
    }

    /** Replaces an account by its next version. */
    BillingAccount put(BillingAccount account) {
        BillingAccount next = account.nextVersion();
        accounts.put(next.ref(), next);
        changed.put(next.ref(), next);
        return next;
    }

    /** Accounts to write. */
    List<BillingAccount> changed() {
        return List.copyOf(changed.values());
    }

    private Optional<BillingAccount> lock(AccountRef hint) {
        Optional<BillingAccount> found = accounts.containsKey(hint)
                ? Optional.of(get(hint))
                : stores.accounts().lock(hint);
        return found.filter(account -> account.customerId().isEmpty());
    }

    private BillingAccount link(BillingAccount account, String customerId) {
        byCustomer.put(customerId, account.ref());
        stores.transactor().afterCommit(onLink);
        return put(account.withCustomer(Customer.ofId(customerId), null));
    }

    private BillingAccount get(AccountRef ref) {
        BillingAccount account = accounts.get(ref);
        if (account == null) {
            throw new IllegalStateException("Account " + ref + " is not locked");
        }
        return account;
    }
}
