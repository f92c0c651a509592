package dev.billhook.cli.connect;

import dev.billhook.cli.shell.SecretFile;
import dev.billhook.cli.shell.Shell;
import dev.billhook.cli.shell.UsageException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database, and as whom. */
public final class DatabaseOptions {
    private static final String PASSWORD = "BILLING_DB_PASSWORD";

    @Option(
            names = "--jdbc-url",
            required = true,
            paramLabel = "URL",
            description = "e.g. jdbc:postgresql://localhost/app; jdbc:mariadb: reaches MySQL, too.")
    private String url = "";

    @Option(names = "--user", paramLabel = "NAME", description = "The database's user.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose only line is the password. Without it: variable " + PASSWORD + ".")
    private @Nullable Path passwordFile;

    /**
     * The database.
     *
     * @throws UsageException if no driver here takes the URL
     */
    public DriverDataSource dataSource(Shell shell) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new UsageException(
                    "No driver here takes this --jdbc-url; it starts with jdbc:h2:, jdbc:postgresql: or jdbc:mariadb:",
                    e);
        }
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        @Nullable String password = passwordFile == null
                ? shell.variable(PASSWORD).orElse(null)
                : SecretFile.read(passwordFile, "--password-file");
        if (password != null) {
            properties.setProperty("password", password);
        }
        return new DriverDataSource(url, properties);
    }
}
