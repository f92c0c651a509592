package dev.billhook.spi.store;

import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import java.util.Optional;

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

    /** The account of a provider's customer id, locked until the transaction ends. */
    Optional<BillingAccount> lockByCustomer(String customerId);

    /**
     * Writes profile and customer of the account and adds one to its version, whatever version the argument carries. Call
     * it only with the row locked.
     */
    void update(BillingAccount account);
}
