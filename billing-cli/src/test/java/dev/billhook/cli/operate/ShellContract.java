package dev.billhook.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billhook.cli.CliRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An application that runs, and a shell beside it. */
abstract class ShellContract {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Database database;
    private HostApplication app;

    /** A database without tables. */
    abstract Database database();

    @BeforeEach
    void start() throws IOException {
        database = database();
        app = new HostApplication(database.dataSource());
        Files.writeString(file("catalog.yaml"), HostApplication.CATALOG);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    /** The application. */
    final HostApplication app() {
        return app;
    }

    /** Where a file of the operator's is. */
    final Path file(String name) {
        return folder.resolve(name);
    }

    /** Where the file of the application's catalog is. */
    final String catalog() {
        return file("catalog.yaml").toString();
    }

    /** Runs a command on the application's database and account. */
    final CliRun run(String... arguments) {
        return runAt("shop", arguments);
    }

    /** The same with more in the environment. */
    final CliRun runWith(Map<String, String> variables, String... arguments) {
        return runAt("shop", variables, arguments);
    }

    /** The same on another provider account. */
    final CliRun runAt(String account, String... arguments) {
        return runAt(account, Map.of(), arguments);
    }

    private CliRun runAt(String account, Map<String, String> variables, String... arguments) {
        String[] all = and(
                arguments,
                "--jdbc-url",
                database.url(),
                "--user",
                database.user(),
                "--account",
                account,
                "--api-base",
                app.stripe().baseUrl());
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("STRIPE_API_KEY", app.stripe().apiKey());
        return CliRun.of(environment, "", all);
    }

    /** Runs a command that succeeds. */
    final CliRun done(String... arguments) {
        CliRun run = run(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    /** The ids of what was listed as JSON. */
    static List<String> idsOf(CliRun listed) {
        return listed.out()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(ShellContract::parsed)
                .map(line -> line.path("id").textValue())
                .toList();
    }

    /** What a line of JSON says. */
    static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** These arguments and more. */
    static String[] and(String[] arguments, String... more) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** A database, as a shell is told of it and as an application has it. */
    record Database(String url, String user, DataSource dataSource) {}
}
