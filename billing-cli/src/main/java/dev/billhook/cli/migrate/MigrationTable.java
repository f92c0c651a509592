package dev.billhook.cli.migrate;

import dev.billhook.migration.MigrationStep;
import dev.billhook.migration.MigrationTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A migration for people. */
final class MigrationTable {
    private MigrationTable() {}

    /** A subscriber: who, what, how much before and after, and why he stays if he does. */
    static String row(MigrationStep step) {
        String lines = step.lines().stream()
                .map(line -> line.plan() + (line.units() == 0 ? "" : " x " + line.units()))
                .collect(Collectors.joining(", "));
        String amounts = step.impact()
                .map(impact -> impact.before() + " -> " + impact.after())
                .orElse("-");
        String outcome = step.moves() ? "" : "  stays: " + step.skipped();
        return step.account() + "  " + (lines.isEmpty() ? "-" : lines) + "  " + amounts + outcome;
    }

    /** The sums, a line each. */
    static List<String> sums(MigrationTotals totals, String verb) {
        List<String> sums = new ArrayList<>();
        sums.add(totals.seen() + " subscriptions looked at, " + totals.moved() + " " + verb + ", " + totals.stay()
                + " stay");
        totals.skipped().forEach((why, count) -> sums.add("  " + why + ": " + count));
        totals.impact()
                .forEach((currency, impact) ->
                        sums.add("  " + currency + " each period: " + impact.before() + " -> " + impact.after()));
        return sums;
    }
}
