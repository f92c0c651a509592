package dev.billhook.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C6 failed work is tried again after growing delays")
class RetryPolicyTest {
    @ParameterizedTest(name = "after {0} failures {1}")
    @CsvSource({"1, PT5S", "2, PT10S", "3, PT20S", "13, PT5H41M20S", "14, PT6H", "25, PT6H", "2147483647, PT6H"})
    @DisplayName("C6 the delay doubles with each failure, up to the bound")
    void delays(int failures, Duration delay) {
        assertThat(RetryPolicy.STANDARD.delayAfter(failures)).isEqualTo(delay);
    }

    @Test
    @DisplayName("C6 the standard policy keeps trying for about three days")
    void horizon() {
        Duration total = Duration.ZERO;
        int failures = 1;
        for (; !RetryPolicy.STANDARD.exhausted(failures); failures++) {
            total = total.plus(RetryPolicy.STANDARD.delayAfter(failures));
        }

        assertThat(failures).isEqualTo(25);
        assertThat(total).isBetween(Duration.ofDays(3), Duration.ofDays(4));
    }

    @Test
    @DisplayName("C6 before the first failure there is nothing to wait for")
    void noFailure() {
        assertThatIllegalArgumentException().isThrownBy(() -> RetryPolicy.STANDARD.delayAfter(0));
    }

    @Test
    @DisplayName("C6 long first delays do not overflow")
    void noOverflow() {
        RetryPolicy yearly = new RetryPolicy(99, Duration.ofDays(365), Duration.ofDays(3650));

        assertThat(yearly.delayAfter(98)).isEqualTo(Duration.ofDays(3650));
    }

    @Test
    @DisplayName("C6 a policy makes at least one attempt, and its delays are positive and ordered")
    void invalid() {
        Duration second = Duration.ofSeconds(1);

        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(0, second, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(1, Duration.ZERO, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(1, second.negated(), second));
        assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(1, second, second.minusNanos(1)));
    }
}
