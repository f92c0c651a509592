package dev.billhook.cli.event;

import dev.billhook.NotFoundException;
import dev.billhook.cli.connect.BillingOptions;
import dev.billhook.cli.shell.ReasonOption;
import dev.billhook.cli.shell.Shell;
import dev.billhook.event.EventOutbox;
import dev.billhook.event.OutboxEntry;
import dev.billhook.event.OutboxQuery;
import dev.billhook.event.OutboxSummary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code outbox …}: what goes out to the application's listeners. */
@Command(
        name = "outbox",
        description = {
            "Look at what the application's listeners are still to be told, have it told again, or give it up.",
            "The application's nodes do the telling."
        })
public final class OutboxCommand {
    private final Shell shell;

    /** Talks through the shell. */
    public OutboxCommand(Shell shell) {
        this.shell = shell;
    }

    /** Which entries. */
    static final class Filter {
        @Option(names = "--status", paramLabel = "STATUS", description = "Only of this: ${COMPLETION-CANDIDATES}.")
        private OutboxEntry.@Nullable Status status;

        @Option(names = "--listener", paramLabel = "NAME", description = "Only for this listener.")
        private @Nullable String listener;

        @Option(names = "--kind", paramLabel = "KIND", description = "Only this kind of event, e.g. InvoicePaid.")
        private @Nullable String kind;

        OutboxQuery query(int limit) {
            return OutboxQuery.all()
                    .ofStatus(status)
                    .forListener(listener)
                    .ofType(kind)
                    .limit(limit);
        }
    }

    /** One entry. */
    static final class Delivery {
        @Parameters(index = "0", paramLabel = "EVENT", description = "The id of Billhook's event.")
        private String id = "";

        @Parameters(index = "1", paramLabel = "LISTENER", description = "The listener's name.")
        private String listener = "";
    }

    @Command(description = "List what waits, oldest first, and tell how much it is.")
    int list(@Mixin BillingOptions options, @Mixin Filter filter, @Mixin Listing listing) {
        OutboxQuery query = filter.query(listing.limit());
        try (BillingOptions.Opened opened = options.open(shell)) {
            EventOutbox outbox = opened.billing().outbox();
            listing.write(shell, outbox.list(query), Rows::line, Rows::json, counted(outbox.summary()));
            return ExitCode.OK;
        }
    }

    @Command(description = "Show one entry, with its error.")
    int show(@Mixin BillingOptions options, @Mixin Delivery delivery) {
        try (BillingOptions.Opened opened = options.open(shell)) {
            OutboxEntry entry = opened.billing()
                    .outbox()
                    .find(delivery.id, delivery.listener)
                    .orElseThrow(() -> new NotFoundException(
                            "event for listener " + delivery.listener, delivery.id, "Delivered events are gone."));
            Rows.lines(entry).forEach(shell::say);
            return ExitCode.OK;
        }
    }

    @Command(description = "Have a listener told again.")
    int retry(@Mixin BillingOptions options, @Mixin Delivery delivery) {
        try (BillingOptions.Opened opened = options.open(shell)) {
            opened.billing().outbox().retry(delivery.id, delivery.listener);
            shell.say("1 event will be told again.");
            return ExitCode.OK;
        }
    }

    @Command(
            name = "retry-dead",
            description = "Have listeners told again all they failed on too often; --listener and --kind narrow it.")
    int retryDead(@Mixin BillingOptions options, @Mixin Filter filter) {
        try (BillingOptions.Opened opened = options.open(shell)) {
            int retried = opened.billing()
                    .outbox()
                    .retryAll(filter.query(Listing.MOST).ofStatus(OutboxEntry.Status.DEAD));
            shell.say(Listing.counted(retried, "event") + " will be told again.");
            return ExitCode.OK;
        }
    }

    @Command(description = "Give an entry up: the listener will not be told.")
    int discard(@Mixin BillingOptions options, @Mixin ReasonOption why, @Mixin Delivery delivery) {
        try (BillingOptions.Opened opened = options.open(shell)) {
            opened.billing().outbox().discard(delivery.id, delivery.listener, why.reason());
            shell.say("1 event discarded.");
            return ExitCode.OK;
        }
    }

    private static String counted(OutboxSummary summary) {
        return "PENDING " + summary.pending() + " (" + summary.failing() + " failing), DEAD " + summary.dead();
    }
}
