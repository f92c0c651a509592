package dev.billhook.internal.entitlement;

import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.AccessRules;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.entitlement.EntitlementResolver;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.spi.signal.AccessSignals;
import dev.billhook.spi.store.AccessStore;
import dev.billhook.spi.store.Transactor;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the cache, else reads the claims with one query and decides; see {@link EntitlementResolver}. */
public final class DefaultEntitlementResolver implements EntitlementResolver, AutoCloseable {
    private final AccessStore store;
    private final Transactor transactor;
    private final InstantSource clock;
    private final Entitlements.OnDenial onDenial;
    private final AboutNow aboutNow;
    private final EntitlementCache cache;
    private final @Nullable AccessSignals signals;
    private volatile AccessRules rules;

    /** A resolver by the given rules. */
    public DefaultEntitlementResolver(
            AccessStore store,
            Transactor transactor,
            AccessRules rules,
            EntitlementCaching caching,
            Entitlements.OnDenial onDenial,
            @Nullable AccessSignals signals,
            InstantSource clock) {
        this.store = store;
        this.transactor = transactor;
        this.rules = rules;
        this.clock = clock;
        this.onDenial = onDenial;
        this.signals = signals;
        this.aboutNow = new AboutNow(clock);
        this.cache = new EntitlementCache(caching);
    }

    @Override
    public Entitlements resolve(AccountRef account) {
        long about = aboutNow.millis();
        if (cache.mayBeChanging(account, about) && transactor.isOpen()) {
            return decide(account);
        }
        Entitlements known = cache.find(account, about, about + AboutNow.LAG_MILLIS);
        return known == null ? resolveNow(account) : known;
    }

    /** Not known about now, so what time it is exactly matters. */
    private Entitlements resolveNow(AccountRef account) {
        long now = clock.millis();
        Entitlements known = cache.find(account, now, now);
        return known == null ? read(account, now) : known;
    }

    /** To be called in the transaction that changes what the accounts' access follows from. */
    public void changing(Set<AccountRef> accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        long now = clock.millis();
        accounts.forEach(account -> cache.changing(account, now));
        if (signals != null) {
            signals.send(accounts.stream().map(EntitlementCache::mark).collect(Collectors.toSet()));
        }
        transactor.afterCommit(() -> accounts.forEach(cache::changed));
    }

    /** Decides by other rules from now on. What was decided by the former ones is forgotten, also what is just being decided. */
    public void follow(AccessRules others) {
        rules = others;
        cache.allChanged();
    }

    /**
     * Begins to forget what other nodes say has changed.
     *
     * @param writeDownTime whether a thread may do so; only for a clock that does not jump
     */
    public void start(boolean writeDownTime) {
        if (signals != null) {
            signals.start(new Receiver());
        }
        if (writeDownTime) {
            aboutNow.start();
        }
    }

    /** Listens no longer. */
    @Override
    public void close() {
        aboutNow.close();
        if (signals != null) {
            signals.close();
        }
    }

    /** A transaction may see what was long before, so what it reads is not remembered. */
    private Entitlements read(AccountRef account, long now) {
        int stamp = cache.stamp(account);
        Entitlements answer = decide(account);
        if (!transactor.isOpen()) {
            cache.put(answer, stamp, now);
        }
        return answer;
    }

    private Entitlements decide(AccountRef account) {
        return rules.decide(account, store.claims(account), clock.instant()).with(onDenial);
    }

    private final class Receiver implements AccessSignals.Receiver {
        @Override
        public void changed(Set<Integer> marks) {
            marks.forEach(cache::changed);
        }

        @Override
        public void allChanged() {
            cache.allChanged();
        }
    }
}
