package dev.billhook.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Figures")
class FiguresTest {
    @Test
    @DisplayName("are told as median and range of the rounds")
    void table() {
        Figures figures = new Figures();
        List.of(3.0, 1.0, 2.0).forEach(value -> figures.add("ratio", value));
        List.of(3000.4, 1000.0).forEach(value -> figures.add("rate", value));

        assertThat(figures.table()).isEqualToNormalizingNewlines("""
                | measured | median (range) |
                |---|---:|
                | ratio | 2.00 (1.00–3.00) |
                | rate | 3000 (1000–3000) |
                """);
    }
}
