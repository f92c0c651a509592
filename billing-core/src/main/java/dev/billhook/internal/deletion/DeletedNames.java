package dev.billhook.internal.deletion;

import dev.billhook.account.AccountRef;
import dev.billhook.spi.store.MirrorStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Remembers, as long as facts are kept, that a name was an account's that is deleted: what the provider still tells of it is not kept
 * for an account that may come.
 */
public final class DeletedNames {
    private static final int BYTES = 16;

    private DeletedNames() {}

    /** Whether an account of the name was deleted lately. */
    public static boolean contain(MirrorStore facts, AccountRef account) {
        return !facts.remembered(Set.of(fact(account))).isEmpty();
    }

    static String fact(AccountRef account) {
        return "ACCOUNT_DELETED|" + digest(account);
    }

    /** Short, and it does not show the name. */
    static String digest(AccountRef account) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(account.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
