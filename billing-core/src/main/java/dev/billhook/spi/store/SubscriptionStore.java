package dev.billhook.spi.store;

import dev.billhook.account.AccountRef;
import java.util.List;
import java.util.Optional;

/**
 * Mirrored subscriptions with their items.
 *
 * @since 0.1.0
 */
public interface SubscriptionStore {
    /** The row of a provider's subscription id. */
    Optional<MirroredSubscription> find(String subscriptionId);

    /** All rows of an account, newest {@code createdAt} first; one round trip, no transaction needed. */
    List<MirroredSubscription> list(AccountRef account);

    /**
     * Inserts a row (version 1) with its items.
     *
     * @throws dev.billhook.BillingException if the id exists
     */
    void insert(MirroredSubscription row);

    /**
     * Replaces a row and its items, if its version is still {@code row.version() - 1}.
     *
     * @return whether it was
     */
    boolean update(MirroredSubscription row);
}
