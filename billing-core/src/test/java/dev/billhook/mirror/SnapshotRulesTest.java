package dev.billhook.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.AsOf;
import dev.billhook.mirror.SnapshotRules.Known;
import dev.billhook.mirror.SnapshotRules.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C6 a snapshot is written only if it is proven newer than the mirror")
class SnapshotRulesTest {
    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:10Z");
    private static final Instant LAST = Instant.parse("2026-01-01T00:00:12Z");
    private static final AsOf MIRROR = new AsOf(FIRST, LAST);

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
        // the event's second is later than any in which the mirror's state can have been read
        "LATER, false, false, WRITE",
        "LATER, true, false, TOUCH",
        "LATER, false, true, FETCH",
        "LATER, true, true, NOTHING_NEW",
        // a second in which it can have been read proves nothing
        "LAST_SECOND, false, false, FETCH",
        "LAST_SECOND, true, false, NOTHING_NEW",
        "LAST_SECOND, false, true, FETCH",
        "LAST_SECOND, true, true, NOTHING_NEW",
        "WITHIN, false, false, FETCH",
        "WITHIN, true, false, NOTHING_NEW",
        "FIRST_SECOND, false, false, FETCH",
        "FIRST_SECOND, true, false, NOTHING_NEW",
        // earlier
        "EARLIER, false, false, STALE",
        "EARLIER, true, false, STALE",
        "EARLIER, false, true, FETCH",
        "EARLIER, true, true, NOTHING_NEW"
    })
    @DisplayName(
            "C6 events: later is written, earlier is stale, what may be the same second is fetched, a test clock always")
    void events(Order order, boolean sameContent, boolean onTestClock, Verdict verdict) {
        Basis event = new Basis.Event(order.second);

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
        "LAST_SECOND, 3, 3, false, WRITE",
        "LAST_SECOND, 3, 3, true, NOTHING_NEW",
        "LAST_SECOND, 3, 4, false, CONFLICT",
        "WITHIN, 3, 3, false, WRITE",
        "WITHIN, 3, 3, true, NOTHING_NEW",
        "EARLIER, 3, 3, false, WRITE",
        "EARLIER, 3, 3, true, NOTHING_NEW",
        "EARLIER, 3, 2, true, CONFLICT"
    })
    @DisplayName("C5 answers: written when the row did not move meanwhile, whatever their second; else fetched again")
    void answers(Order order, long version, long expected, boolean sameContent, Verdict verdict) {
        Basis answer = new Basis.Answer(AsOf.at(order.second), expected);

        assertThat(SnapshotRules.judge(order.known(version, sameContent), answer, false))
                .isEqualTo(verdict);
        assertThat(SnapshotRules.judge(order.known(version, sameContent), answer, true))
                .as("on a test clock the answer is the proof, too")
                .isEqualTo(verdict);
    }

    /** Where the snapshot's second lies relative to the mirror's. */
    enum Order {
        UNKNOWN(FIRST),
        LINK(FIRST),
        LATER(LAST.plusSeconds(1)),
        LAST_SECOND(LAST),
        WITHIN(FIRST.plusSeconds(1)),
        FIRST_SECOND(FIRST),
        EARLIER(FIRST.minusSeconds(1));

        private final Instant second;

        Order(Instant second) {
            this.second = second;
        }

        @Nullable Known known(long version, boolean sameContent) {
            return this == UNKNOWN ? null : new Known(this == LINK ? null : MIRROR, version, sameContent);
        }
    }
}
