package dev.billhook.reconcile;

import java.time.Instant;
import java.util.List;

/**
 * What a sweep found.
 *
 * @param startedAt when it began or was resumed (UTC)
 * @param finishedAt when it ended (UTC)
 * @param counts what was compared, found and repaired, over all parts of a run that was resumed
 * @param drifts the differences this part found, at most as many as were asked for
 * @since 0.1.0
 */
public record DriftReport(Instant startedAt, Instant finishedAt, SweepProgress counts, List<Drift> drifts) {
    /** Copies the differences. */
    public DriftReport {
        drifts = List.copyOf(drifts);
    }

    /** Whether the mirror says what the provider says. */
    public boolean clean() {
        return counts.drifted() == counts.repaired();
    }

    /** The report for people: a line for each difference and one with the sums. */
    public String toTable() {
        StringBuilder table = new StringBuilder();
        for (Drift drift : drifts) {
            table.append(drift.kind())
                    .append("  ")
                    .append(drift.objectId())
                    .append("  ")
                    .append(drift.account() == null ? "-" : drift.account())
                    .append(drift.repaired() ? "  repaired" : "")
                    .append('\n');
            drift.fields()
                    .forEach(field -> table.append("    ")
                            .append(field.name())
                            .append(": ")
                            .append(field.ours())
                            .append(" here, ")
                            .append(field.theirs())
                            .append(" there\n"));
        }
        return table.append(counts.subscriptions())
                .append(" subscriptions and ")
                .append(counts.customers())
                .append(" customers")
                .append(counts.purchases() == 0 ? "" : " and " + counts.purchases() + " purchases")
                .append(" compared, ")
                .append(counts.drifted())
                .append(" different, ")
                .append(counts.repaired())
                .append(" repaired")
                .toString();
    }
}
