package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.kernel.AmountText;
import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Amounts in words")
final class AmountTextTest {
    @ParameterizedTest
    @CsvSource({
        "0, usd, $0.00",
        "5, usd, $0.05",
        "123456789, usd, '$1,234,567.89'",
        "-1200, usd, −$12.00",
        "1200, jpy, '¥1,200'",
        "1250, kwd, KWD 1.250",
        "1200, chf, CHF 12.00",
        "500, ugx, UGX 5.00",
        "1200, zzz, ZZZ 12.00"
    })
    @DisplayName("A8 have the digits of their currency")
    void hasDigits(long minorUnits, String currency, String expected) {
        assertThat(AmountText.of(minorUnits, currency).replace('\u00a0', ' ')).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0.05, usd, $0.0005", "1250.5, usd, $12.505", "100.0, usd, $1.00", "0.5, jpy, ¥0.5"})
    @DisplayName("show fractions of a minor unit")
    void showsFractions(BigDecimal minorUnits, String currency, String expected) {
        assertThat(AmountText.of(minorUnits, currency)).isEqualTo(expected);
    }
}
