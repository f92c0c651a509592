package dev.billhook.cli.event;

import dev.billhook.account.AccountRef;
import dev.billhook.cli.connect.AccountConverter;
import dev.billhook.cli.connect.BillingOptions;
import dev.billhook.cli.connect.CatalogOption;
import dev.billhook.cli.connect.TimeConverter;
import dev.billhook.cli.shell.ReasonOption;
import dev.billhook.cli.shell.Shell;
import dev.billhook.cli.shell.UsageException;
import dev.billhook.usage.UsageComparison;
import dev.billhook.usage.UsageOutbox;
import dev.billhook.usage.UsageOutboxSummary;
import dev.billhook.usage.UsageQuery;
import dev.billhook.usage.UsageStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code usage …}: what accounts used of metered plans, on its way to Stripe. */
@Command(
        name = "usage",
        description = {
            "Look at usage that was recorded, compare it with what Stripe counts, have it reported again, or give it up.",
            "The application's nodes do the reporting."
        })
public final class UsageCommand {
    private final Shell shell;

    /** Talks through the shell. */
    public UsageCommand(Shell shell) {
        this.shell = shell;
    }

    /** Which records. */
    static final class Filter {
        @Option(
                names = "--of",
                converter = AccountConverter.class,
                paramLabel = "ACCOUNT",
                description = "Only of this account, type:id.")
        private @Nullable AccountRef account;

        @Option(names = "--meter", paramLabel = "METER", description = "Only of this meter.")
        private @Nullable String meter;

        UsageQuery query(int limit) {
            return UsageQuery.all().of(account).ofMeter(meter).limit(limit);
        }
    }

    /** Which time. */
    static final class Time {
        @Option(
                names = "--since",
                required = true,
                converter = TimeConverter.class,
                paramLabel = "TIME",
                description = "From the minute of: 2026-03-01T03:00:00Z, or 90m, 3h, 2d ago.")
        private Instant since = Instant.EPOCH;

        @Option(
                names = "--until",
                required = true,
                converter = TimeConverter.class,
                paramLabel = "TIME",
                description = "To the minute of, which is not counted any more.")
        private Instant until = Instant.EPOCH;
    }

    @Command(description = "List records, the earliest use first, and tell how much waits.")
    int list(
            @Mixin BillingOptions options,
            @Mixin Filter filter,
            @Option(names = "--status", paramLabel = "STATUS", description = "Only of this: ${COMPLETION-CANDIDATES}.")
                    @Nullable UsageStatus status,
            @Mixin Listing listing) {
        UsageQuery query = filter.query(listing.limit()).ofStatus(status);
        try (BillingOptions.Opened opened = options.open(shell)) {
            UsageOutbox usage = opened.billing().usageOutbox();
            listing.write(shell, usage.list(query), Rows::line, Rows::json, counted(usage.summary()));
            return ExitCode.OK;
        }
    }

    @Command(description = "Put what was recorded beside what Stripe counts; exits with 1 if they differ.")
    int compare(
            @Mixin BillingOptions options,
            @Mixin CatalogOption catalog,
            @Mixin Time time,
            @Parameters(
                            paramLabel = "ACCOUNT",
                            converter = AccountConverter.class,
                            description = "The account, type:id.")
                    AccountRef account,
            @Parameters(paramLabel = "METER", description = "The meter's event name, as the catalog says it.")
                    String meter) {
        try (BillingOptions.Opened opened = options.open(shell, catalog.read())) {
            UsageComparison compared = opened.billing()
                    .usage()
                    .compare(
                            account,
                            meter,
                            time.since.truncatedTo(ChronoUnit.MINUTES),
                            time.until.truncatedTo(ChronoUnit.MINUTES));
            shell.say("sent       " + compared.recorded().sent());
            shell.say("waiting    " + compared.recorded().waiting());
            shell.say("dead       " + compared.recorded().dead());
            shell.say("at Stripe  " + compared.counted().toPlainString());
            return compared.agrees() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (IllegalArgumentException e) {
            throw new UsageException("The usage: " + e.getMessage(), e);
        }
    }

    @Command(
            name = "retry-dead",
            description = {
                "Have all that Stripe did not take reported again; --of and --meter narrow it.",
                "Where nobody knows whether Stripe has it, compare first: it would count twice."
            })
    int retryDead(@Mixin BillingOptions options, @Mixin Filter filter) {
        try (BillingOptions.Opened opened = options.open(shell)) {
            int retried = opened.billing().usageOutbox().retryAll(filter.query(Listing.MOST));
            shell.say(Listing.counted(retried, "record") + " will be reported again.");
            return ExitCode.OK;
        }
    }

    @Command(description = "Give a dead record up: nobody will be charged for it.")
    int discard(
            @Mixin BillingOptions options,
            @Mixin ReasonOption why,
            @Parameters(paramLabel = "RECORD", description = "The record's id, as list tells it.") String id) {
        try (BillingOptions.Opened opened = options.open(shell)) {
            opened.billing().usageOutbox().discard(id, why.reason());
            shell.say("1 record discarded.");
            return ExitCode.OK;
        }
    }

    private static String counted(UsageOutboxSummary summary) {
        return "PENDING " + summary.pending() + " (" + summary.failing() + " failing), DEAD " + summary.dead();
    }
}
