package dev.billhook.unit;

import dev.billhook.account.AccountRef;
import java.util.OptionalLong;

/**
 * The host's own count of what it sells by the unit, e.g. the members of a team. Called outside transactions; must be
 * thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface UnitSource {
    /** How many the account has now; empty if its units are not counted but asked for. */
    OptionalLong count(AccountRef account);
}
