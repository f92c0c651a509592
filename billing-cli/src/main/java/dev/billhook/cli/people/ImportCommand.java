package dev.billhook.cli.people;

import dev.billhook.cli.connect.BillingOptions;
import dev.billhook.cli.connect.CatalogOption;
import dev.billhook.cli.connect.PaceOptions;
import dev.billhook.cli.shell.RunOptions;
import dev.billhook.cli.shell.Shell;
import dev.billhook.cli.shell.UsageException;
import dev.billhook.imports.AccountImport;
import dev.billhook.imports.ImportLine;
import dev.billhook.imports.ImportReport;
import dev.billhook.imports.ImportRequest;
import dev.billhook.imports.ImportStep;
import dev.billhook.imports.file.ImportFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import}: users the application had before, told or taken in. */
@Command(
        name = "import",
        description = {
            "Tell which users of a file would be linked to which customers of Stripe, and what would be given to whom."
                    + " Changes nothing without --apply.",
            "The file has comma or semicolon separated values; its first line names the columns: account (type:id), or"
                    + " account_type and account_id; customer; email, email_verified, name; plan, units, until, reason.",
            "With --apply it is done; listeners of the application are not told. A run that failed is gone on with by"
                    + " calling again with the same --name. Exits with 1 if a row is in conflict."
        })
public final class ImportCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private BillingOptions options = new BillingOptions();

    @Mixin
    private PaceOptions pace = new PaceOptions();

    @Mixin
    private CatalogOption catalog = new CatalogOption();

    @Parameters(paramLabel = "FILE", description = "The users, UTF-8.")
    private @Nullable Path file;

    @Mixin
    private RunOptions run = new RunOptions();

    @Option(names = "--by", required = true, paramLabel = "WHO", description = "Who imports; stands in the grants.")
    private String by = "";

    @Option(names = "--restart", description = "Begin with the first line, also if a run of the name stopped later.")
    private boolean restart;

    /** Talks through the shell. */
    public ImportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        ImportRequest request = request();
        try (Stream<ImportLine> lines = lines();
                BillingOptions.Opened opened = options.open(shell, catalog.read())) {
            AccountImport imports = opened.billing().imports();
            boolean apply = run.how().apply();
            if (apply && restart) {
                imports.forget(run.name());
            }
            ImportReport report =
                    apply ? imports.run(request, lines, this::tell) : imports.dryRun(request, lines, this::tell);
            run.how().write(shell, () -> ImportJson.of(report), report::toTable);
            return report.clean() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private ImportRequest request() {
        try {
            return ImportRequest.named(run.name(), by)
                    .pace(pace.pause(), ImportRequest.DEFAULT_PATIENCE)
                    .listing(pace.show());
        } catch (IllegalArgumentException e) {
            throw new UsageException("The import: " + e.getMessage(), e);
        }
    }

    private Stream<ImportLine> lines() {
        if (file == null) {
            throw new UsageException("name the file of users");
        }
        try {
            return ImportFile.read(file);
        } catch (IllegalArgumentException e) {
            throw new UsageException(file + ": " + e.getMessage(), e);
        }
    }

    /** Conflicts stand in the report. */
    private void tell(ImportStep step) {
        if (step.conflict() == null) {
            shell.err().println(step);
        }
    }
}
