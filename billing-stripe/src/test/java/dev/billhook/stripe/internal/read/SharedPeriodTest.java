package dev.billhook.stripe.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("One period for all lines, as versions before 2025-03-31 show it,")
class SharedPeriodTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest(name = "{0} {1} and {2} {3}, own periods {4}: incomplete {5}")
    @CsvSource({
        "month, 1, year, 1, false, true",
        "month, 1, month, 3, false, true",
        "month, 1, month, 1, false, false",
        "month, 1, year, 1, true, false"
    })
    @DisplayName("C6 does not tell the periods of lines of different intervals")
    void differentIntervals(String one, int count, String other, int otherCount, boolean own, boolean incomplete)
            throws IOException {
        String period = own ? ",\"current_period_end\":1800000000" : "";
        JsonNode subscription = MAPPER.readTree("{\"current_period_end\":1800000000,\"items\":{\"data\":["
                + line(one, count, period) + "," + line(other, otherCount, period) + "]}}");
        assertThat(SubscriptionReader.incomplete(subscription)).isEqualTo(incomplete);
    }

    private static String line(String interval, int count, String period) {
        return "{\"price\":{\"recurring\":{\"interval\":\"%s\",\"interval_count\":%d}}%s}"
                .formatted(interval, count, period);
    }
}
