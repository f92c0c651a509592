package dev.billhook.simulator.page.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of objects.
 *
 * @param columns heads; one that ends in {@code #} is of numbers
 * @param empty what is said when there are no rows
 * @param next where older rows are; null when there are none
 */
record Table(
        String heading,
        List<Column> columns,
        List<List<Cell>> rows,
        String empty,
        @Nullable String next) {
    /** The head of a column. */
    record Column(String label, boolean numeric) {}

    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    static Table of(String heading, String columns, List<List<Cell>> rows, String empty) {
        List<Column> heads = List.of(columns.split(",")).stream()
                .map(name -> name.endsWith("#")
                        ? new Column(name.substring(0, name.length() - 1), true)
                        : new Column(name, false))
                .toList();
        return new Table(heading, heads, rows, empty, null);
    }

    Table titled(String title, String whenEmpty) {
        return new Table(title, columns, rows, whenEmpty, next);
    }

    Table withNext(@Nullable String address) {
        return new Table(heading, columns, rows, empty, address);
    }
}
