package dev.billhook.mirror;

import dev.billhook.AsOf;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a snapshot is newer than the mirror. Pure. Event times have one-second resolution and deliveries come in
 * any order, so an event of a second in which the mirror's state may have been read proves nothing, and the object is fetched.
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
                : judgeEvent(known, (Basis.Event) basis, onTestClock);
    }

    private static Verdict judgeAnswer(@Nullable Known known, Basis.Answer answer) {
        long version = known == null ? 0 : known.version();
        if (version != answer.expectedVersion()) {
            return Verdict.CONFLICT;
        }
        return known == null ? Verdict.WRITE : newerThanKnown(known, answer.asOf());
    }

    private static Verdict judgeEvent(@Nullable Known known, Basis.Event event, boolean onTestClock) {
        if (known != null && known.sameContent() && (onTestClock || known.maybeReadIn(event.createdAt()))) {
            return Verdict.NOTHING_NEW;
        }
        if (onTestClock) {
            return Verdict.FETCH;
        }
        if (known == null) {
            return Verdict.WRITE;
        }
        if (known.maybeReadIn(event.createdAt())) {
            return Verdict.FETCH;
        }
        return known.asOf() != null && known.asOf().after(event.createdAt())
                ? Verdict.STALE
                : newerThanKnown(known, event.asOf());
    }

    private static Verdict newerThanKnown(Known known, AsOf asOf) {
        if (!known.sameContent()) {
            return Verdict.WRITE;
        }
        return known.asOf() == null || known.asOf().before(asOf.latest()) ? Verdict.TOUCH : Verdict.NOTHING_NEW;
    }

    /**
     * What the mirror has.
     *
     * @param asOf when it was so, or null if only the link is known
     * @param version the row's version
     * @param sameContent whether the snapshot says the same
     */
    public record Known(@Nullable AsOf asOf, long version, boolean sameContent) {
        private boolean maybeReadIn(Instant second) {
            return asOf != null && !asOf.before(second) && !asOf.after(second);
        }
    }

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
