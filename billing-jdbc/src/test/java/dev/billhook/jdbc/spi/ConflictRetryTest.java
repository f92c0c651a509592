package dev.billhook.jdbc.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.StoreException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConflictRetryTest {
    private final AtomicInteger attempts = new AtomicInteger();

    @ParameterizedTest(name = "SQLState {0} with code {1} is a conflict: {2}")
    @CsvSource({
        "40001, 0, true",
        "40P01, 0, true",
        "40001, 1213, true",
        "HY000, 1020, true",
        "90131, 90131, true",
        "55P03, 0, false",
        "HY000, 1205, false",
        "08006, 0, false",
        "23505, 0, false",
        "40003, 0, false",
    })
    void isConflict(String state, int code, boolean conflict) {
        Throwable failure =
                new IllegalStateException(new StoreException("x", true, new SQLException("y", state, code)));

        assertThat(ConflictRetry.isConflict(failure)).isEqualTo(conflict);
    }

    @Test
    @DisplayName("A conflict is tried again until it is gone")
    void repeats() {
        String result = ConflictRetry.run(() -> {
            if (attempts.incrementAndGet() < 3) {
                throw conflict();
            }
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(attempts).hasValue(3);
    }

    @Test
    @DisplayName("After the fifth conflict the caller is told")
    void givesUp() {
        assertThatThrownBy(() -> ConflictRetry.run(() -> {
                    attempts.incrementAndGet();
                    throw conflict();
                }))
                .isInstanceOf(StoreException.class);

        assertThat(attempts).hasValue(5);
    }

    @Test
    @DisplayName("Any other failure is passed on at once")
    void passesOn() {
        assertThatThrownBy(() -> ConflictRetry.run(() -> {
                    attempts.incrementAndGet();
                    throw new StoreException("lost", true, new SQLException("gone", "08006"));
                }))
                .isInstanceOf(StoreException.class);

        assertThat(attempts).hasValue(1);
    }

    private static StoreException conflict() {
        return new StoreException("deadlock", true, new SQLException("deadlock", "40001"));
    }
}
