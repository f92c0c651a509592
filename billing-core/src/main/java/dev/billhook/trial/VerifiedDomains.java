package dev.billhook.trial;

import dev.billhook.account.AccountRef;
import java.util.Optional;

/**
 * The domains the host knows to be an account's own, e.g. because it has verified them for single sign-on. Must be
 * thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface VerifiedDomains {
    /** The account's domain, e.g. {@code example.com}; empty if none is verified. */
    Optional<String> of(AccountRef account);
}
