package dev.billhook.simulator.page.dashboard.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of objects.
 *
 * @param columns heads; one that ends in {@code #} is of numbers
 * @param empty what is said when there are no rows
 * @param next where older rows are; null when there are none
 */
public record Table(
        String heading,
        List<Column> columns,
        List<List<Cell>> rows,
        String empty,
        @Nullable String next) {
    /** The head of a column. */
    public record Column(String label, boolean numeric) {}

    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** A list of rows under heads that are separated by commas. */
    public static Table of(String heading, String columns, List<List<Cell>> rows, String empty) {
        List<Column> heads = List.of(columns.split(",")).stream()
                .map(name -> name.endsWith("#")
                        ? new Column(name.substring(0, name.length() - 1), true)
                        : new Column(name, false))
                .toList();
        return new Table(heading, heads, rows, empty, null);
    }

    /** The same under another heading. */
    public Table titled(String title, String whenEmpty) {
        return new Table(title, columns, rows, whenEmpty, next);
    }

    /** The same with the address of older rows. */
    public Table withNext(@Nullable String address) {
        return new Table(heading, columns, rows, empty, address);
    }
}
