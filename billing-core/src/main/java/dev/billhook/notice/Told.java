package dev.billhook.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an account has been told by time, so that it is not told again. Kept beside the account's next look and changed in the
 * transaction that tells.
 *
 * @param access how its access was when it was told of last
 * @param changes how often it was told of a change of access
 * @param ahead what it was told ahead, in order
 * @param seen the latest time at which its access was looked at once it had changed (UTC), or null if it never did
 * @since 0.1.0
 */
public record Told(
        Access access,
        long changes,
        List<Key> ahead,
        @Nullable Instant seen) {
    /** Nothing so far, of an account that has all access it paid for. */
    public static final Told NOTHING = new Told(Access.FULL, 0, List.of(), null);

    /** Nothing so far, and nobody knows how its access was before; the next look finds out without telling. */
    public static final Told UNKNOWN = new Told(Access.UNKNOWN, 0, List.of(), null);

    /** So long an occasion is remembered that does not follow from the facts any more: it may again, and clocks may be wrong. */
    private static final Duration KEPT = Duration.ofDays(400);

    /** Puts the keys in order. */
    public Told {
        ahead = List.copyOf(new TreeSet<>(ahead));
    }

    /** The same with the access of a time, counted if it was told. */
    Told with(Access then, boolean counted, Instant time) {
        boolean matters = changes > 0 || counted || then != Access.FULL;
        boolean later = seen == null || time.isAfter(seen);
        return new Told(then, changes + (counted ? 1 : 0), ahead, matters && later ? time : seen);
    }

    /** The same with more, and without what can neither come nor come back: what is long past and does not follow any more. */
    Told with(Collection<Key> more, Set<Key> possible, Instant now) {
        return new Told(
                access,
                changes,
                Stream.concat(ahead.stream(), more.stream())
                        .filter(key -> possible.contains(key) || key.at().isAfter(now.minus(KEPT)))
                        .toList(),
                seen);
    }

    /** How the access of an account was. */
    public enum Access {
        /** Not known. */
        UNKNOWN,
        /** Full, or it never had any. */
        FULL,
        /** Limited. */
        LIMITED,
        /** Closed. */
        CLOSED
    }

    /**
     * What makes an occasion another one.
     *
     * @param subject the subscription or payment method it is about; empty for the account itself
     * @param at when it will happen (UTC)
     * @param leadSeconds how long ahead it is told
     */
    public record Key(NoticeKind kind, String subject, Instant at, long leadSeconds) implements Comparable<Key> {
        static Key of(NoticeKind kind, String subject, Instant at, Duration lead) {
            return new Key(kind, subject, at, lead.toSeconds());
        }

        @Override
        public int compareTo(Key other) {
            return toString().compareTo(other.toString());
        }
    }
}
