package dev.billhook.cli.operate;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("events, outbox and reconcile on PostgreSQL")
class PostgreSqlOperatorTest extends OperatorContract {
    private static EmbeddedPostgres postgres;
    private static int databases;

    private final String name = "billhook_" + ++databases;

    @BeforeAll
    static void startServer() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        postgres.close();
    }

    @Override
    String url() {
        return postgres.getJdbcUrl(user(), name);
    }

    @Override
    String user() {
        return "postgres";
    }

    @Override
    DataSource dataSource() {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return postgres.getDatabase(user(), name);
    }
}
