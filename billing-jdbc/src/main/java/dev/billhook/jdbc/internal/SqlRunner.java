package dev.billhook.jdbc.internal;

import dev.billhook.ProviderScope;
import dev.billhook.jdbc.spi.ConnectionWork;
import dev.billhook.jdbc.spi.JdbcTransactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Runs statements for one scope; gives every statement the parameters {@code :provider_account} and {@code :livemode}.
 * Thread-safe.
 */
public final class SqlRunner {
    private final JdbcTransactions transactions;
    private final Grammar grammar;
    private final Binder binder;

    /** Statements run with the connections of the given transactions. */
    public SqlRunner(JdbcTransactions transactions, ProviderScope scope, Grammar grammar) {
        this.transactions = transactions;
        this.grammar = grammar;
        this.binder = new Binder(scope, grammar);
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
        Step<Void> step = Step.change(sql, params);
        run(List.of(step));
        return step.touched();
    }

    /**
     * Runs a statement once for each of the parameters, in order; they travel together.
     *
     * @return how many rows each touched, or a negative number where the driver does not tell
     */
    public int[] batch(Sql sql, List<Params> batch) {
        if (batch.isEmpty()) {
            return new int[0];
        }
        if (batch.size() == 1) {
            return new int[] {update(sql, batch.get(0))};
        }
        return with(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
                for (Params params : batch) {
                    binder.bind(statement, 0, sql, params);
                    statement.addBatch();
                }
                return statement.executeBatch();
            }
        });
    }

    /** Runs a query. */
    public <T> List<T> list(Sql sql, Params params, RowMapper<T> mapper) {
        Step<T> step = Step.query(sql, params, mapper);
        run(List.of(step));
        return step.rows();
    }

    /** Runs a query of which the first row counts. */
    public <T> Optional<T> first(Sql sql, Params params, RowMapper<T> mapper) {
        return list(sql, params, mapper).stream().findFirst();
    }

    /**
     * Runs statements in their order; in one message where the grammar allows it. Each sees what those before it did and what
     * others committed until it began.
     */
    public void run(List<? extends Step<?>> steps) {
        if (steps.size() > 1 && !grammar.takesArraysAndScripts()) {
            steps.forEach(step -> run(List.of(step)));
        } else if (!steps.isEmpty()) {
            with(connection -> execute(connection, steps));
        }
    }

    /** Whether steps that are run together travel in one message. */
    public boolean takesScripts() {
        return grammar.takesArraysAndScripts();
    }

    Grammar grammar() {
        return grammar;
    }

    Binder binder() {
        return binder;
    }

    private int execute(Connection connection, List<? extends Step<?>> steps) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(script(steps))) {
            int places = 0;
            for (Step<?> step : steps) {
                places = step.bind(binder, statement, places);
            }
            statement.execute();
            for (int i = 0; i < steps.size(); i++) {
                if (i > 0) {
                    statement.getMoreResults();
                }
                steps.get(i).take(statement, grammar.timestamps());
            }
            return places;
        }
    }

    /** The text of one statement stays the same string, which drivers find faster among those they have prepared. */
    private String script(List<? extends Step<?>> steps) {
        return steps.size() == 1
                ? steps.get(0).text(binder)
                : steps.stream().map(step -> step.text(binder)).collect(Collectors.joining(";\n"));
    }

    <T> T with(ConnectionWork<T> work) {
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
