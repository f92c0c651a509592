package dev.billhook.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.event.BillingEvent;
import dev.billhook.event.EventMeta;
import dev.billhook.notice.Told.Access;
import dev.billhook.testing.DocumentTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of docs/notices.md, row by row. */
@DisplayName("D3 the document tells what is told when")
class NoticesDocumentTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "notices.md");
    private static final Pattern WHEN = Pattern.compile("(?:(\\d+) ([ds]) (before|after) )?(.+)");

    @ParameterizedTest(name = "{0}, told {1}, {2}: {3}")
    @MethodSource
    @DisplayName("D3 what is told when")
    void notices(String has, String before, String when, String told) {
        NoticeDecision decision = NoticeFixture.rules(NoticePolicy.STANDARD)
                .decide(NoticeFixture.facts(has), told(before), instant(when), null);

        assertThat(decision.due().stream().map(NoticesDocumentTest::name).toList())
                .isEqualTo(names(told));
    }

    static Stream<Arguments> notices() {
        List<List<String>> rows = DocumentTable.rows("notices.md", "notices");
        assertThat(rows).hasSizeGreaterThan(40);
        return rows.stream().map(row -> Arguments.of(row.get(0), row.get(1), row.get(2), row.get(3)));
    }

    @Test
    @DisplayName("D3 the standard policy is as documented, kind by kind")
    void policy() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.matches("\\| `[A-Z_]+` \\|.*"))
                .map(line -> line.split("\\|"))
                .map(cells -> cells[1].strip().replace("`", "") + ": " + cells[3].strip())
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Stream.of(NoticeKind.values())
                        .map(kind -> kind + ": " + told(kind))
                        .toList());
    }

    private static String told(NoticeKind kind) {
        if (!NoticePolicy.STANDARD.tells(kind)) {
            return "not at all";
        }
        List<Duration> leads = NoticePolicy.STANDARD.leadsOf(kind);
        return leads.isEmpty()
                ? "when it happened"
                : leads.stream().map(lead -> lead.toDays() + " days before").collect(Collectors.joining());
    }

    private static List<String> names(String told) {
        return told.equals("–") ? List.of() : List.of(told);
    }

    private static String name(DueNotice notice) {
        BillingEvent event = notice.event(name -> new EventMeta(name, NoticeFixture.ACCOUNT, Instant.EPOCH), null);
        assertThat(event.id()).isEqualTo(event.getClass().getSimpleName());
        return event.id();
    }

    private static Told told(String before) {
        return switch (before) {
            case "nothing" -> Told.NOTHING;
            case "unknown" -> Told.UNKNOWN;
            default -> new Told(Access.valueOf(before.toUpperCase(Locale.ROOT)), 1, List.of(), null);
        };
    }

    private static Instant instant(String when) {
        Matcher matcher = WHEN.matcher(when);
        assertThat(matcher.matches()).as(when).isTrue();
        Instant at = NoticeFixture.instant(matcher.group(4));
        if (matcher.group(1) == null) {
            return at;
        }
        long number = Long.parseLong(matcher.group(1));
        Duration distance = matcher.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofSeconds(number);
        return matcher.group(3).equals("before") ? at.minus(distance) : at.plus(distance);
    }
}
