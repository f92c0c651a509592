package dev.billhook.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.catalog.Plan.Limited;
import dev.billhook.catalog.Plan.Returned;
import dev.billhook.catalog.PlanKey;
import dev.billhook.offer.PlaceRules.Standing;
import dev.billhook.offer.PlaceRules.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("D4 who gets a place, and for how long")
class PlaceRulesTest {
    private static final Instant NOON = Instant.parse("2027-01-10T12:00:00Z");
    private static final PlanKey PLAN = PlanKey.of("founder");

    @ParameterizedTest(name = "of {0} places {1} taken, {2} held, {3} overdue: {4}")
    @CsvSource({
        "3, 0, 0, 0, FREE",
        "3, 2, 0, 0, FREE",
        "3, 1, 1, 0, FREE",
        "3, 3, 0, 0, SOLD_OUT",
        "3, 0, 3, 0, SOLD_OUT",
        "3, 2, 1, 0, SOLD_OUT",
        "3, 1, 1, 1, LOOK",
        "3, 1, 0, 1, FREE",
        "3, 1, 0, 2, LOOK",
        "3, 0, 0, 9, LOOK",
        "3, 2, 1, 9, SOLD_OUT",
        "3, 5, 0, 0, SOLD_OUT",
        "0, 0, 0, 0, SOLD_OUT",
        "0, 0, 0, 4, SOLD_OUT"
    })
    @DisplayName(
            "D4 what is neither taken nor held is free; where only a place is left whose page may be paid, it is looked at first")
    void judge(long places, long taken, long held, long overdue, Verdict verdict) {
        assertThat(PlaceRules.judge(Limited.of(places), new Standing(taken, held, overdue, null)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest(name = "held for {0} minutes, the page takes payments for {1}")
    @CsvSource({"30, 32", "45, 47", "1430, 1432", "1437, 1438", "1440, 1438"})
    @DisplayName("D4 the page closes before the place is free, and within the provider's bounds")
    void times(long hold, long page) {
        Limited limited = new Limited(1, Duration.ofMinutes(hold), Returned.RESOLD);

        assertThat(PlaceRules.pageEnd(limited, NOON)).isEqualTo(NOON.plus(Duration.ofMinutes(page)));
        assertThat(PlaceRules.holdEnd(limited, NOON)).isEqualTo(NOON.plus(Duration.ofMinutes(page + 5)));
    }

    @Test
    @DisplayName("D4 what remains is never negative, also when places were made fewer")
    void remaining() {
        assertThat(new Offer(PLAN, 3, 1, 1).remaining()).isEqualTo(1);
        assertThat(new Offer(PLAN, 3, 1, 1).soldOut()).isFalse();
        assertThat(new Offer(PLAN, 3, 5, 1).remaining()).isZero();
        assertThat(new Offer(PLAN, 3, 5, 1).soldOut()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> new Offer(PLAN, 3, -1, 0));
    }

    @Test
    @DisplayName("D4 limits Stripe or arithmetic cannot keep are refused")
    void limits() {
        assertThatIllegalArgumentException().isThrownBy(() -> Limited.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Limited(1, Duration.ofMinutes(29), Returned.RESOLD));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Limited(1, Duration.ofHours(24).plusSeconds(1), Returned.RESOLD));
    }
}
