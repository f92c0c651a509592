package dev.billhook.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.cli.CliRun;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("schema")
class SchemaCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("print writes the database's script and nothing else")
    void prints(Dialect dialect) {
        StringWriter script = new StringWriter();
        BillhookSchema.of(dialect).writeTo(script);
        CliRun run = CliRun.of("schema", "print", "--database", dialect.name().toLowerCase(Locale.ROOT));
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(script.toString()).contains("billing_subscription");
        assertThat(run.err()).isEmpty();
    }

    @Test
    @DisplayName("print of an unknown database names the known ones and exits with 2")
    void unknownDatabase() {
        CliRun run = CliRun.of("schema", "print", "--database", "oracle");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'oracle'", "H2, POSTGRESQL, MYSQL");
    }

    @Test
    @DisplayName("install creates the tables, and keeps them and their rows when called again")
    void installs() throws SQLException {
        String url = "jdbc:h2:" + folder.resolve("billing");
        for (int round = 0; round < 2; round++) {
            CliRun run = CliRun.of("schema", "install", "--jdbc-url", url);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).startsWith("The tables stand (H2): billing_account, billing_subscription");
            execute(
                    url,
                    "",
                    "insert into billing_account (provider_account, livemode, account_type, account_id, delinquent,"
                            + " customer_deleted, created_at, version) values ('default', false, 'user', '" + round
                            + "', false, false, current_timestamp, 1)");
        }
        assertThat(count(url, "billing_account")).isEqualTo(2);
    }

    @Test
    @DisplayName("install takes user and password from option and file, and the password from the environment")
    void signsIn() throws IOException, SQLException {
        String url = "jdbc:h2:" + folder.resolve("locked");
        execute(url, "correct horse", "create table host_table (id integer)");
        Path password = Files.writeString(folder.resolve("password"), "correct horse\n");

        CliRun wrong = CliRun.of(
                Map.of("BILLING_DB_PASSWORD", "hunter2"), "", "schema", "install", "--jdbc-url", url, "--user", "app");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).hasLineCount(1).contains("check URL and user").doesNotContain("hunter2");

        CliRun byFile = CliRun.of(
                "schema", "install", "--jdbc-url", url, "--user", "app", "--password-file", password.toString());
        assertThat(byFile.exitCode()).as(byFile.err()).isZero();

        CliRun byVariable = CliRun.of(
                Map.of("BILLING_DB_PASSWORD", "correct horse"),
                "",
                "schema",
                "install",
                "--jdbc-url",
                url,
                "--user",
                "app");
        assertThat(byVariable.exitCode()).as(byVariable.err()).isZero();
    }

    @Test
    @DisplayName("install with a URL no driver takes names the known ones, not the URL, and exits with 2")
    void unknownUrl() {
        CliRun run = CliRun.of("schema", "install", "--jdbc-url", "jdbc:oracle:thin:scott/tiger@db");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("jdbc:h2:", "jdbc:postgresql:", "jdbc:mariadb:")
                .doesNotContain("tiger");
    }

    private static void execute(String url, String password, String sql) throws SQLException {
        String user = password.isEmpty() ? "" : "app";
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(String url, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
