package dev.billhook.cli.operate;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;

@DisplayName("events, outbox and reconcile on PostgreSQL")
class PostgreSqlOperatorTest extends OperatorContract {
    private static final String USER = "postgres";

    private static EmbeddedPostgres postgres;
    private static int databases;

    @BeforeAll
    static void startServer() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        postgres.close();
    }

    @Override
    ShellContract.Database database() {
        String name = "billhook_" + ++databases;
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return new ShellContract.Database(postgres.getJdbcUrl(USER, name), USER, postgres.getDatabase(USER, name));
    }
}
