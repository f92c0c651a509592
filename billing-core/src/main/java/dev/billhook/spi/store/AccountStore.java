package dev.billhook.spi.store;

import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Accounts and the customers behind them.
 *
 * @since 0.1.0
 */
public interface AccountStore {
    /** The account, if it exists. */
    Optional<BillingAccount> find(AccountRef account);

    /** Inserts the account (version 1); false, and no change, if it exists. */
    boolean insertIfAbsent(BillingAccount account);

    /** The account, locked until the transaction ends. */
    Optional<BillingAccount> lock(AccountRef account);

    /** The accounts of these customer ids, by customer id; what is not there is left out. */
    Map<String, BillingAccount> findByCustomers(Collection<String> customerIds);

    /**
     * Accounts with a customer that is not deleted, in the order of their customers' ids, for going through all of them.
     *
     * @param afterCustomerId the last one seen, or null to begin
     */
    List<BillingAccount> scan(@Nullable String afterCustomerId, int max);

    /**
     * All accounts, with or without a customer, in the order of their keys, for going through all of them.
     *
     * @param after the last one seen, or null to begin
     */
    List<AccountRef> list(@Nullable AccountRef after, int max);

    /**
     * Remembers that a customer is one of the account's besides its present one; no change if it is remembered as such, of
     * whichever account.
     */
    void addOtherCustomer(String customerId, AccountRef account);

    /** The account of which a customer was remembered as one besides its present one, locked until the transaction ends. */
    Optional<BillingAccount> lockByOtherCustomer(String customerId);

    /**
     * Writes profile and customer of the account and adds one to its version, whatever version the argument carries. Call
     * it only with the row locked.
     */
    void update(BillingAccount account);
}
