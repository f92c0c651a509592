package dev.billhook.cli.migrate;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.cli.connect.BillingOptions;
import dev.billhook.cli.connect.PaceOptions;
import dev.billhook.cli.shell.RunOptions;
import dev.billhook.cli.shell.Shell;
import dev.billhook.cli.shell.UsageException;
import dev.billhook.migration.MigrationPlan;
import dev.billhook.migration.MigrationReport;
import dev.billhook.migration.MigrationRequest;
import dev.billhook.migration.MigrationStep;
import dev.billhook.migration.PriceMigration;
import dev.billhook.subscription.Timing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrate-prices}: subscribers of older prices, told or moved. */
@Command(
        name = "migrate-prices",
        description = {
            "Tell which subscribers are on older prices and what each would be charged. Changes nothing without --apply.",
            "With --apply they are moved to the plans' present prices, of which the application hears by its webhooks; a"
                    + " run that failed is gone on with by calling"
                    + " again with the same --name. Exits with 1 if somebody stays on an older price."
        })
public final class MigratePricesCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private BillingOptions options = new BillingOptions();

    @Mixin
    private PaceOptions pace = new PaceOptions();

    @Parameters(paramLabel = "FILE", description = "The catalog, YAML or JSON.")
    private @Nullable Path file;

    @Mixin
    private RunOptions run = new RunOptions();

    @Option(names = "--plan", paramLabel = "PLAN", description = "Only subscribers of this plan; may be repeated.")
    private List<String> plans = new ArrayList<>();

    @Option(
            names = "--at",
            defaultValue = "AT_RENEWAL",
            paramLabel = "TIMING",
            description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless told.")
    private Timing timing = Timing.AT_RENEWAL;

    @Option(
            names = "--compensation",
            paramLabel = "CODE",
            description = "Promotion code that everyone who is moved gets.")
    private @Nullable String compensation;

    /** Talks through the shell. */
    public MigratePricesCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        MigrationRequest request = request();
        if (file == null) {
            throw new UsageException("name the catalog's file");
        }
        Catalog catalog = CatalogReader.read(file);
        try (BillingOptions.Opened opened = options.open(shell, catalog)) {
            PriceMigration migrations = opened.billing().migrations();
            return run.how().apply() ? move(migrations, request) : tell(migrations.dryRun(request));
        }
    }

    private MigrationRequest request() {
        try {
            return MigrationRequest.named(run.name())
                    .of(plans.stream().map(PlanKey::of).toArray(PlanKey[]::new))
                    .at(timing)
                    .compensatedBy(compensation)
                    .pace(pace.pause(), MigrationRequest.DEFAULT_PATIENCE)
                    .listing(pace.show())
                    .pastMirror();
        } catch (IllegalArgumentException e) {
            throw new UsageException("The migration: " + e.getMessage(), e);
        }
    }

    private int tell(MigrationPlan plan) {
        Stream<String> steps = plan.steps().stream().map(MigrationTable::row);
        Stream<String> sums = MigrationTable.sums(plan.totals(), "would be moved").stream();
        run.how().write(shell, () -> MigrationJson.of(plan), () -> lines(Stream.concat(steps, sums)));
        return plan.totals().stay() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int move(PriceMigration migrations, MigrationRequest request) {
        MigrationReport report = migrations.run(request, this::progress);
        Stream<String> sums = MigrationTable.sums(report.totals(), "moved").stream();
        run.how().write(shell, () -> MigrationJson.of(report), () -> lines(sums));
        return report.totals().stay() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static String lines(Stream<String> lines) {
        return lines.collect(Collectors.joining(System.lineSeparator()));
    }

    private void progress(MigrationStep step) {
        if (run.how().json()) {
            shell.err().println(MigrationTable.row(step));
        } else {
            shell.say(MigrationTable.row(step));
        }
    }
}
