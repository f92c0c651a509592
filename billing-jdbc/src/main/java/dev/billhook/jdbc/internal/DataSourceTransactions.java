package dev.billhook.jdbc.internal;

import dev.billhook.StoreException;
import dev.billhook.jdbc.spi.ConflictRetry;
import dev.billhook.jdbc.spi.ConnectionWork;
import dev.billhook.jdbc.spi.JdbcTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transactions bound to the thread that opened them, for hosts without a transaction manager. */
public final class DataSourceTransactions implements JdbcTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(DataSourceTransactions.class);

    private final DataSource dataSource;
    private final @Nullable String beforeFirstStatement;

    /** Not static: each data source has transactions of its own; emptied at the end of each. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable OpenTransaction> current = new ThreadLocal<>();

    /**
     * @param beforeFirstStatement run at the beginning of each transaction, or null
     */
    public DataSourceTransactions(DataSource dataSource, @Nullable String beforeFirstStatement) {
        this.dataSource = dataSource;
        this.beforeFirstStatement = beforeFirstStatement;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        OpenTransaction open = current.get();
        if (open != null) {
            return open.join(work);
        }
        List<Runnable> actions = new ArrayList<>();
        T result = ConflictRetry.run(() -> {
            actions.clear();
            return runNew(work, actions);
        });
        actions.forEach(DataSourceTransactions::runAction);
        return result;
    }

    @Override
    public boolean isOpen() {
        return current.get() != null;
    }

    @Override
    public void afterCommit(Runnable action) {
        OpenTransaction open = current.get();
        if (open == null) {
            runAction(action);
        } else {
            open.actions.add(action);
        }
    }

    @Override
    public <T> T withConnection(ConnectionWork<T> work) throws SQLException {
        OpenTransaction open = current.get();
        if (open != null) {
            return work.run(open.connection);
        }
        try (Connection connection = dataSource.getConnection()) {
            return connection.getAutoCommit() ? work.run(connection) : runAndCommit(connection, work);
        }
    }

    /** For pools that hand out connections with auto-commit off. */
    private static <T> T runAndCommit(Connection connection, ConnectionWork<T> work) throws SQLException {
        boolean committed = false;
        try {
            T result = work.run(connection);
            connection.commit();
            committed = true;
            return result;
        } finally {
            if (!committed) {
                rollBack(connection);
            }
        }
    }

    private <T> T runNew(Supplier<T> work, List<Runnable> actions) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                return commitOrRollBack(connection, work, actions);
            } finally {
                if (autoCommit) {
                    restoreAutoCommit(connection);
                }
            }
        } catch (SQLException e) {
            throw SqlFailures.translate(e);
        }
    }

    private <T> T commitOrRollBack(Connection connection, Supplier<T> work, List<Runnable> actions)
            throws SQLException {
        OpenTransaction open = new OpenTransaction(connection, actions);
        boolean committed = false;
        current.set(open);
        try {
            prepare(connection);
            T result = work.get();
            open.requireUnharmed();
            connection.commit();
            committed = true;
            return result;
        } finally {
            current.remove();
            if (!committed) {
                rollBack(connection);
            }
        }
    }

    private void prepare(Connection connection) throws SQLException {
        if (beforeFirstStatement != null) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(beforeFirstStatement);
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.warn("Rollback failed (SQLState {}); the database drops the transaction itself", e.getSQLState());
        }
    }

    private static void restoreAutoCommit(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.warn("Auto-commit cannot be restored (SQLState {}); the connection is lost", e.getSQLState());
        }
    }

    private static void runAction(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("An action after commit failed; the transaction stays committed", e);
        }
    }

    /** What a thread has open. */
    private static final class OpenTransaction {
        private final Connection connection;
        private final List<Runnable> actions;
        private boolean harmed;

        OpenTransaction(Connection connection, List<Runnable> actions) {
            this.connection = connection;
            this.actions = actions;
        }

        <T> T join(Supplier<T> work) {
            boolean done = false;
            try {
                T result = work.get();
                done = true;
                return result;
            } finally {
                harmed |= !done;
            }
        }

        void requireUnharmed() {
            if (harmed) {
                throw new StoreException(
                        "Rolled back: work that joined the transaction failed; let its exception pass", false, null);
            }
        }
    }
}
