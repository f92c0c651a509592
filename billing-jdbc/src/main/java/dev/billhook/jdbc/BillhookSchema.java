package dev.billhook.jdbc;

import dev.billhook.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables of one database family. The scripts lie in the jar under {@code dev/billhook/jdbc/schema} with names a migration
 * tool understands, for hosts that let such a tool or an administrator create them. Thread-safe.
 *
 * @since 0.1.0
 */
public final class BillhookSchema {
    private static final Logger LOG = LoggerFactory.getLogger(BillhookSchema.class);
    private static final Pattern CREATED_TABLE = Pattern.compile("create table if not exists (\\w+)");
    private static final int MAX_ATTEMPTS = 4;
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final List<String> statements;
    private final String script;

    private BillhookSchema(String script) {
        this.script = script;
        this.statements = statements(script);
    }

    /** The schema for a family of databases. */
    public static BillhookSchema of(Dialect dialect) {
        String resource = "schema/" + dialect.folder() + "/V1__billhook.sql";
        try (InputStream input = BillhookSchema.class.getResourceAsStream(resource)) {
            byte[] bytes = Objects.requireNonNull(input, resource).readAllBytes();
            return new BillhookSchema(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Creates what is missing, in the connection's default schema. Does nothing, and needs no right to create, when all
     * tables stand. Several nodes may start at once.
     *
     * @throws StoreException if the database refuses
     */
    public void install(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                if (tables().stream().anyMatch(table -> isMissing(connection, table))) {
                    connection.setAutoCommit(false);
                    create(connection);
                    LOG.info("Created Billhook's tables");
                }
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new StoreException(
                    "The schema cannot be created (SQLState " + e.getSQLState()
                            + "); grant the right or run the script yourself",
                    false,
                    e);
        }
    }

    /**
     * Writes the script, for an administrator to run.
     *
     * @throws UncheckedIOException if the writer fails
     */
    public void writeTo(Writer writer) {
        try {
            writer.write(script);
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the tables, in the order of their creation. */
    public List<String> tables() {
        return statements.stream()
                .flatMap(statement -> {
                    Matcher matcher = CREATED_TABLE.matcher(statement);
                    return matcher.find() ? Stream.of(matcher.group(1)) : Stream.empty();
                })
                .toList();
    }

    /**
     * A node that starts at the same time may be faster; then the first attempt fails where the database locks nothing, and one
     * that follows a moment later, when the other is further on, passes over what stands.
     */
    private void create(Connection connection) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
                connection.commit();
                return;
            } catch (SQLException e) {
                connection.rollback();
                if (attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(ThreadLocalRandom.current()
                        .nextLong(PAUSE.multipliedBy(attempt).toNanos()));
            }
        }
    }

    private static boolean isMissing(Connection connection, String table) {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("select 1 from " + table + " where 1 = 0").close();
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    private static List<String> statements(String script) {
        List<String> result = new ArrayList<>();
        for (String part : script.replaceAll("(?m)^\\s*--.*$", "").split(";", -1)) {
            if (!part.isBlank()) {
                result.add(part.strip());
            }
        }
        return List.copyOf(result);
    }
}
