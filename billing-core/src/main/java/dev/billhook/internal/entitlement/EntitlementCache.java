package dev.billhook.internal.entitlement;

import dev.billhook.account.AccountRef;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.entitlement.Entitlements;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Answers by account, in a table of fixed size in which an account has one of a few places. Each such few have a stamp that moves
 * with every change; an answer carries the stamp of before its facts were read and counts only while it is still there. So a
 * change that commits while an answer is on its way makes it worthless from birth: no invalidation can be lost, and nobody waits.
 */
final class EntitlementCache {
    /** How long a transaction that changes an account may read what it wrote itself instead of a remembered answer. */
    private static final long CHANGING_MILLIS = 60_000;

    /** So many accounts may fall together. With twice as many places as accounts one in a hundred finds all of them taken. */
    private static final int TOGETHER = 8;

    private final int mask;
    private final long maxStalenessMillis;
    private final AtomicReferenceArray<@Nullable Entry> entries;
    /** Of each few: the stamp in the lower half, and in the upper half the second until which one may be changing. */
    private final AtomicLongArray states;

    private final Shapes shapes = new Shapes();

    EntitlementCache(EntitlementCaching caching) {
        int places = Integer.highestOneBit(Math.max(TOGETHER, caching.maxAccounts()) * 2 - 1) * 2;
        int groups = places / TOGETHER;
        this.mask = groups - 1;
        this.maxStalenessMillis = caching.maxStaleness().toMillis();
        this.entries = new AtomicReferenceArray<>(places);
        this.states = new AtomicLongArray(groups);
    }

    /**
     * The answer, if there is one that still counts at each instant of a short time. Allocates nothing.
     *
     * @param fromMillis it is this late at least
     * @param toMillis and no later than this
     */
    @Nullable Entitlements find(AccountRef account, long fromMillis, long toMillis) {
        int mark = mark(account);
        int group = group(mark);
        int stamp = stampOf(states.get(group));
        for (int look = 0; look < TOGETHER; look++) {
            Entry entry = entries.get(place(group, mark, look));
            if (entry != null && entry.mark == mark && entry.account.equals(account)) {
                return entry.stamp == stamp && toMillis < entry.endMillis && fromMillis >= entry.readMillis
                        ? entry.answer
                        : null;
            }
        }
        return null;
    }

    /** What an answer must carry whose facts are read from now on. */
    int stamp(AccountRef account) {
        return stampOf(states.get(group(account)));
    }

    /**
     * Remembers an answer.
     *
     * @param stamp of before its facts were read
     */
    void put(Entitlements answer, int stamp, long nowMillis) {
        Instant validUntil = answer.validUntil();
        long end = nowMillis + maxStalenessMillis;
        AccountRef account = answer.account();
        entries.set(
                placeFor(account),
                new Entry(
                        mark(account),
                        account,
                        shapes.sharing(answer),
                        stamp,
                        nowMillis,
                        validUntil == null ? end : Math.min(end, validUntil.toEpochMilli())));
    }

    /** Where the account is, else a free place, else that of the oldest answer. */
    private int placeFor(AccountRef account) {
        int mark = mark(account);
        int group = group(mark);
        int oldest = 0;
        long oldestRead = Long.MAX_VALUE;
        for (int look = 0; look < TOGETHER; look++) {
            int place = place(group, mark, look);
            Entry entry = entries.get(place);
            if (entry != null && entry.account.equals(account)) {
                return place;
            }
            long read = entry == null ? Long.MIN_VALUE : entry.readMillis;
            if (read < oldestRead) {
                oldest = place;
                oldestRead = read;
            }
        }
        return oldest;
    }

    /** A transaction begins to change the account. */
    void changing(AccountRef account, long nowMillis) {
        long until = (nowMillis + CHANGING_MILLIS) / 1000 + 1;
        states.updateAndGet(
                group(account), state -> Math.max(until, state >>> Integer.SIZE) << Integer.SIZE | nextStamp(state));
    }

    /** Whether a transaction may have changed the account and not committed yet. */
    boolean mayBeChanging(AccountRef account, long nowMillis) {
        return nowMillis < (states.get(group(account)) >>> Integer.SIZE) * 1000;
    }

    /** What is remembered of the account counts no longer. */
    void changed(AccountRef account) {
        changed(mark(account));
    }

    /** What is remembered of accounts with this mark counts no longer. */
    void changed(int mark) {
        move(group(mark));
    }

    /** Nothing that is remembered counts any longer. */
    void allChanged() {
        for (int group = 0; group <= mask; group++) {
            move(group);
        }
    }

    private void move(int group) {
        states.updateAndGet(group, state -> state >>> Integer.SIZE << Integer.SIZE | nextStamp(state));
    }

    private static int stampOf(long state) {
        return (int) state;
    }

    private static long nextStamp(long state) {
        return Integer.toUnsignedLong(stampOf(state) + 1);
    }

    /** A number by which all nodes know the account: Java says how strings are hashed, and nobody can tell who it is. */
    static int mark(AccountRef account) {
        return account.type().hashCode() * 31 + account.id().hashCode();
    }

    private int group(AccountRef account) {
        return group(mark(account));
    }

    /** Accounts that fall together begin to look in different places, so that most are found at once. */
    private static int place(int group, int mark, int look) {
        return group * TOGETHER + ((mark + look) & (TOGETHER - 1));
    }

    private int group(int mark) {
        int hash = mark * 0x9E3779B9;
        return (hash ^ (hash >>> 16)) & mask;
    }

    private record Entry(
            int mark, AccountRef account, Entitlements answer, int stamp, long readMillis, long endMillis) {}
}
