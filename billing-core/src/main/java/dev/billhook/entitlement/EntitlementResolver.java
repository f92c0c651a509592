package dev.billhook.entitlement;

import dev.billhook.account.AccountRef;

/**
 * Answers what an account may do now, from the mirror alone. Cheap enough for every request. Thread-safe.
 *
 * @since 0.1.0
 */
public interface EntitlementResolver {
    /**
     * What the account may do now. An account that was never registered has state {@link AccessState#NONE}.
     */
    Entitlements resolve(AccountRef account);
}
