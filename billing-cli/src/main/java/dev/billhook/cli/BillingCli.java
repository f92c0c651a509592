package dev.billhook.cli;

import dev.billhook.cli.catalog.CatalogCommand;
import dev.billhook.cli.endpoint.EndpointsCommand;
import dev.billhook.cli.event.EventsCommand;
import dev.billhook.cli.event.OutboxCommand;
import dev.billhook.cli.event.UsageCommand;
import dev.billhook.cli.migrate.MigratePricesCommand;
import dev.billhook.cli.people.AccountCommand;
import dev.billhook.cli.people.GrantCommand;
import dev.billhook.cli.people.ImportCommand;
import dev.billhook.cli.reconcile.ReconcileCommand;
import dev.billhook.cli.schema.SchemaCommand;
import dev.billhook.cli.shell.Failures;
import dev.billhook.cli.shell.Shell;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Billhook from a shell. */
@Command(
        name = BillingCli.NAME,
        description = "Catalog, database and events of Billhook, from a shell.",
        scope = CommandLine.ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or nothing to do",
            "1:findings (errors in a file, differences with --check, of reconcile or of usage compare, subscribers left by migrate-prices, rows left by import), a refusal or a failure",
            "2:called with wrong options"
        })
public final class BillingCli {
    static final String NAME = "billing-cli";

    @Option(
            names = {"-v", "--verbose"},
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show the stack trace of a failure.")
    private boolean verbose;

    private BillingCli() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        Charset charset = Charset.defaultCharset();
        PrintWriter out = new PrintWriter(System.out, true, charset);
        PrintWriter err = new PrintWriter(System.err, true, charset);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, charset));
        int exitCode = commandLine(new Shell(out, err, in, System.getenv())).execute(arguments);
        out.flush();
        err.flush();
        System.exit(exitCode);
    }

    /** All commands. */
    public static CommandLine commandLine(Shell shell) {
        BillingCli top = new BillingCli();
        Failures failures = new Failures(NAME, () -> top.verbose);
        return new CommandLine(top)
                .addSubcommand(new CatalogCommand(shell))
                .addSubcommand(new SchemaCommand(shell))
                .addSubcommand(new EventsCommand(shell))
                .addSubcommand(new OutboxCommand(shell))
                .addSubcommand(new UsageCommand(shell))
                .addSubcommand(new EndpointsCommand(shell))
                .addSubcommand(new ReconcileCommand(shell))
                .addSubcommand(new MigratePricesCommand(shell))
                .addSubcommand(new ImportCommand(shell))
                .addSubcommand(new GrantCommand(shell))
                .addSubcommand(new AccountCommand(shell))
                .setOut(shell.out())
                .setErr(shell.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures);
    }
}
