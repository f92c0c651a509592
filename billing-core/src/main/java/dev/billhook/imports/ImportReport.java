package dev.billhook.imports;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What an import did, or would do.
 *
 * @param applied whether it was done; false for a dry run
 * @param startedAt when it began or was gone on with (UTC)
 * @param finishedAt when it was through (UTC)
 * @param resumed whether it went on with one that had not got through; the counts are of both
 * @param totals of all rows
 * @param conflicts the first of those for which nothing can be done, as many as were asked for
 * @since 0.1.0
 */
public record ImportReport(
        boolean applied,
        Instant startedAt,
        Instant finishedAt,
        boolean resumed,
        ImportTotals totals,
        List<ImportStep> conflicts) {
    /** Copies the conflicts. */
    public ImportReport {
        conflicts = List.copyOf(conflicts);
    }

    /** Whether nobody has to look at anything. */
    public boolean clean() {
        return totals.inConflict() == 0;
    }

    /** The report for people: a line for each conflict and some with the sums. */
    public String toTable() {
        StringBuilder table = new StringBuilder();
        conflicts.forEach(step -> table.append(step).append('\n'));
        table.append(totals.rows()).append(" rows, ").append(totals.unchanged()).append(" unchanged");
        for (ImportEffect effect : ImportEffect.values()) {
            table.append(", ")
                    .append(totals.of(effect))
                    .append(applied ? " " : " would be ")
                    .append(effect.name().toLowerCase(Locale.ROOT));
        }
        table.append(", ").append(totals.inConflict()).append(" in conflict");
        totals.conflicts()
                .forEach((why, count) ->
                        table.append("\n  ").append(why).append(": ").append(count));
        return table.toString();
    }
}
