package dev.billhook.internal.deletion;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.spi.store.MirrorStore;
import java.util.Set;

/**
 * Remembers, as long as facts are kept, that a name was an account's that is deleted: what the provider still tells of it is not kept
 * for an account that may come.
 */
public final class DeletedNames {
    private DeletedNames() {}

    /** Whether an account of the name was deleted lately. */
    public static boolean contain(MirrorStore facts, AccountRef account) {
        return !facts.remembered(Set.of(fact(account))).isEmpty();
    }

    /** Does not show the name. */
    static String fact(AccountRef account) {
        return RequestKey.derived("ACCOUNT_DELETED", account).value();
    }
}
