package dev.billhook.account;

import java.util.Optional;

/**
 * Registers the host's accounts and answers what is known of them. Thread-safe.
 *
 * @since 0.1.0
 */
public interface AccountService {
    /**
     * Makes the account known, or updates its profile. Calls nothing: the customer at the provider is made by the first
     * Checkout. Safe to call on every login.
     *
     * @param profile e-mail and name to give the provider; replaces what was told before
     */
    BillingAccount register(AccountRef account, AccountProfile profile);

    /** The account from the mirror, if it was registered. */
    Optional<BillingAccount> find(AccountRef account);

    /**
     * The account from the mirror.
     *
     * @throws dev.billhook.NotFoundException if it was never registered
     */
    BillingAccount get(AccountRef account);
}
