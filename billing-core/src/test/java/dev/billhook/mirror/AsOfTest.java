package dev.billhook.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.AsOf;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C6 a time known to within some seconds")
class AsOfTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:10Z");
    private static final AsOf WINDOW = new AsOf(T, T.plusSeconds(2));

    @Test
    @DisplayName("is before and after only what it surely is")
    void order() {
        assertThat(WINDOW.before(T.plusSeconds(3))).isTrue();
        assertThat(WINDOW.before(T.plusSeconds(2))).isFalse();
        assertThat(WINDOW.after(T.minusSeconds(1))).isTrue();
        assertThat(WINDOW.after(T)).isFalse();
    }

    @Test
    @DisplayName("advances each end, never back")
    void advance() {
        assertThat(WINDOW.advancedTo(AsOf.at(T.plusSeconds(1))))
                .isEqualTo(new AsOf(T.plusSeconds(1), T.plusSeconds(2)));
        assertThat(WINDOW.advancedTo(AsOf.at(T.minusSeconds(9)))).isEqualTo(WINDOW);
        assertThat(AsOf.at(T).advancedTo(WINDOW)).isEqualTo(WINDOW);
    }

    @Test
    @DisplayName("has whole seconds in their order")
    void seconds() {
        assertThat(new AsOf(T.plusMillis(900), T.plusMillis(1100))).isEqualTo(new AsOf(T, T.plusSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new AsOf(T, T.minusSeconds(1)));
    }
}
