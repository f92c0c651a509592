package dev.billhook.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.mirror.SnapshotRules.Known;
import dev.billhook.mirror.SnapshotRules.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C6 a snapshot is written only if it is proven newer than the mirror")
class SnapshotRulesTest {
    private static final Instant MIRROR = Instant.parse("2026-01-01T00:00:10Z");

    @ParameterizedTest(name = "event {0}, same content {1}, test clock {2}: {3}")
    @CsvSource({
        // object unknown
        "UNKNOWN, false, false, WRITE",
        "UNKNOWN, false, true, FETCH",
        // only the link is known
        "LINK, false, false, WRITE",
        "LINK, true, false, TOUCH",
        "LINK, false, true, FETCH",
        "LINK, true, true, NOTHING_NEW",
        // the event's second is later than the mirror's
        "LATER, false, false, WRITE",
        "LATER, true, false, TOUCH",
        "LATER, false, true, FETCH",
        "LATER, true, true, NOTHING_NEW",
        // the same second proves nothing
        "SAME, false, false, FETCH",
        "SAME, true, false, NOTHING_NEW",
        "SAME, false, true, FETCH",
        "SAME, true, true, NOTHING_NEW",
        // earlier
        "EARLIER, false, false, STALE",
        "EARLIER, true, false, STALE",
        "EARLIER, false, true, FETCH",
        "EARLIER, true, true, NOTHING_NEW"
    })
    @DisplayName(
            "C6 events: later is written, earlier is stale, the same second is fetched, a test clock is always fetched")
    void events(Order order, boolean sameContent, boolean onTestClock, Verdict verdict) {
        Basis event = new Basis.Event(order.asOf);

        assertThat(SnapshotRules.judge(order.known(3, sameContent), event, onTestClock))
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "answer {0}, row version {1}, expected {2}, same content {3}: {4}")
    @CsvSource({
        "UNKNOWN, 0, 0, false, WRITE",
        "UNKNOWN, 0, 1, false, CONFLICT",
        "LINK, 3, 3, false, WRITE",
        "LINK, 3, 3, true, TOUCH",
        "LINK, 3, 2, true, CONFLICT",
        "LATER, 3, 3, false, WRITE",
        "LATER, 3, 3, true, TOUCH",
        "LATER, 3, 2, false, CONFLICT",
        "LATER, 3, 0, true, CONFLICT",
        "SAME, 3, 3, false, WRITE",
        "SAME, 3, 3, true, NOTHING_NEW",
        "SAME, 3, 4, false, CONFLICT",
        "EARLIER, 3, 3, false, WRITE",
        "EARLIER, 3, 3, true, NOTHING_NEW",
        "EARLIER, 3, 2, true, CONFLICT"
    })
    @DisplayName("C5 answers: written when the row did not move meanwhile, whatever their second; else fetched again")
    void answers(Order order, long version, long expected, boolean sameContent, Verdict verdict) {
        Basis answer = new Basis.Answer(order.asOf, expected);

        assertThat(SnapshotRules.judge(order.known(version, sameContent), answer, false))
                .isEqualTo(verdict);
        assertThat(SnapshotRules.judge(order.known(version, sameContent), answer, true))
                .as("on a test clock the answer is the proof, too")
                .isEqualTo(verdict);
    }

    /** Where the snapshot's second lies relative to the mirror's. */
    enum Order {
        UNKNOWN(MIRROR),
        LINK(MIRROR),
        LATER(MIRROR.plusSeconds(1)),
        SAME(MIRROR),
        EARLIER(MIRROR.minusSeconds(1));

        private final Instant asOf;

        Order(Instant asOf) {
            this.asOf = asOf;
        }

        @Nullable Known known(long version, boolean sameContent) {
            return this == UNKNOWN ? null : new Known(this == LINK ? null : MIRROR, version, sameContent);
        }
    }
}
