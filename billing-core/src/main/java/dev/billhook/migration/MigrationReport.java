package dev.billhook.migration;

import java.time.Instant;
import java.util.List;

/**
 * What a migration has done.
 *
 * @param startedAt when the run began (UTC)
 * @param finishedAt when it was through (UTC)
 * @param resumed whether it went on with one that had not got through; the counts are of both, the amounts of this one
 * @param totals of all subscriptions
 * @param left the first of those that stay on an older price, as many as were asked for
 * @since 0.1.0
 */
public record MigrationReport(
        Instant startedAt, Instant finishedAt, boolean resumed, MigrationTotals totals, List<MigrationStep> left) {
    /** Copies the steps. */
    public MigrationReport {
        left = List.copyOf(left);
    }
}
