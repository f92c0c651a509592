package dev.billhook.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.billhook.event.OutboxSummary;
import dev.billhook.reconcile.PastReplay;
import dev.billhook.reconcile.ReplayReport;
import dev.billhook.usage.UsageOutboxSummary;
import dev.billhook.webhook.InboxStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Spring: what is wrong with billing")
class DiagnosisTest {
    private static final Instant NOW = Instant.parse("2026-03-01T03:00:00Z");
    private static final Duration BOUND = Duration.ofMinutes(15);
    private static final BillhookHealthProperties BOUNDS =
            new BillhookHealthProperties(true, "DEGRADED", 1, BOUND, BOUND, BOUND, Duration.ofHours(1));

    private static BillingState state(UsageOutboxSummary usage) {
        return new BillingState(false, NOW, Map.of(), null, OutboxSummary.EMPTY, usage, null, Map.of());
    }

    private static BillingState state(
            long dead, @Nullable Instant oldest, OutboxSummary outbox, @Nullable Instant replayed) {
        return new BillingState(
                false,
                NOW,
                dead == 0 ? Map.of(InboxStatus.DONE, 7L) : Map.of(InboxStatus.DEAD, dead),
                oldest,
                outbox,
                UsageOutboxSummary.EMPTY,
                replayed == null ? null : new PastReplay(replayed, new ReplayReport(3, 0, true)),
                Map.of());
    }

    static Stream<Arguments> states() {
        OutboxSummary empty = OutboxSummary.EMPTY;
        return Stream.of(
                arguments("nothing ever came", state(0, null, empty, null), List.of()),
                arguments(
                        "everything is at its bound",
                        state(
                                1,
                                NOW.minus(BOUND),
                                new OutboxSummary(2, 1, 1, NOW.minus(BOUND)),
                                NOW.minus(Duration.ofHours(1))),
                        List.of()),
                arguments("times lie ahead", state(0, NOW.plus(BOUND), empty, NOW.plus(BOUND)), List.of()),
                arguments("events are dead", state(2, null, empty, null), List.of("2 dead events, at most 1")),
                arguments(
                        "an event waits",
                        state(0, NOW.minusSeconds(901), empty, null),
                        List.of("an event waits to be applied for 901 s, at most 900 s")),
                arguments(
                        "deliveries are dead and late",
                        state(0, null, new OutboxSummary(1, 1, 5, NOW.minusSeconds(1000)), null),
                        List.of("5 dead deliveries, at most 1", "a delivery is overdue by 1000 s, at most 900 s")),
                arguments("usage is at its bound", state(new UsageOutboxSummary(9, 9, 1, NOW.minus(BOUND))), List.of()),
                arguments(
                        "usage is dead and late",
                        state(new UsageOutboxSummary(9, 9, 2, NOW.minusSeconds(901))),
                        List.of("2 dead usage records, at most 1", "usage is overdue by 901 s, at most 900 s")),
                arguments(
                        "nobody replays",
                        state(0, null, empty, NOW.minusSeconds(7200)),
                        List.of("the last replay ended before 7200 s, at most 3600 s")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("states")
    @DisplayName("a bound that is passed is complained of, one that is reached is not")
    void complaints(String what, BillingState state, List<String> complaints) {
        Diagnosis diagnosis = Diagnosis.of(state, BOUNDS);

        assertThat(diagnosis.status()).isEqualTo(complaints.isEmpty() ? "UP" : "DEGRADED");
        assertThat(diagnosis.details().getOrDefault("complaints", List.of())).isEqualTo(complaints);
    }

    @Test
    @DisplayName("the state is told in numbers and times, and in nothing personal")
    void described() {
        BillingState state = state(2, NOW.minusSeconds(5), new OutboxSummary(3, 1, 2, NOW.minusSeconds(9)), NOW);

        assertThat(state.describe())
                .containsOnlyKeys(
                        "inbox",
                        "inboxLagSeconds",
                        "outbox",
                        "outboxLagSeconds",
                        "usage",
                        "usageLagSeconds",
                        "lastReplay",
                        "lastReplayMissed",
                        "lastReplayComplete")
                .containsEntry("inboxLagSeconds", 5L)
                .containsEntry("outboxLagSeconds", 9L)
                .containsEntry("outbox", Map.of("pending", 3L, "failing", 1L, "dead", 2L))
                .containsEntry("lastReplay", "2026-03-01T03:00:00Z");
        assertThat((Map<?, ?>) state.describe().get("inbox"))
                .extracting("dead", "done", "pending")
                .containsExactly(2L, 0L, 0L);
    }
}
