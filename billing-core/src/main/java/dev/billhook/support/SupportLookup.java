package dev.billhook.support;

import dev.billhook.account.AccountRef;
import java.util.Set;

/**
 * Whose an e-mail address is, as the host knows it. Called outside transactions; must be thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SupportLookup {
    /**
     * The accounts of the person with the address, or none.
     *
     * @param email in small letters
     */
    Set<AccountRef> accountsOf(String email);
}
