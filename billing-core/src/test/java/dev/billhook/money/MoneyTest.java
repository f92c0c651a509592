package dev.billhook.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A8 Money counts the minor units of its currency")
class MoneyTest {
    private static final Currency USD = Currency.getInstance("USD");

    @ParameterizedTest(name = "{0} {1} is {2} minor units")
    @CsvSource({
        "19.99, USD, 1999",
        "19.9, USD, 1990",
        "500, JPY, 500",
        "500.00, JPY, 500",
        "1.250, KWD, 1250",
        "10, ISK, 1000",
        "10, UGX, 1000",
        "0, EUR, 0",
        "-5.00, EUR, -500",
        "92233720368547758.07, USD, 9223372036854775807"
    })
    @DisplayName("A8 major units become minor units by the currency, never by dividing by 100")
    void major(BigDecimal major, String currency, long minor) {
        Money money = Money.ofMajor(major, Currency.getInstance(currency));

        assertThat(money).isEqualTo(Money.of(minor, currency));
        assertThat(money.toMajor()).isEqualByComparingTo(major);
    }

    @ParameterizedTest
    @CsvSource({"19.999, USD", "0.5, JPY", "1.2345, KWD", "92233720368547758.08, USD", "92233720368547758070, JPY"})
    @DisplayName("A8 an amount that minor units cannot hold is refused, not rounded")
    void refusesInexact(BigDecimal major, String currency) {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Money.ofMajor(major, Currency.getInstance(currency)));
    }

    @ParameterizedTest
    @CsvSource({"JPY, 0, 1", "KRW, 0, 1", "USD, 2, 1", "KWD, 3, 10", "TND, 3, 10", "ISK, 2, 100", "UGX, 2, 100"})
    @DisplayName("A8 decimals and the smallest step of a charge follow the provider's table")
    void digits(String currency, int digits, long step) {
        Currency known = MinorUnits.currency(currency.toLowerCase(Locale.ROOT));

        assertThat(MinorUnits.digits(known)).isEqualTo(digits);
        assertThat(MinorUnits.step(known)).isEqualTo(step);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "us", "dollar", "xxy", "U$D"})
    @DisplayName("an unknown currency code is refused by name")
    void unknownCurrency(String code) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of(1, code))
                .withMessage("'" + code + "' is no ISO 4217 currency code");
    }

    @Test
    @DisplayName("sums, differences and multiples are exact and keep the currency")
    void arithmetic() {
        assertThat(Money.of(1999, "usd").plus(Money.of(1, "USD"))).isEqualTo(Money.of(2000, USD));
        assertThat(Money.zero(USD).minus(Money.of(5, USD))).isEqualTo(Money.of(-5, USD));
        assertThat(Money.of(-333, USD).times(3)).isEqualTo(Money.of(-999, USD));
    }

    @Test
    @DisplayName("currencies are never mixed")
    void mixed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.of(1, "usd").plus(Money.of(1, "eur")))
                .withMessageContaining("USD")
                .withMessageContaining("EUR");
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of(1, "usd").minus(Money.of(1, "eur")));
    }

    @Test
    @DisplayName("overflow is an error, never a wrong amount")
    void overflow() {
        Money most = Money.of(Long.MAX_VALUE, USD);
        Money least = Money.of(Long.MIN_VALUE, USD);
        Money one = Money.of(1, USD);

        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.plus(one));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> least.minus(one));
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> most.times(2));
    }

    @ParameterizedTest(name = "{0} {1} in {2} is {3}")
    @CsvSource({
        "1999, USD, en-US, $19.99",
        "500, JPY, en-US, ¥500",
        "1250, KWD, en-US, KWD1.250",
        "123456, EUR, de-DE, '1.234,56€'",
        "-500, USD, en-US, -$5.00"
    })
    @DisplayName("A8 amounts are formatted with the currency's decimals as the locale writes them")
    void formats(long minor, String currency, String locale, String expected) {
        String formatted = Money.of(minor, currency).format(Locale.forLanguageTag(locale));

        assertThat(formatted.replaceAll("[\\p{Z}\\s]", "")).isEqualTo(expected);
    }

    @Test
    @DisplayName("A8 messages show major units and the code")
    void text() {
        assertThat(Money.of(1999, "usd")).hasToString("19.99 USD");
        assertThat(Money.of(500, "jpy")).hasToString("500 JPY");
        assertThat(Money.of(5, "kwd")).hasToString("0.005 KWD");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 20261120, 987654321})
    @DisplayName("A8 for any amount: major units read back equal, and adding then taking away changes nothing")
    void properties(long seed) {
        Random random = new Random(seed);
        List<String> currencies = List.of("USD", "JPY", "KWD", "ISK", "EUR", "XPF");
        for (int i = 0; i < 2_000; i++) {
            Currency currency = Currency.getInstance(currencies.get(random.nextInt(currencies.size())));
            Money a = Money.of(random.nextLong() / 4, currency);
            Money b = Money.of(random.nextLong() / 4, currency);

            assertThat(Money.ofMajor(a.toMajor(), currency)).isEqualTo(a);
            assertThat(a.plus(b).minus(b)).isEqualTo(a);
            assertThat(a.plus(b)).isEqualTo(b.plus(a));
            assertThat(a.plus(a).plus(a)).isEqualTo(a.times(3));
        }
    }
}
