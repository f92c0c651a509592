package dev.billhook.internal.entitlement;

import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.entitlement.Entitlements;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Answers by account, in a table of fixed size in which an account has one place. Each place has a stamp that moves with every
 * change; an answer carries the stamp of before its facts were read and counts only while the place still has it. So a change
 * that commits while an answer is on its way makes it worthless from birth: no invalidation can be lost, and nobody waits.
 */
final class EntitlementCache {
    /** How long a transaction that changes an account may read what it wrote itself instead of a remembered answer. */
    private static final long CHANGING_MILLIS = 60_000;

    private final int mask;
    private final long maxStalenessMillis;
    private final AtomicReferenceArray<@Nullable Entry> entries;
    private final AtomicIntegerArray stamps;
    private final AtomicLongArray changingUntil;
    private final Shapes shapes = new Shapes();

    EntitlementCache(EntitlementCaching caching) {
        int places = Integer.highestOneBit(Math.max(1, caching.maxAccounts())) * 2;
        this.mask = places - 1;
        this.maxStalenessMillis = caching.maxStaleness().toMillis();
        this.entries = new AtomicReferenceArray<>(places);
        this.stamps = new AtomicIntegerArray(places);
        this.changingUntil = new AtomicLongArray(places);
    }

    /** The answer, if there is one that still counts. Allocates nothing. */
    @Nullable Entitlements find(AccountRef account, long nowMillis) {
        int place = place(account);
        Entry entry = entries.get(place);
        return entry != null
                        && entry.stamp == stamps.get(place)
                        && nowMillis < entry.endMillis
                        && nowMillis >= entry.readMillis
                        && entry.answer.account().equals(account)
                ? entry.answer
                : null;
    }

    /** What an answer must carry whose facts are read from now on. */
    int stamp(AccountRef account) {
        return stamps.get(place(account));
    }

    /**
     * Remembers an answer.
     *
     * @param stamp of before its facts were read
     */
    void put(Entitlements answer, int stamp, long nowMillis) {
        Instant validUntil = answer.validUntil();
        long end = nowMillis + maxStalenessMillis;
        entries.set(
                place(answer.account()),
                new Entry(
                        shapes.sharing(answer),
                        stamp,
                        nowMillis,
                        validUntil == null ? end : Math.min(end, validUntil.toEpochMilli())));
    }

    /** A transaction begins to change the account. */
    void changing(AccountRef account, long nowMillis) {
        int place = place(account);
        changingUntil.set(place, nowMillis + CHANGING_MILLIS);
        stamps.incrementAndGet(place);
    }

    /** Whether a transaction may have changed the account and not committed yet. */
    boolean mayBeChanging(AccountRef account, long nowMillis) {
        return nowMillis < changingUntil.get(place(account));
    }

    /** What is remembered of the account counts no longer. */
    void changed(AccountRef account) {
        changed(mark(account));
    }

    /** What is remembered of accounts with this mark counts no longer. */
    void changed(int mark) {
        stamps.incrementAndGet(place(mark));
    }

    /** Nothing that is remembered counts any longer. */
    void allChanged() {
        for (int place = 0; place <= mask; place++) {
            stamps.incrementAndGet(place);
        }
    }

    /** A number by which all nodes know the account: Java says how strings are hashed, and nobody can tell who it is. */
    static int mark(AccountRef account) {
        return account.type().hashCode() * 31 + account.id().hashCode();
    }

    private int place(AccountRef account) {
        return place(mark(account));
    }

    private int place(int mark) {
        int hash = mark * 0x9E3779B9;
        return (hash ^ (hash >>> 16)) & mask;
    }

    private record Entry(Entitlements answer, int stamp, long readMillis, long endMillis) {}
}
