package dev.billhook.jdbc.internal;

import dev.billhook.ProviderScope;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts values in the places of their names. */
final class Binder {
    private final ProviderScope scope;
    private final TimestampForm timestamps;

    Binder(ProviderScope scope, TimestampForm timestamps) {
        this.scope = scope;
        this.timestamps = timestamps;
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
            for (Object each : value instanceof List<?> list ? list : Collections.singletonList(value)) {
                statement.setObject(++index, toJdbc(each));
            }
        }
        return index;
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

    /** Binds an array for each of the names. */
    int bindArrays(PreparedStatement statement, int before, Sql sql, TableRows table, List<Params> rows)
            throws SQLException {
        int index = before;
        for (String name : sql.names()) {
            ColumnType type = table.type(name);
            Object[] elements = rows.stream()
                    .map(row -> type.element(constant(value(name, row))))
                    .toArray(type::array);
            statement.setArray(++index, statement.getConnection().createArrayOf(type.elementType(), elements));
        }
        return index;
    }

    private @Nullable Object value(String name, Params params) {
        return switch (name) {
            case "provider_account" -> scope.account();
            case "livemode" -> scope.livemode();
            default -> params.value(name);
        };
    }

    private @Nullable Object toJdbc(@Nullable Object value) {
        return value instanceof Instant instant ? timestamps.write(instant) : constant(value);
    }

    private static @Nullable Object constant(@Nullable Object value) {
        return value instanceof Enum<?> constant ? constant.name() : value;
    }
}
