package dev.billhook.account;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

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
     * @throws IllegalArgumentException if its type is {@link AccountRef#DELETED}
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

    /**
     * What the account is charged by: the payment method of its main subscription, as Checkout sets it, or the customer's
     * default where it has none of its own. Reads the mirror only.
     *
     * @throws dev.billhook.NotFoundException if it was never registered
     */
    Optional<PaymentMethod> paymentMethod(AccountRef account);

    /**
     * Which of the required details are missing, {@link dev.billhook.BillingBuilder#requiredDetails}. For the time before money is
     * taken: at the end of a trial, say, told by {@code TrialEnding}. Asks the provider, unless nothing but the payment method is
     * required; nothing of the answer is kept.
     *
     * @param when the moment money will be taken (UTC); a card that has expired by then counts as missing
     * @return what is missing; empty if the account can be charged
     * @throws dev.billhook.NotFoundException if it was never registered
     * @throws dev.billhook.error.ProviderException if the provider refuses or cannot be reached
     */
    Set<BillingDetail> missingDetails(AccountRef account, Instant when);
}
