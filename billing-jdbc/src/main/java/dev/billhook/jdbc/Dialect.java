package dev.billhook.jdbc;

import dev.billhook.BillingException;
import dev.billhook.StoreException;
import dev.billhook.jdbc.internal.Grammar;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A family of databases.
 *
 * @since 0.1.0
 */
public enum Dialect {
    /** H2 2.2 or newer. */
    H2(Grammar.H2, null),
    /** PostgreSQL 12 or newer, and what speaks its language. */
    POSTGRESQL(Grammar.POSTGRESQL, null),
    /** MySQL 8.0 or newer, MariaDB 10.6 or newer. */
    MYSQL(Grammar.MYSQL, "set transaction isolation level read committed");

    private final Grammar grammar;
    private final @Nullable String beforeFirstStatement;

    Dialect(Grammar grammar, @Nullable String beforeFirstStatement) {
        this.grammar = grammar;
        this.beforeFirstStatement = beforeFirstStatement;
    }

    /**
     * The dialect of a database, by what its driver tells.
     *
     * @throws StoreException if the database cannot be reached
     * @throws BillingException if it is none of the supported ones
     */
    public static Dialect detect(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            return ofProduct(connection.getMetaData().getDatabaseProductName());
        } catch (SQLException e) {
            throw new StoreException(
                    "The database cannot be reached (SQLState " + e.getSQLState() + "); check URL and user", true, e);
        }
    }

    /**
     * The dialect of a product.
     *
     * @param productName as {@link java.sql.DatabaseMetaData#getDatabaseProductName()} tells it
     * @throws BillingException if it is none of the supported ones
     */
    public static Dialect ofProduct(String productName) {
        return switch (productName.toLowerCase(Locale.ROOT)) {
            case "h2" -> H2;
            case "postgresql" -> POSTGRESQL;
            case "mysql", "mariadb" -> MYSQL;
            default ->
                throw new BillingException(
                        "Database " + productName + " is not supported; use H2, PostgreSQL, MySQL or MariaDB");
        };
    }

    Grammar grammar() {
        return grammar;
    }

    @Nullable String beforeFirstStatement() {
        return beforeFirstStatement;
    }

    /** Where the schema's scripts lie. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }
}
