package dev.billhook.jdbc.internal;

import dev.billhook.ProviderScope;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts values in the places of their names. */
final class Binder {
    private final ProviderScope scope;
    private final Grammar grammar;

    Binder(ProviderScope scope, Grammar grammar) {
        this.scope = scope;
        this.grammar = grammar;
    }

    /** The statement's text for these values. */
    String text(Sql sql, Params params) {
        return grammar.takesArraysAndScripts() ? sql.arrayText() : sql.expanded(params.listSizes());
    }

    /**
     * Binds a statement's values.
     *
     * @param before how many places of the text belong to other statements
     * @return how many places are filled now
     */
    int bind(PreparedStatement statement, int before, Sql sql, Params params) throws SQLException {
        int index = before;
        for (String name : sql.names()) {
            Object value = value(name, params);
            if (value instanceof List<?> list) {
                index = bindList(statement, index, list);
            } else {
                statement.setObject(++index, toJdbc(value));
            }
        }
        return index;
    }

    /** Where each value has a place of its own, the last one is repeated until all places are filled. */
    private int bindList(PreparedStatement statement, int before, List<?> list) throws SQLException {
        if (grammar.takesArraysAndScripts()) {
            Object[] texts = list.stream().map(Binder::constant).toArray(String[]::new);
            statement.setArray(before + 1, statement.getConnection().createArrayOf("text", texts));
            return before + 1;
        }
        int places = Params.places(list.size());
        for (int i = 0; i < places; i++) {
            statement.setObject(before + 1 + i, toJdbc(list.get(Math.min(i, list.size() - 1))));
        }
        return before + places;
    }

    /** Binds the rows of a statement that has the same names for each of them. */
    int bindRows(PreparedStatement statement, int before, Sql sql, List<Params> rows) throws SQLException {
        int index = before;
        int columns = sql.names().size() / rows.size();
        for (Params row : rows) {
            for (String name : sql.names().subList(0, columns)) {
                statement.setObject(++index, toJdbc(value(name, row)));
            }
        }
        return index;
    }

    /** Binds an array for each of the names but those of the scope, which are the same for all rows. */
    int bindArrays(PreparedStatement statement, int before, Sql sql, TableRows table, List<Params> rows)
            throws SQLException {
        int index = before;
        for (String name : sql.names()) {
            index++;
            if (TableRows.SCOPE.contains(name)) {
                statement.setObject(index, value(name, rows.get(0)));
            } else {
                statement.setArray(index, array(statement.getConnection(), table.type(name), name, rows));
            }
        }
        return index;
    }

    private Array array(Connection connection, ColumnType type, String name, List<Params> rows) throws SQLException {
        Object[] elements = rows.stream()
                .map(row -> type.element(constant(value(name, row))))
                .toArray(type::array);
        return connection.createArrayOf(type.elementType(), elements);
    }

    private @Nullable Object value(String name, Params params) {
        return switch (name) {
            case "provider_account" -> scope.account();
            case "livemode" -> scope.livemode();
            default -> params.value(name);
        };
    }

    private @Nullable Object toJdbc(@Nullable Object value) {
        return value instanceof Instant instant ? grammar.timestamps().write(instant) : constant(value);
    }

    private static @Nullable Object constant(@Nullable Object value) {
        return value instanceof Enum<?> constant ? constant.name() : value;
    }
}
