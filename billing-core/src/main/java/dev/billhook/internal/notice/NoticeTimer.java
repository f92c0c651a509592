package dev.billhook.internal.notice;

import dev.billhook.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The job that tells what time brings. Looking for accounts that are due is one indexed query where there are none. */
public final class NoticeTimer {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeTimer.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final NoticeRound round;
    private final PolicySweep sweep;
    private final InstantSource clock;
    private long nextLook = System.nanoTime();

    /** A timer. */
    public NoticeTimer(NoticeRound round, PolicySweep sweep, InstantSource clock) {
        this.round = round;
        this.sweep = sweep;
        this.clock = clock;
    }

    /** Works on a batch; who is due goes before who is only to be looked at because the policy changed. */
    public int run(int max) {
        int looked = round.run(max);
        return looked < max ? looked + swept(max) : looked;
    }

    /** Nodes that begin at once may be in each other's way; what one of them leaves is done at the next look. */
    private int swept(int max) {
        try {
            return sweep.run(clock.instant(), max);
        } catch (StoreException failure) {
            LOG.warn("Accounts are looked at by the new policy a little later", failure);
            return 0;
        }
    }

    /** The same for a thread that is woken by every event: notices come by days and need not be looked for as often. */
    public synchronized int runInBackground(int max) {
        if (System.nanoTime() - nextLook < 0) {
            return 0;
        }
        int done = run(max);
        if (done == 0) {
            nextLook = System.nanoTime() + BETWEEN_LOOKS.toNanos();
        }
        return done;
    }
}
