package dev.billhook.jdbc.spi;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Work with a connection that somebody else opens and closes.
 *
 * @param <T> what it results in
 * @since 0.1.0
 */
@FunctionalInterface
public interface ConnectionWork<T> {
    /**
     * Does the work. It neither closes the connection nor ends its transaction.
     *
     * @throws SQLException if the database refuses
     */
    T run(Connection connection) throws SQLException;
}
