package dev.billhook.cli.event;

import dev.billhook.cli.connect.TimeConverter;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.InboxStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which events of the inbox. */
final class EventFilter {
    @Option(
            names = "--status",
            split = ",",
            paramLabel = "STATUS",
            description = "Only of these: ${COMPLETION-CANDIDATES}.")
    private Set<InboxStatus> statuses = EnumSet.noneOf(InboxStatus.class);

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only of this type; invoice.* means a family of types.")
    private @Nullable String type;

    @Option(
            names = "--since",
            converter = TimeConverter.class,
            paramLabel = "TIME",
            description = "Only received then or later: 2026-03-01T03:00:00Z, or 90m, 3h, 2d ago.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            converter = TimeConverter.class,
            paramLabel = "TIME",
            description = "Only received before then.")
    private @Nullable Instant until;

    /** Whether it lets every event pass. */
    boolean empty() {
        return statuses.isEmpty() && type == null && since == null && until == null;
    }

    InboxQuery query(int limit) {
        InboxQuery query = new InboxQuery(statuses, null, since, until, null, limit);
        return type == null ? query : query.ofType(type);
    }
}
