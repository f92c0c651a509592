package dev.billhook.cli.reconcile;

import dev.billhook.cli.connect.BillingOptions;
import dev.billhook.cli.connect.CatalogOption;
import dev.billhook.cli.connect.PaceOptions;
import dev.billhook.cli.shell.Shell;
import dev.billhook.reconcile.DriftReport;
import dev.billhook.reconcile.SweepProgress;
import dev.billhook.reconcile.SweepRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reconcile}: whether the mirror says what Stripe says. */
@Command(
        name = "reconcile",
        description = {
            "Compare the whole mirror with Stripe. Writes nothing without --repair; exits with 1 if anything differs.",
            "With --repair the application's nodes read again what differs, so that their listeners hear of it."
        })
public final class ReconcileCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private BillingOptions options = new BillingOptions();

    @Mixin
    private PaceOptions pace = new PaceOptions();

    @Mixin
    private CatalogOption catalog = new CatalogOption();

    @Option(names = "--repair", description = "Have repaired what can be; exits with 1 if something cannot.")
    private boolean repair;

    @Option(names = "--resume", description = "Go on where a run that failed has stopped.")
    private boolean resume;

    @Option(names = "--json", description = "Write the report as one JSON object.")
    private boolean json;

    /** Talks through the shell. */
    public ReconcileCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        Duration pause = pace.pause();
        try (BillingOptions.Opened opened = options.open(shell, catalog.read())) {
            if (catalog.isMissing()) {
                shell.err().println("Without --catalog what is paid once is not compared");
            }
            Repairs repairs = new Repairs(opened.stores(), Instant.now());
            SweepRequest request = (resume
                            ? SweepRequest.dryRun()
                            : SweepRequest.dryRun().fromTheBeginning())
                    .named(repair ? "shell-repair" : "shell")
                    .pause(pause)
                    .maxDrifts(pace.show())
                    .onProgress(this::tell);
            DriftReport report = opened.billing().reconciler().sweep(repair ? request.onDrift(repairs::take) : request);
            shell.say(json ? DriftJson.of(report).toString() : report.toTable());
            return repair ? repaired(repairs) : report.clean() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private int repaired(Repairs repairs) {
        shell.err()
                .println(repairs.ordered() + " will be read again by the application's nodes, " + repairs.left()
                        + " must be looked at");
        return repairs.left() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void tell(SweepProgress progress) {
        shell.err()
                .println(progress.subscriptions() + " subscriptions and " + progress.customers()
                        + " customers compared, " + progress.drifted() + " different");
    }
}
