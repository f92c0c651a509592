package dev.billhook.cli.event;

import dev.billhook.NotFoundException;
import dev.billhook.cli.connect.BillingOptions;
import dev.billhook.cli.shell.ReasonOption;
import dev.billhook.cli.shell.Shell;
import dev.billhook.cli.shell.UsageException;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.InboxStatus;
import dev.billhook.webhook.WebhookInbox;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code events …}: what came in from Stripe. */
@Command(
        name = "events",
        description = {
            "Look at the events that came in from Stripe, have them applied again, or give them up.",
            "What is to be applied is applied by the application's nodes, whose listeners hear of it."
        })
public final class EventsCommand {
    private final Shell shell;

    /** Talks through the shell. */
    public EventsCommand(Shell shell) {
        this.shell = shell;
    }

    @Command(description = "List events, newest first, and tell how many there are of each status.")
    int list(@Mixin BillingOptions options, @Mixin EventFilter filter, @Mixin Listing listing) {
        InboxQuery query = filter.query(listing.limit());
        try (BillingOptions.Opened opened = options.open(shell)) {
            WebhookInbox inbox = opened.billing().inbox();
            listing.write(shell, inbox.list(query), Rows::line, Rows::json, counted(inbox.count()));
            return ExitCode.OK;
        }
    }

    @Command(description = "Show one event, with its error.")
    int show(
            @Mixin BillingOptions options,
            @Option(names = "--body", description = "Show the body, too; it holds personal data.") boolean body,
            @Parameters(paramLabel = "EVENT", description = "The event's id at Stripe.") String id) {
        try (BillingOptions.Opened opened = options.open(shell)) {
            InboxEvent event = opened.billing()
                    .inbox()
                    .find(id)
                    .orElseThrow(
                            () -> new NotFoundException("event", id, "Only events that came in can be looked at."));
            Rows.lines(event).forEach(shell::say);
            if (body && event.payload() != null) {
                shell.say(event.payload());
            }
            return ExitCode.OK;
        }
    }

    @Command(
            description = {
                "Have events applied again: those named, or all that the options let pass.",
                "Applying an event twice does no harm."
            })
    int replay(
            @Mixin BillingOptions options,
            @Mixin EventFilter filter,
            @Parameters(arity = "0..*", paramLabel = "EVENT", description = "Ids of events.") @Nullable List<String> ids) {
        List<String> named = ids == null ? List.of() : ids;
        if (named.isEmpty() == filter.empty()) {
            throw new UsageException("Name events, or say which with --status, --type, --since or --until");
        }
        try (BillingOptions.Opened opened = options.open(shell)) {
            WebhookInbox inbox = opened.billing().inbox();
            named.forEach(inbox::replay);
            int replayed = named.isEmpty() ? inbox.replayAll(filter.query(Listing.MOST)) : named.size();
            shell.say(Listing.counted(replayed, "event") + " will be applied again.");
            return ExitCode.OK;
        }
    }

    @Command(description = "Give events up. The reason is kept with them, their bodies are dropped.")
    int discard(
            @Mixin BillingOptions options,
            @Mixin ReasonOption why,
            @Parameters(arity = "1..*", paramLabel = "EVENT", description = "Ids of events.") List<String> ids) {
        try (BillingOptions.Opened opened = options.open(shell)) {
            ids.forEach(id -> opened.billing().inbox().discard(id, why.reason()));
            shell.say(Listing.counted(ids.size(), "event") + " discarded.");
            return ExitCode.OK;
        }
    }

    private static String counted(Map<InboxStatus, Long> counts) {
        return counts.isEmpty()
                ? "The inbox is empty."
                : counts.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", "));
    }
}
