package dev.billhook.cli.catalog;

import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.CatalogException;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.catalog.sync.CatalogDiff;
import dev.billhook.cli.connect.StripeOptions;
import dev.billhook.cli.shell.Shell;
import dev.billhook.spi.provider.PaymentProvider;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code catalog …}: what is for sale, in a file and at Stripe. */
@Command(name = "catalog", description = "Check the catalog file and bring a Stripe account in line with it.")
public final class CatalogCommand {
    private static final String FILE = "The catalog, YAML or JSON.";

    private final Shell shell;

    /** Talks through the shell. */
    public CatalogCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(description = "Tell everything that is wrong with a catalog file.")
    int validate(@Parameters(paramLabel = "FILE", description = FILE) Path file) {
        try {
            Catalog catalog = CatalogReader.read(file);
            shell.say(file + ": valid, " + counted(catalog.products().size(), "product") + ", "
                    + counted(catalog.plans().size(), "plan"));
            return ExitCode.OK;
        } catch (CatalogException e) {
            e.errorsWithLines().forEach(shell::say);
            shell.say(file + ": " + counted(e.errors().size(), "error"));
            return ExitCode.SOFTWARE;
        }
    }

    @Command(description = "Show how a Stripe account differs from the file. Changes nothing.")
    int plan(
            @Mixin StripeOptions stripe,
            @Option(names = "--check", description = "Exit with 1 if anything differs.") boolean check,
            @Parameters(paramLabel = "FILE", description = FILE) Path file) {
        Catalog catalog = CatalogReader.read(file);
        CatalogDiff diff = show(catalog, stripe.connect(shell));
        return check && !diff.empty() ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    @Command(
            description = {
                "Show how a Stripe account differs from the file, ask, and make it agree.",
                "Creates and changes only what Billhook made. A changed price becomes a new one; present"
                        + " subscribers stay on the old one. Nothing is ever deleted."
            })
    int apply(
            @Mixin StripeOptions stripe,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes,
            @Parameters(paramLabel = "FILE", description = FILE) Path file) {
        Catalog catalog = CatalogReader.read(file);
        PaymentProvider provider = stripe.connect(shell);
        CatalogDiff diff = show(catalog, provider);
        if (diff.empty()) {
            return ExitCode.OK;
        }
        if (!yes && !shell.confirms("Make " + counted(diff.changes().size(), "change") + " at Stripe?")) {
            shell.say("Nothing was changed. Answer y, or call with --yes.");
            return ExitCode.SOFTWARE;
        }
        new CatalogChanges(provider.catalog(), shell).make(diff);
        return ExitCode.OK;
    }

    private CatalogDiff show(Catalog catalog, PaymentProvider provider) {
        CatalogDiff diff = CatalogDiff.between(
                catalog, provider.catalog().published(catalog.portal().isPresent()));
        String mode = provider.scope().livemode() ? "LIVE mode" : "test mode";
        if (diff.empty()) {
            shell.say("Nothing to do: Stripe (" + mode + ") agrees with the catalog.");
        } else {
            shell.say("Stripe (" + mode + ") differs from the catalog:");
            diff.describe().lines().forEach(line -> shell.say("  " + line));
        }
        return diff;
    }

    static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
