package dev.billhook.reconcile;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * How to go through everything. Immutable.
 *
 * @param name sweeps of one name are one job: one resumes what another has left. Those of a schedule, of an operator and of the
 *     host's own code have names of their own; a sweep that repairs never resumes one that only looks
 * @param repair whether to bring the mirror in line where it differs
 * @param resume whether to go on where a run that failed has stopped
 * @param pause time between two calls to the provider
 * @param maxDrifts how many differences are told one by one; all are counted
 * @param progress told after each page
 * @param found told each difference, also those beyond the number that is kept for the report
 * @since 0.1.0
 */
public record SweepRequest(
        String name,
        boolean repair,
        boolean resume,
        Duration pause,
        int maxDrifts,
        Consumer<SweepProgress> progress,
        Consumer<Drift> found) {
    /** Ten calls a second: a tenth of what Stripe allows a live account. */
    public static final Duration DEFAULT_PAUSE = Duration.ofMillis(100);

    private static final String DEFAULT_NAME = "host";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final int DEFAULT_MAX_DRIFTS = 1000;

    /**
     * @throws IllegalArgumentException if the pause or the number is negative, or the name is not of 1 to 40 small letters,
     *     digits and hyphens
     */
    public SweepRequest {
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(found, "found");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("A sweep's name has 1 to 40 small letters, digits and hyphens");
        }
        if (pause.isNegative() || maxDrifts < 0) {
            throw new IllegalArgumentException("A sweep needs pause >= 0 and maxDrifts >= 0");
        }
    }

    /** Looks and writes nothing. */
    public static SweepRequest dryRun() {
        return new SweepRequest(
                DEFAULT_NAME, false, true, DEFAULT_PAUSE, DEFAULT_MAX_DRIFTS, progress -> {}, drift -> {});
    }

    /** Brings the mirror in line. */
    public static SweepRequest repairing() {
        return new SweepRequest(
                DEFAULT_NAME, true, true, DEFAULT_PAUSE, DEFAULT_MAX_DRIFTS, progress -> {}, drift -> {});
    }

    /** As another job. */
    public SweepRequest named(String newName) {
        return new SweepRequest(newName, repair, resume, pause, maxDrifts, progress, found);
    }

    /** From the beginning, whatever a run that failed has done. */
    public SweepRequest fromTheBeginning() {
        return new SweepRequest(name, repair, false, pause, maxDrifts, progress, found);
    }

    /** With another pause between calls. */
    public SweepRequest pause(Duration newPause) {
        return new SweepRequest(name, repair, resume, newPause, maxDrifts, progress, found);
    }

    /** Telling so many differences one by one. */
    public SweepRequest maxDrifts(int most) {
        return new SweepRequest(name, repair, resume, pause, most, progress, found);
    }

    /** Telling how far it got. */
    public SweepRequest onProgress(Consumer<SweepProgress> listener) {
        return new SweepRequest(name, repair, resume, pause, maxDrifts, listener, found);
    }

    /** Telling each difference when it is found. */
    public SweepRequest onDrift(Consumer<Drift> listener) {
        return new SweepRequest(name, repair, resume, pause, maxDrifts, progress, listener);
    }
}
