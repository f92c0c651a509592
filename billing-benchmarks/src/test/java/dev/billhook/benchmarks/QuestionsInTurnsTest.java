package dev.billhook.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D2 The question that is not remembered")
class QuestionsInTurnsTest {
    @Test
    @DisplayName("is measured in turns with its limits")
    void run() throws Exception {
        assertThat(QuestionsInTurns.run(0, 1, 20).table())
                .contains("`select`, rate against `select` | 1.00 (1.00–1.00)")
                .contains("`statement`, rate against `select`")
                .contains("`resolve`, µs at the median")
                .contains("`resolve`, rate against `select`");
    }
}
