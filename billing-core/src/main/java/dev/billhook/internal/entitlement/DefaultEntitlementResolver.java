package dev.billhook.internal.entitlement;

import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.entitlement.AccessRules;
import dev.billhook.entitlement.EntitlementResolver;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.spi.store.SubscriptionStore;
import dev.billhook.subscription.Subscription;
import java.time.InstantSource;
import java.util.List;

/** Reads the mirror with one query and decides; see {@link EntitlementResolver}. */
public final class DefaultEntitlementResolver implements EntitlementResolver {
    private final SubscriptionStore store;
    private final AccessRules rules;
    private final InstantSource clock;

    /** A resolver by the given rules. */
    public DefaultEntitlementResolver(SubscriptionStore store, AccessRules rules, InstantSource clock) {
        this.store = store;
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public Entitlements resolve(AccountRef account) {
        List<Subscription> subscriptions = store.list(account).stream()
                .map(MirroredSubscription::subscription)
                .toList();
        return rules.decide(account, AccessFacts.of(subscriptions), clock.instant());
    }
}
