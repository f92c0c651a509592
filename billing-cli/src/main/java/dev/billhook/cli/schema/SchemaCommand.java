package dev.billhook.cli.schema;

import dev.billhook.cli.connect.DatabaseOptions;
import dev.billhook.cli.connect.DriverDataSource;
import dev.billhook.cli.shell.Shell;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code schema …}: the tables Billhook needs. */
@Command(name = "schema", description = "Print or create the tables Billhook needs.")
public final class SchemaCommand {
    private final Shell shell;

    /** Talks through the shell. */
    public SchemaCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(description = "Print the script that creates the tables, for an administrator to read and run.")
    int print(
            @Option(
                            names = "--database",
                            required = true,
                            paramLabel = "NAME",
                            description = "h2, postgresql or mysql (MariaDB, too).")
                    Dialect dialect) {
        BillhookSchema.of(dialect).writeTo(shell.out());
        return ExitCode.OK;
    }

    @Command(description = "Create the tables that are missing. Changes none that stand.")
    int install(@Mixin DatabaseOptions database) {
        DriverDataSource dataSource = database.dataSource(shell);
        Dialect dialect = Dialect.detect(dataSource);
        BillhookSchema schema = BillhookSchema.of(dialect);
        schema.install(dataSource);
        shell.say("The tables stand (" + dialect + "): " + String.join(", ", schema.tables()));
        return ExitCode.OK;
    }
}
