package dev.billhook.cli.people;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.cli.connect.AccountConverter;
import dev.billhook.cli.connect.BillingOptions;
import dev.billhook.cli.connect.CatalogOption;
import dev.billhook.cli.shell.Shell;
import dev.billhook.cli.shell.UsageException;
import dev.billhook.grant.Grant;
import dev.billhook.grant.GrantRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grant …}: access that is given, not bought. */
@Command(
        name = "grant",
        description = {
            "Give an account access it did not buy, list what it was given, and take it back.",
            "Nothing of it is told to Stripe. Running nodes of the application see it within some seconds."
        })
public final class GrantCommand {
    private static final String ACCOUNT = "The account, type:id.";

    private final Shell shell;

    /** Talks through the shell. */
    public GrantCommand(Shell shell) {
        this.shell = shell;
    }

    /** Who does it, and why. */
    static final class Audit {
        @Option(names = "--by", required = true, paramLabel = "WHO", description = "Who does it; kept with the grant.")
        private String by = "";

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept with the grant.")
        private String reason = "";
    }

    /** What is given. */
    static final class What {
        @Option(names = "--plan", paramLabel = "PLAN", description = "Everything this plan gives.")
        private @Nullable String plan;

        @Option(names = "--feature", paramLabel = "FEATURE", description = "This feature alone.")
        private @Nullable String feature;
    }

    /** How long, of how much, and under which key. */
    static final class Terms {
        @Option(
                names = "--units",
                defaultValue = "1",
                paramLabel = "N",
                description = "How many units of the plan; ${DEFAULT-VALUE} unless told.")
        private long units = 1;

        @Option(
                names = "--until",
                converter = EndConverter.class,
                paramLabel = "TIME",
                description = "When it ends: 2027-06-01 or 2027-06-01T12:00:00Z. Without it: never.")
        private @Nullable Instant until;

        @Option(
                names = "--key",
                paramLabel = "KEY",
                description = "Gives once, however often the command is called with it.")
        private @Nullable String key;
    }

    @Command(description = "Give a plan or a feature; the account must be registered.")
    int give(
            @Mixin BillingOptions options,
            @Mixin CatalogOption catalog,
            @ArgGroup(multiplicity = "1") What what,
            @Mixin Terms terms,
            @Mixin Audit audit,
            @Parameters(paramLabel = "ACCOUNT", converter = AccountConverter.class, description = ACCOUNT)
                    AccountRef account) {
        try (BillingOptions.Opened opened = options.open(shell, catalog.read())) {
            Grant grant = opened.billing().grants().give(request(account, what, terms, audit));
            shell.say(GrantRows.line(grant));
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new UsageException("The grant: " + e.getMessage(), e);
        }
    }

    @Command(description = "List all an account was given, newest first, what ended or was taken back too.")
    int list(
            @Mixin BillingOptions options,
            @Option(names = "--json", description = "Write one JSON object a line.") boolean json,
            @Parameters(paramLabel = "ACCOUNT", converter = AccountConverter.class, description = ACCOUNT)
                    AccountRef account) {
        try (BillingOptions.Opened opened = options.open(shell)) {
            opened.billing()
                    .grants()
                    .list(account)
                    .forEach(grant -> shell.say(json ? GrantRows.json(grant).toString() : GrantRows.line(grant)));
            return ExitCode.OK;
        }
    }

    @Command(description = "Take a grant back, from now on.")
    int revoke(
            @Mixin BillingOptions options,
            @Mixin Audit audit,
            @Parameters(paramLabel = "ACCOUNT", converter = AccountConverter.class, description = ACCOUNT)
                    AccountRef account,
            @Parameters(paramLabel = "GRANT", description = "The grant's id, as list tells it.") String grant) {
        try (BillingOptions.Opened opened = options.open(shell)) {
            shell.say(GrantRows.line(opened.billing().grants().revoke(account, grant, audit.by, audit.reason)));
            return ExitCode.OK;
        } catch (IllegalArgumentException e) {
            throw new UsageException("The grant: " + e.getMessage(), e);
        }
    }

    private static GrantRequest request(AccountRef account, What what, Terms terms, Audit audit) {
        GrantRequest request;
        if (what.plan != null) {
            request = GrantRequest.ofPlan(account, PlanKey.of(what.plan), audit.by, audit.reason)
                    .units(terms.units);
        } else if (what.feature != null && terms.units == 1) {
            request = GrantRequest.ofFeature(account, what.feature, audit.by, audit.reason);
        } else {
            throw new UsageException("--units goes with --plan");
        }
        if (terms.until != null) {
            request = request.until(terms.until);
        }
        return terms.key == null ? request : request.key(new RequestKey(terms.key));
    }
}
