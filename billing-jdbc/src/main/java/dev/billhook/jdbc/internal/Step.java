package dev.billhook.jdbc.internal;

import dev.billhook.jdbc.internal.SqlRunner.RowMapper;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its values, to be run together with others, and what came of it. Not thread-safe; run once.
 *
 * @param <T> what a row of its answer is read as
 */
public final class Step<T> {
    private final Text text;
    private final Values values;
    private final @Nullable RowMapper<T> mapper;
    private final List<T> rows = new ArrayList<>();
    private int touched;

    private Step(Text text, Values values, @Nullable RowMapper<T> mapper) {
        this.text = text;
        this.values = values;
        this.mapper = mapper;
    }

    /** A query. */
    public static <T> Step<T> query(Sql sql, Params params, RowMapper<T> mapper) {
        return new Step<>(
                binder -> binder.text(sql, params),
                (binder, statement, before) -> binder.bind(statement, before, sql, params),
                mapper);
    }

    /** A statement that changes rows. */
    public static Step<Void> change(Sql sql, Params params) {
        return new Step<>(
                binder -> binder.text(sql, params),
                (binder, statement, before) -> binder.bind(statement, before, sql, params),
                null);
    }

    /** A statement that changes rows and has no lists. */
    static Step<Void> change(Sql sql, Values values) {
        return new Step<>(binder -> sql.text(), values, null);
    }

    /** A statement that changes rows and answers some of them. */
    static Step<String> answeringChange(Sql sql, String column, Values values) {
        return new Step<>(binder -> sql.text(), values, row -> row.text(column));
    }

    /** Rows of the answer. */
    public List<T> rows() {
        return List.copyOf(rows);
    }

    /** How many rows it changed or answered. */
    public int touched() {
        return mapper == null ? touched : rows.size();
    }

    String text(Binder binder) {
        return text.of(binder);
    }

    int bind(Binder binder, PreparedStatement statement, int before) throws SQLException {
        return values.bind(binder, statement, before);
    }

    /** Takes the statement's current result. */
    void take(PreparedStatement statement, TimestampForm timestamps) throws SQLException {
        if (mapper == null) {
            touched = statement.getUpdateCount();
            return;
        }
        try (ResultSet results = statement.getResultSet()) {
            Row row = new Row(results, timestamps);
            while (results.next()) {
                rows.add(mapper.map(row));
            }
        }
    }

    /** What the statement says. */
    @FunctionalInterface
    private interface Text {
        String of(Binder binder);
    }

    /** Binds values behind those of the statements before. */
    @FunctionalInterface
    interface Values {
        /** Answers how many places are filled now. */
        int bind(Binder binder, PreparedStatement statement, int before) throws SQLException;
    }
}
