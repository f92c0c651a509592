package dev.billhook.spi.store.erasure;

import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.event.BillingEvent;
import dev.billhook.subscription.Subscription;
import java.util.Collection;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Takes what is personal out of the rows of an account. All of it within one transaction.
 *
 * @since 0.1.0
 */
public interface ErasureStore {
    /** The ids of all the account's customers: its present one, former ones, and those that payment pages made. */
    Set<String> customersOf(AccountRef account);

    /**
     * Drops the bodies of all events that are not finished and name one of the customers; they count as discarded.
     *
     * @param reason kept with them
     * @return how many
     */
    int discardEvents(Collection<String> customerIds, String reason);

    /**
     * Moves the account's row to another name and the row's contents with it, its subscriptions and purchases too, and its other
     * customers; deletes its grants and its visits to the payment page. The account must be locked. What waits for listeners
     * keeps the account's name.
     *
     * @param account the account
     * @param anonymous the row as it shall be, under its new name
     * @param subscriptions what of a subscription's state is kept
     * @param events what of an event that waits for listeners is kept; the errors of failed deliveries are not
     */
    void erase(
            AccountRef account,
            BillingAccount anonymous,
            UnaryOperator<Subscription> subscriptions,
            UnaryOperator<BillingEvent> events);
}
