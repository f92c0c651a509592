package dev.billhook.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.StoreException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailuresTest {
    @ParameterizedTest(name = "{3}: SQLState {0} with code {1} can be retried: {2}")
    @CsvSource({
        "40P01, 0, true, deadlock",
        "55P03, 0, true, PostgreSQL lock timeout",
        "HY000, 1205, true, MySQL lock timeout",
        "HYT00, 50200, true, H2 lock timeout",
        "08006, 0, true, connection lost",
        "57P01, 0, true, server shut down",
        "08007, 0, true, nobody knows whether it was committed",
        "40003, 0, true, nobody knows whether it was done",
        "53100, 0, true, disk full",
        "53300, 0, true, too many connections",
        "58030, 0, true, input or output failed",
        "57014, 0, true, statement took too long",
        "25006, 0, true, read-only after a failover",
        "25P03, 0, true, idle in transaction for too long",
        "HY000, 1021, true, MySQL disk full",
        "HY000, 1114, true, MySQL table full",
        "HY000, 1290, true, MySQL read-only",
        "70100, 1969, true, MariaDB statement took too long",
        "90098, 90098, true, H2 closed",
        "90028, 90028, true, H2 input or output failed",
        "23505, 0, false, duplicate",
        "22001, 0, false, too long",
        "42P01, 0, false, no such table",
        "25P02, 0, false, transaction spoiled",
    })
    void retryable(String state, int code, boolean retryable, String meaning) {
        StoreException failure = SqlFailures.translate(new SQLException(meaning, state, code));

        assertThat(failure.retryable()).isEqualTo(retryable);
        assertThat(failure).hasMessageContaining(state).hasMessageContaining("code " + code);
    }

    @Test
    @DisplayName("A pool that is exhausted can be retried")
    void poolTimeout() {
        assertThat(SqlFailures.translate(new SQLTransientConnectionException("no connection"))
                        .retryable())
                .isTrue();
    }

    @ParameterizedTest(name = "SQLState {0} with code {1} is a duplicate: {2}")
    @CsvSource({"23505, 23505, true", "23505, 0, true", "23000, 1062, true", "23000, 1048, false", "HY000, 1062, false"
    })
    void duplicate(String state, int code, boolean duplicate) {
        assertThat(SqlFailures.isDuplicate(new SQLException("x", state, code))).isEqualTo(duplicate);
    }

    @Test
    @DisplayName("The driver's text is kept unless the data is at fault")
    void text() {
        assertThat(SqlFailures.translate(new SQLException("syntax error", "42601")))
                .hasStackTraceContaining("syntax error");
        assertThat(SqlFailures.translate(new SQLException("Failing row contains (Bob)", "23502")))
                .hasRootCauseMessage("SQLException (text withheld, it may quote the row)");
    }
}
