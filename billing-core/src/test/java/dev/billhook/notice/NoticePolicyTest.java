package dev.billhook.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D3 lead times are the host's to choose")
class NoticePolicyTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    @DisplayName("D3 a kind can be told several times ahead, the longest first, or not at all")
    void leads() {
        NoticePolicy policy = NoticePolicy.STANDARD
                .with(NoticeKind.TRIAL_ENDING, DAY, DAY.multipliedBy(7), DAY)
                .without(NoticeKind.LIMITED);

        assertThat(policy.leadsOf(NoticeKind.TRIAL_ENDING)).containsExactly(DAY.multipliedBy(7), DAY);
        assertThat(policy.tells(NoticeKind.LIMITED)).isFalse();
        assertThat(policy.tells(NoticeKind.CLOSED)).isTrue();
        assertThat(NoticePolicy.NONE.leads()).isEmpty();
    }

    @Test
    @DisplayName("D3 what makes no sense is refused")
    void refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoticePolicy.STANDARD.with(NoticeKind.TRIAL_ENDING))
                .withMessageContaining("say how long");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoticePolicy.STANDARD.with(NoticeKind.LIMITED, DAY))
                .withMessageContaining("takes no time ahead");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoticePolicy.STANDARD.with(NoticeKind.CARD_EXPIRING, DAY.multipliedBy(91)))
                .withMessageContaining("90 days");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoticePolicy.STANDARD.with(NoticeKind.CARD_EXPIRING, Duration.ZERO));
    }

    @Test
    @DisplayName("D3 equal policies have the same text in every process")
    void text() {
        NoticePolicy one = NoticePolicy.NONE.with(NoticeKind.CLOSED).with(NoticeKind.TRIAL_ENDING, DAY);
        NoticePolicy other =
                NoticePolicy.NONE.with(NoticeKind.TRIAL_ENDING, DAY).with(NoticeKind.CLOSED);

        assertThat(one).isEqualTo(other).hasToString("{TRIAL_ENDING=[PT24H], CLOSED=[]}");
    }
}
