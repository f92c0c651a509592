package dev.billhook.jdbc.spi;

import dev.billhook.spi.store.Transactor;
import java.sql.SQLException;

/**
 * Transactions of one data source. A framework implements it to let the stores take part in the host's transactions, so that
 * host rows and the mirror commit together. Thread-safe.
 *
 * <p>Beyond {@link Transactor}: an implementation retries work with {@link ConflictRetry} when, and only when, it opened the
 * transaction itself; it reads committed data (isolation {@code READ COMMITTED} or stricter); actions after commit see no
 * open transaction, and their failures are logged, not thrown.
 *
 * @since 0.1.0
 */
public interface JdbcTransactions extends Transactor {
    /**
     * Runs the work with the connection of the transaction open on this thread, or, if there is none, with a connection of
     * its own whose changes are committed when the work returns.
     *
     * @throws SQLException what the work throws, or if no connection is to be had
     */
    <T> T withConnection(ConnectionWork<T> work) throws SQLException;
}
