package dev.billhook.migration;

import java.util.List;

/**
 * What a migration would do.
 *
 * @param totals of all subscriptions
 * @param steps the first of those that are concerned, as many as were asked for
 * @since 0.1.0
 */
public record MigrationPlan(MigrationTotals totals, List<MigrationStep> steps) {
    /** Copies the steps. */
    public MigrationPlan {
        steps = List.copyOf(steps);
    }
}
