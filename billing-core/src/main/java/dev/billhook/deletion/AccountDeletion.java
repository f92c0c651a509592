package dev.billhook.deletion;

import dev.billhook.account.AccountRef;
import java.util.Optional;

/**
 * Deletes accounts, here and at the provider. Names, addresses, payment methods, grants, visits to the payment page and bodies of
 * events go; subscriptions, purchases and what the provider keeps of invoices stay under a name that tells nothing. Thread-safe.
 *
 * @since 0.1.0
 */
public interface AccountDeletion {
    /** Deletes by {@link DeletionPolicy#STANDARD}. */
    default Optional<Deletion> delete(AccountRef account) {
        return delete(account, DeletionPolicy.STANDARD);
    }

    /**
     * Deletes. What was begun is carried through, if need be by another node after a crash; calling again does no harm. Listeners
     * are told by {@code AccountDeletionStarted} and, in the transaction that erases, by {@code AccountDeleted}. The same name may
     * be registered again later and is a new account then, which inherits nothing.
     *
     * @return what is left of it, or empty if there is no such account (any more)
     * @throws DeletionException if the policy refuses because of what the account still has; nothing has changed
     * @throws dev.billhook.error.ProviderException if the provider refuses or cannot be reached; what was begun is tried again by
     *     the background
     */
    Optional<Deletion> delete(AccountRef account, DeletionPolicy policy);

    /**
     * Begins to delete, and leaves the rest to the background of whichever process takes it up. So listeners of that process hear
     * what ends, and the one that erases with it in the transaction; those of this process hear {@code AccountDeletionStarted}.
     * Returns at once; otherwise like {@link #delete(AccountRef, DeletionPolicy)}.
     *
     * @return what will be left of it, or empty if there is no such account (any more)
     * @throws DeletionException if the policy refuses because of what the account still has; nothing has changed
     * @throws dev.billhook.error.ProviderException if the provider cannot be asked; nothing has changed
     */
    Optional<Deletion> begin(AccountRef account, DeletionPolicy policy);

    /**
     * Tells what deleting would come to. Asks the provider, changes nothing, here or there.
     *
     * @return empty if there is no such account (any more)
     * @throws dev.billhook.error.ProviderException if the provider cannot be asked
     */
    Optional<DeletionPreview> preview(AccountRef account, DeletionPolicy policy);
}
