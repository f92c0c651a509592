package dev.billhook.jdbc.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The columns of a table that are written, and the statements that write any number of rows at once. Values are named as their
 * columns. The scope is part of every key.
 */
public final class TableRows {
    /** Columns that are the same in all rows that are written together. */
    static final List<String> SCOPE = List.of("provider_account", "livemode");

    private static final String READ_VERSION = "read_version";

    private final String table;
    private final List<String> key = new ArrayList<>(SCOPE);
    private final Map<String, ColumnType> columns = new LinkedHashMap<>();
    /** Statements that are the same whatever the rows, by what they do. */
    private final Map<String, Sql> statements = new ConcurrentHashMap<>();

    /**
     * A table.
     *
     * @param id the text column that names a row
     * @param more further texts that make the key together with the id
     */
    public TableRows(String table, String id, String... more) {
        this.table = table;
        columns.put("provider_account", ColumnType.TEXT);
        columns.put("livemode", ColumnType.FLAG);
        key.add(id);
        key.addAll(List.of(more));
        with(ColumnType.TEXT, id).with(ColumnType.TEXT, more);
    }

    /** Adds columns of a type. */
    public TableRows with(ColumnType type, String... names) {
        for (String name : names) {
            columns.put(name, type);
        }
        return this;
    }

    /** The text column that names a row. */
    String id() {
        return key.get(2);
    }

    /** What an array of a column's values holds. */
    ColumnType type(String column) {
        return column.equals(READ_VERSION) ? ColumnType.NUMBER : Objects.requireNonNull(columns.get(column), column);
    }

    /** Inserts so many rows; on PostgreSQL only those whose key is free. */
    Sql insert(Grammar grammar, int count) {
        return ofRows(
                "insert",
                grammar,
                count,
                () -> values("insert into ", "", count, grammar == Grammar.POSTGRESQL ? passingOver() : ""));
    }

    /** Inserts the rows whose key is free, and answers their ids; an array a column. */
    Sql insertArrays() {
        return statements.computeIfAbsent("insert arrays", key -> insertingArrays(passingOver()));
    }

    /** Writes so many rows, in place of those of the same key. */
    Sql put(Grammar grammar, int count) {
        return ofRows("put", grammar, count, () -> putting(grammar, count));
    }

    private Sql putting(Grammar grammar, int count) {
        return switch (grammar) {
            case H2 -> values("merge into ", " key (" + names(key) + ")", count, "");
            case POSTGRESQL -> values("insert into ", "", count, inPlace());
            case MYSQL ->
                values(
                        "insert into ",
                        "",
                        count,
                        " on duplicate key update " + each(rest(), name -> name + " = values(" + name + ")"));
        };
    }

    /** Writes rows in place of those of the same key; an array a column. */
    Sql putArrays() {
        return statements.computeIfAbsent("put arrays", key -> insertingArrays(inPlace()));
    }

    private Sql insertingArrays(String end) {
        Places places = new Places();
        return places.statement("insert into " + head() + " select " + each(columns.keySet(), places::value) + " from "
                + places.all() + end);
    }

    /** Replaces the row of the key if its version is still {@code :read_version}. */
    Sql update() {
        return statements.computeIfAbsent(
                "update",
                key -> Sql.of("update " + table + " set " + each(rest(), name -> name + " = :" + name) + " where "
                        + conditions(name -> name + " = :" + name) + " and version = :read_version"));
    }

    /** Like {@link #update} for any number of rows; an array a column, and one for {@code read_version}. */
    Sql updateArrays() {
        return statements.computeIfAbsent("update arrays", key -> updatingArrays());
    }

    private Sql updatingArrays() {
        Places places = new Places();
        return places.statement("update " + table + " t set " + each(rest(), name -> name + " = " + places.value(name))
                + " from " + places.all() + " where " + conditions(name -> "t." + name + " = " + places.value(name))
                + " and t.version = " + places.value(READ_VERSION));
    }

    /** Lowers a column of those rows that have none or a higher one in it; an array for it and for each column of the key. */
    Sql lowerArrays(String column) {
        return statements.computeIfAbsent("lower " + column, key -> loweringArrays(column));
    }

    private Sql loweringArrays(String column) {
        Places places = new Places();
        return places.statement("update " + table + " t set " + column + " = " + places.value(column) + " from "
                + places.all() + " where " + conditions(name -> "t." + name + " = " + places.value(name)) + " and (t."
                + column + " is null or t." + column + " > " + places.value(column) + ")");
    }

    /** Only the statement of a single row is worth keeping: there are too many others. */
    private Sql ofRows(String verb, Grammar grammar, int count, Supplier<Sql> make) {
        return count == 1 ? statements.computeIfAbsent(verb + grammar, key -> make.get()) : make.get();
    }

    private Sql values(String verb, String beforeRows, int count, String end) {
        List<String> names = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            names.addAll(columns.keySet());
        }
        String row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        String rows = String.join(", ", Collections.nCopies(count, row));
        return new Sql(verb + head() + beforeRows + " values " + rows + end, names);
    }

    private String conditions(UnaryOperator<String> condition) {
        return String.join(" and ", key.stream().map(condition).toList());
    }

    private String head() {
        return table + " (" + names(columns.keySet()) + ")";
    }

    private String passingOver() {
        return " on conflict (" + names(key) + ") do nothing returning " + id();
    }

    private String inPlace() {
        return " on conflict (" + names(key) + ") do update set " + each(rest(), name -> name + " = excluded." + name);
    }

    private List<String> rest() {
        return columns.keySet().stream().filter(name -> !key.contains(name)).toList();
    }

    private static String names(Collection<String> names) {
        return String.join(", ", names);
    }

    private static String each(Collection<String> names, UnaryOperator<String> form) {
        return String.join(", ", names.stream().map(form).toList());
    }

    /**
     * Values of many rows, in the order in which a statement names them: one of the scope for all, an array for each other
     * column. Only the ids become rows, numbered; the others are looked up by that number, which costs less than a row of all
     * columns. A query of its own hides how long the array is: PostgreSQL would plan the statement anew for each short one.
     */
    private final class Places {
        private final List<String> names = new ArrayList<>();

        String all() {
            names.add(id());
            return "unnest((select ?)) with ordinality as u (id, place)";
        }

        String value(String name) {
            if (name.equals(id())) {
                return "u.id";
            }
            names.add(name);
            return SCOPE.contains(name) ? "?" : type(name).cast("(?)[u.place]");
        }

        Sql statement(String text) {
            return new Sql(text, names);
        }
    }
}
