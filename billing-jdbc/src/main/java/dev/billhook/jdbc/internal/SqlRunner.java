package dev.billhook.jdbc.internal;

import dev.billhook.ProviderScope;
import dev.billhook.jdbc.spi.ConnectionWork;
import dev.billhook.jdbc.spi.JdbcTransactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements for one scope; gives every statement the parameters {@code :provider_account} and {@code :livemode}.
 * Thread-safe.
 */
public final class SqlRunner {
    private final JdbcTransactions transactions;
    private final ProviderScope scope;
    private final TimestampForm timestamps;

    /** Statements run with the connections of the given transactions. */
    public SqlRunner(JdbcTransactions transactions, ProviderScope scope, TimestampForm timestamps) {
        this.transactions = transactions;
        this.scope = scope;
        this.timestamps = timestamps;
    }

    /** Runs several statements in one transaction. */
    public <T> T inTransaction(Supplier<T> work) {
        return transactions.inTransaction(work);
    }

    /**
     * Runs an insert, update or delete.
     *
     * @return how many rows it touched
     */
    public int update(Sql sql, Params params) {
        return with(connection -> execute(connection, sql, params));
    }

    /**
     * Runs an insert on a database whose transactions survive a duplicate.
     *
     * @return false if a row of the same key exists
     */
    public boolean insertUnlessDuplicate(Sql sql, Params params) {
        return with(connection -> {
            try {
                return execute(connection, sql, params) > 0;
            } catch (SQLException e) {
                if (SqlFailures.isDuplicate(e)) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Runs a statement once for each of the parameters, in order. */
    public void batch(Sql sql, List<Params> batch) {
        if (batch.size() == 1) {
            update(sql, batch.get(0));
        } else if (!batch.isEmpty()) {
            with(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
                    for (Params params : batch) {
                        bind(statement, sql, params);
                        statement.addBatch();
                    }
                    return statement.executeBatch().length;
                }
            });
        }
    }

    /** Runs a query. */
    public <T> List<T> list(Sql sql, Params params, RowMapper<T> mapper) {
        return with(connection -> {
            Sql expanded = sql.expanded(params.listSizes());
            try (PreparedStatement statement = connection.prepareStatement(expanded.text())) {
                bind(statement, expanded, params);
                try (ResultSet rows = statement.executeQuery()) {
                    List<T> result = new ArrayList<>();
                    Row row = new Row(rows, timestamps);
                    while (rows.next()) {
                        result.add(mapper.map(row));
                    }
                    return result;
                }
            }
        });
    }

    /** Runs a query of which the first row counts. */
    public <T> Optional<T> first(Sql sql, Params params, RowMapper<T> mapper) {
        return list(sql, params, mapper).stream().findFirst();
    }

    private int execute(Connection connection, Sql sql, Params params) throws SQLException {
        Sql expanded = sql.expanded(params.listSizes());
        try (PreparedStatement statement = connection.prepareStatement(expanded.text())) {
            bind(statement, expanded, params);
            return statement.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement, Sql sql, Params params) throws SQLException {
        int index = 0;
        for (String name : sql.names()) {
            Object value = value(name, params);
            for (Object each : value instanceof List<?> list ? list : Collections.singletonList(value)) {
                statement.setObject(++index, toJdbc(each));
            }
        }
    }

    private @Nullable Object value(String name, Params params) {
        return switch (name) {
            case "provider_account" -> scope.account();
            case "livemode" -> scope.livemode();
            default -> params.value(name);
        };
    }

    private @Nullable Object toJdbc(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return timestamps.write(instant);
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    private <T> T with(ConnectionWork<T> work) {
        try {
            return transactions.withConnection(work);
        } catch (SQLException e) {
            throw SqlFailures.translate(e);
        }
    }

    /**
     * Makes an object of a row.
     *
     * @param <T> of what type
     */
    @FunctionalInterface
    public interface RowMapper<T> {
        /** Reads the row. */
        T map(Row row) throws SQLException;
    }
}
