package dev.billhook.deletion;

import dev.billhook.account.AccountRef;

/**
 * An account that is deleted.
 *
 * @param account the account, which is not known any more
 * @param keptAs the name under which its subscriptions and purchases are kept; drawn by lot, so that it tells nothing
 * @since 0.1.0
 */
public record Deletion(AccountRef account, AccountRef keptAs) {}
