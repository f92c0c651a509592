package dev.billhook.reconcile;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How to go through everything. Immutable.
 *
 * @param repair whether to bring the mirror in line where it differs
 * @param resume whether to go on where a run that failed has stopped
 * @param pause time between two calls to the provider
 * @param maxDrifts how many differences are told one by one; all are counted
 * @param progress told after each page
 * @since 0.1.0
 */
public record SweepRequest(
        boolean repair, boolean resume, Duration pause, int maxDrifts, Consumer<SweepProgress> progress) {
    /** Ten calls a second: a tenth of what Stripe allows a live account. */
    public static final Duration DEFAULT_PAUSE = Duration.ofMillis(100);

    private static final int DEFAULT_MAX_DRIFTS = 1000;

    /**
     * @throws IllegalArgumentException if the pause or the number is negative
     */
    public SweepRequest {
        Objects.requireNonNull(progress, "progress");
        if (pause.isNegative() || maxDrifts < 0) {
            throw new IllegalArgumentException("A sweep needs pause >= 0 and maxDrifts >= 0");
        }
    }

    /** Looks and writes nothing. */
    public static SweepRequest dryRun() {
        return new SweepRequest(false, true, DEFAULT_PAUSE, DEFAULT_MAX_DRIFTS, progress -> {});
    }

    /** Brings the mirror in line. */
    public static SweepRequest repairing() {
        return new SweepRequest(true, true, DEFAULT_PAUSE, DEFAULT_MAX_DRIFTS, progress -> {});
    }

    /** From the beginning, whatever a run that failed has done. */
    public SweepRequest fromTheBeginning() {
        return new SweepRequest(repair, false, pause, maxDrifts, progress);
    }

    /** With another pause between calls. */
    public SweepRequest pause(Duration newPause) {
        return new SweepRequest(repair, resume, newPause, maxDrifts, progress);
    }

    /** Telling so many differences one by one. */
    public SweepRequest maxDrifts(int most) {
        return new SweepRequest(repair, resume, pause, most, progress);
    }

    /** Telling how far it got. */
    public SweepRequest onProgress(Consumer<SweepProgress> listener) {
        return new SweepRequest(repair, resume, pause, maxDrifts, listener);
    }
}
