package dev.billhook.internal.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.EventMeta;
import dev.billhook.trial.TrialPolicy;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialWatchTest {
    private final TrialWatch watch = new TrialWatch(
            TrialPolicy.standard(), mock(TrialMarks.class), mock(ZeroUnitTrials.class), mock(TrialWatch.Parts.class));

    @ParameterizedTest(name = "from {0} to {1} units: {2}")
    @CsvSource({"0, 1, true", "3, 0, true", "3, 4, false"})
    @DisplayName("C10 Units that change are looked at only where there were none, or are none")
    void units(long before, long after, boolean concerned) {
        EventMeta meta = new EventMeta("evt", AccountRef.of("team", "1"), Instant.EPOCH);

        assertThat(watch.concerns(
                        new BillingEvent.UnitsChanged(meta, "sub_1", PlanKey.of("team-monthly"), before, after)))
                .isEqualTo(concerned);
    }
}
