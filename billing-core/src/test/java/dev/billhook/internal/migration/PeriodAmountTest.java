package dev.billhook.internal.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Tier;
import dev.billhook.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C3 What a line costs in a period")
class PeriodAmountTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency JPY = Currency.getInstance("JPY");
    private static final List<Tier> TIERS = List.of(
            new Tier(1L, new BigDecimal("1000"), 500),
            new Tier(10L, new BigDecimal("99.5"), 0),
            new Tier(null, new BigDecimal("0.25"), 7));

    @ParameterizedTest
    @CsvSource({"0, 500", "1, 1500", "2, 1600", "3, 1699", "10, 2396", "11, 2403", "12, 2404", "14, 2404"})
    @DisplayName(
            "graduated: each unit at the price of its tier, each tier rounded half up, its flat amount once reached")
    void graduated(long units, long amount) {
        assertThat(PeriodAmount.of(new Pricing.Graduated(Map.of(USD, TIERS)), USD, units))
                .contains(Money.of(amount, USD));
    }

    @ParameterizedTest
    @CsvSource({"0, 500", "1, 1500", "2, 199", "3, 299", "10, 995", "11, 10", "14, 11"})
    @DisplayName("volume: all units at the price of the tier the total falls in")
    void volume(long units, long amount) {
        assertThat(PeriodAmount.of(new Pricing.Volume(Map.of(USD, TIERS)), USD, units))
                .contains(Money.of(amount, USD));
    }

    @Test
    @DisplayName("A8 flat and by the unit, in minor units of the currency; nothing in a currency it is not sold in")
    void others() {
        Pricing perUnit = new Pricing.PerUnit(Map.of(JPY, 1500L));
        assertThat(PeriodAmount.of(perUnit, JPY, 4)).contains(Money.of(6000, JPY));
        assertThat(PeriodAmount.of(perUnit, USD, 4)).isEmpty();
        assertThat(PeriodAmount.of(new Pricing.Flat(Map.of(USD, 2900L)), USD, 1))
                .contains(Money.of(2900, USD));
    }

    @Test
    @DisplayName("what is charged by use has no amount, and a price that is none of the catalog's neither")
    void unknown() {
        assertThat(PeriodAmount.of(new Pricing.Metered("calls", Map.of(USD, BigDecimal.ONE)), USD, 0))
                .isEmpty();
        assertThat(PeriodAmount.of(null, USD, 1)).isEmpty();
    }
}
