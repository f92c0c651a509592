package dev.billhook.internal;

import dev.billhook.enforcement.Enforcement;
import dev.billhook.enforcement.ShadowObserver;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.spi.signal.AccessSignals;
import org.jspecify.annotations.Nullable;

/**
 * How access is decided, remembered and enforced.
 *
 * @param shadowObserver who is told in shadow mode, or null for the log
 * @param signals how other nodes are told, or null if they are not
 */
public record AccessSettings(
        AccessPolicy policy,
        EntitlementCaching caching,
        Enforcement enforcement,
        @Nullable ShadowObserver shadowObserver,
        @Nullable AccessSignals signals) {
    AccessSettings with(AccessPolicy another) {
        return new AccessSettings(another, caching, enforcement, shadowObserver, signals);
    }
}
