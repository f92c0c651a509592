package dev.billhook.support;

import dev.billhook.account.AccountRef;
import java.util.List;
import java.util.Set;

/**
 * What the host tells an agent besides: activated, last login, usage, why the last subscription was canceled. Called outside
 * transactions; must be thread-safe. If it fails, its rows are missing and the rest is shown.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface SupportRows {
    /**
     * The rows, as plain text: they are escaped when they are shown.
     *
     * @param email in small letters
     * @param accounts those of the person with the address
     */
    List<SupportRow> rows(String email, Set<AccountRef> accounts);
}
