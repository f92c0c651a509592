package dev.billhook.mirror;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a snapshot is newer than the mirror. Pure. Event times have one-second resolution and deliveries come in
 * any order, so an event of the mirror's own second proves nothing and the object is fetched.
 *
 * @since 0.1.0
 */
public final class SnapshotRules {
    private SnapshotRules() {}

    /**
     * The verdict.
     *
     * @param known what the mirror has, or null if it does not know the object
     * @param basis how the snapshot was learned
     * @param onTestClock whether the object lives in a time of its own
     */
    public static Verdict judge(@Nullable Known known, Basis basis, boolean onTestClock) {
        return basis instanceof Basis.Answer answer
                ? judgeAnswer(known, answer)
                : judgeEvent(known, basis, onTestClock);
    }

    private static Verdict judgeAnswer(@Nullable Known known, Basis.Answer answer) {
        long version = known == null ? 0 : known.version();
        if (version != answer.expectedVersion()) {
            return Verdict.CONFLICT;
        }
        return known == null ? Verdict.WRITE : newerThanKnown(known, answer.asOf());
    }

    private static Verdict judgeEvent(@Nullable Known known, Basis event, boolean onTestClock) {
        if (known != null && known.sameContent() && (onTestClock || event.asOf().equals(known.asOf()))) {
            return Verdict.NOTHING_NEW;
        }
        if (onTestClock) {
            return Verdict.FETCH;
        }
        if (known == null) {
            return Verdict.WRITE;
        }
        int order = known.asOf() == null ? 1 : event.asOf().compareTo(known.asOf());
        if (order == 0) {
            return Verdict.FETCH;
        }
        return order < 0 ? Verdict.STALE : newerThanKnown(known, event.asOf());
    }

    private static Verdict newerThanKnown(Known known, Instant asOf) {
        if (!known.sameContent()) {
            return Verdict.WRITE;
        }
        return known.asOf() == null || asOf.isAfter(known.asOf()) ? Verdict.TOUCH : Verdict.NOTHING_NEW;
    }

    /**
     * What the mirror has.
     *
     * @param asOf the provider's time of it, or null if only the link is known
     * @param version the row's version
     * @param sameContent whether the snapshot says the same
     */
    public record Known(@Nullable Instant asOf, long version, boolean sameContent) {}

    /** What to do with a snapshot. */
    public enum Verdict {
        /** Write it. */
        WRITE,
        /** Same content, newer proof: write only the time. */
        TOUCH,
        /** Same content, no newer proof. */
        NOTHING_NEW,
        /** Older than the mirror. */
        STALE,
        /** Fetch the object. */
        FETCH,
        /** The row moved; fetch again. */
        CONFLICT
    }
}
