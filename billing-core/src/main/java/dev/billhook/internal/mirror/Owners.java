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
 * metadata tells before we know; an account that has a living customer is never linked to another. What it was before, and
 * what a page made besides, stays known as its own: payments and subscriptions of theirs are still told.
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
        return known(customerId)
                .or(() -> lock(hint)
                        .filter(account ->
                                account.customerId().orElse(customerId).equals(customerId))
                        .map(account -> account.customerId().isPresent()
                                ? linkedMeanwhile(account, customerId)
                                : link(account, customerId)));
    }

    /** Whether the account was looked for and is there. */
    boolean found(@Nullable AccountRef hint) {
        return hint != null && accounts.containsKey(hint);
    }

    /** The account of a customer that was deleted, which never takes the place of one the account has or had. */
    Optional<BillingAccount> ofDeleted(String customerId, @Nullable AccountRef hint) {
        return known(customerId)
                .or(() -> lock(hint)
                        .map(account -> account.customer() == null
                                ? link(account, customerId)
                                : remember(account, customerId)));
    }

    /** The account that was sent to a page where the customer paid. */
    Optional<BillingAccount> ofPage(String customerId, AccountRef sent) {
        return known(customerId)
                .or(() -> lock(sent)
                        .map(account -> account.customerId().isEmpty()
                                ? link(account, customerId)
                                : remember(account, customerId)));
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

    private Optional<BillingAccount> known(String customerId) {
        AccountRef known = byCustomer.get(customerId);
        if (known != null) {
            return Optional.of(get(known));
        }
        Optional<BillingAccount> other = stores.accounts().lockByOtherCustomer(customerId);
        other.ifPresent(account -> byCustomer.put(customerId, account.ref()));
        return other.map(this::present);
    }

    private Optional<BillingAccount> lock(@Nullable AccountRef hint) {
        if (hint == null) {
            return Optional.empty();
        }
        return accounts.containsKey(hint)
                ? Optional.of(get(hint))
                : stores.accounts().lock(hint).map(this::present);
    }

    /** The account as this call has left it. */
    private BillingAccount present(BillingAccount read) {
        return accounts.computeIfAbsent(read.ref(), ref -> read);
    }

    private BillingAccount link(BillingAccount account, String customerId) {
        Customer former = account.customer();
        if (former != null) {
            stores.accounts().addOtherCustomer(former.id(), account.ref());
        }
        byCustomer.put(customerId, account.ref());
        stores.transactor().afterCommit(onLink);
        return put(account.withCustomer(Customer.ofId(customerId), null));
    }

    /** It was nobody's when this call looked for it, and its account's once that was locked. */
    private BillingAccount linkedMeanwhile(BillingAccount account, String customerId) {
        byCustomer.put(customerId, account.ref());
        return account;
    }

    private BillingAccount remember(BillingAccount account, String customerId) {
        stores.accounts().addOtherCustomer(customerId, account.ref());
        byCustomer.put(customerId, account.ref());
        stores.transactor().afterCommit(onLink);
        return account;
    }

    private BillingAccount get(AccountRef ref) {
        BillingAccount account = accounts.get(ref);
        if (account == null) {
            throw new IllegalStateException("Account " + ref + " is not locked");
        }
        return account;
    }
}
