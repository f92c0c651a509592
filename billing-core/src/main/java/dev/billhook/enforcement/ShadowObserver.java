package dev.billhook.enforcement;

import dev.billhook.entitlement.Entitlements;

/**
 * Is told what would have been denied if access were enforced. Must be thread-safe and quick: it is called on the thread that
 * asked, within the host's request. What it throws is logged and goes no further.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ShadowObserver {
    /**
     * Something would have been denied. Told about once a minute for each account and thing, however often it is asked for.
     *
     * @param computed what the account may do by the rules
     * @param what key of the feature or limit, or {@link Entitlements#WRITING} or {@link Entitlements#READING}
     */
    void wouldDeny(Entitlements computed, String what);
}
