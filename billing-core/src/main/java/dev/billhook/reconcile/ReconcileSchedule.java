package dev.billhook.reconcile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the background reconciles by itself. However many nodes there are, a job runs about once an interval.
 *
 * @param replayEvery time between two replays of the provider's events, or null for none
 * @param sweepEvery time between two sweeps, or null for none
 * @param repair whether sweeps bring the mirror in line, or only tell
 * @since 0.1.0
 */
public record ReconcileSchedule(
        @Nullable Duration replayEvery, @Nullable Duration sweepEvery, boolean repair) {
    /** Time between two replays unless told otherwise. */
    public static final Duration DEFAULT_REPLAY = Duration.ofMinutes(5);

    /** A replay every five minutes and no sweep. */
    public static final ReconcileSchedule STANDARD = new ReconcileSchedule(DEFAULT_REPLAY, null, false);

    /** Nothing by itself. */
    public static final ReconcileSchedule NONE = new ReconcileSchedule(null, null, false);

    /**
     * @throws IllegalArgumentException if a time is not positive
     */
    public ReconcileSchedule {
        if (!isPositive(replayEvery) || !isPositive(sweepEvery)) {
            throw new IllegalArgumentException("The time between two replays or sweeps must be positive");
        }
    }

    private static boolean isPositive(@Nullable Duration time) {
        return time == null || !(time.isNegative() || time.isZero());
    }
}
