package dev.billhook.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountRef;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.EventMeta;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionFixture;
import dev.billhook.subscription.SubscriptionStatus;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The document of events says what the code does")
class EventsDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/events.md");
    private static final EventMeta META = new EventMeta("id", AccountRef.of("user", "1"), Instant.EPOCH);

    @Test
    @DisplayName("B7 each event has a row with its very fields")
    void everyEvent() throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String row : section("Every event")) {
            String[] cells = row.split("\\|");
            fields.put(cells[1].strip().replace("`", ""), cells[3].strip().replace("`", ""));
        }

        Map<String, String> expected = Stream.of(BillingEvent.class.getPermittedSubclasses())
                .collect(Collectors.toMap(
                        Class::getSimpleName,
                        type -> Arrays.stream(type.getRecordComponents())
                                .map(RecordComponent::getName)
                                .filter(name -> !name.equals("meta"))
                                .collect(Collectors.joining(", "))));
        assertThat(fields).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    @DisplayName("B7 the table of statuses is the one the derivation computes, from every status to every other")
    void statuses() throws IOException {
        List<@Nullable SubscriptionStatus> before = new ArrayList<>();
        before.add(null);
        before.addAll(List.of(SubscriptionStatus.values()));
        List<String> rows = before.stream()
                .map(old -> "| " + (old == null ? "*new*" : name(old)) + " | "
                        + Stream.of(SubscriptionStatus.values())
                                .map(now -> told(old, now))
                                .collect(Collectors.joining(" | "))
                        + " |")
                .toList();

        assertThat(section("Change of status")).containsExactlyElementsOf(rows);
    }

    private static String told(@Nullable SubscriptionStatus old, SubscriptionStatus now) {
        Subscription before = old == null
                ? null
                : SubscriptionFixture.on("pro-monthly").in(old).build();
        List<BillingEvent> events = EventDerivation.ofSubscription(
                before, SubscriptionFixture.on("pro-monthly").in(now).build(), name -> META);
        return events.isEmpty()
                ? "·"
                : events.stream().map(event -> event.getClass().getSimpleName()).collect(Collectors.joining(", "));
    }

    private static String name(SubscriptionStatus status) {
        return status.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The rows of the table below a heading, without its head. */
    private static List<String> section(String heading) throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        int start = lines.indexOf("## " + heading);
        assertThat(start).as("the heading " + heading).isNotNegative();
        List<String> table = lines.subList(start + 1, lines.size()).stream()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        return table.subList(2, table.size());
    }
}
