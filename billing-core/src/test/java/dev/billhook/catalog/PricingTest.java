package dev.billhook.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("B3 prices, tiers, intervals, trials, units and limits are valid or do not exist")
class PricingTest {
    private static final Currency USD = Currency.getInstance("USD");
    private static final Currency EUR = Currency.getInstance("EUR");

    @Test
    @DisplayName("B3 every kind of pricing knows its currencies, the one charged by default first")
    void currencies() {
        Map<Currency, Long> amounts = usdFirst(2900L, 2700L);
        Map<Currency, List<Tier>> tiers = usdFirst(List.of(tier(null, 5)), List.of(tier(null, 4)));
        List<Pricing> kinds = List.of(
                new Pricing.Flat(amounts),
                new Pricing.PerUnit(amounts),
                new Pricing.Graduated(tiers),
                new Pricing.Volume(tiers),
                new Pricing.Metered("calls", usdFirst(BigDecimal.ONE, BigDecimal.ONE)),
                new Pricing.OneTime(amounts));

        assertThat(kinds).allSatisfy(kind -> assertThat(kind.currencies()).containsExactly(USD, EUR));
    }

    private static <V> Map<Currency, V> usdFirst(V usd, V eur) {
        Map<Currency, V> ordered = new LinkedHashMap<>();
        ordered.put(USD, usd);
        ordered.put(EUR, eur);
        return ordered;
    }

    @Test
    @DisplayName("C7 only per-unit and tiered prices take units")
    void takesUnits() {
        Map<Currency, Long> amounts = Map.of(USD, 1L);
        Map<Currency, List<Tier>> tiers = Map.of(USD, List.of(tier(null, 1)));

        assertThat(new Pricing.PerUnit(amounts).takesUnits()).isTrue();
        assertThat(new Pricing.Graduated(tiers).takesUnits()).isTrue();
        assertThat(new Pricing.Volume(tiers).takesUnits()).isTrue();
        assertThat(new Pricing.Flat(amounts).takesUnits()).isFalse();
        assertThat(new Pricing.OneTime(amounts).takesUnits()).isFalse();
        assertThat(new Pricing.Metered("m", Map.of(USD, BigDecimal.ONE)).takesUnits())
                .isFalse();
    }

    @Test
    @DisplayName("B3 a price has a currency and no negative amount")
    void invalidAmounts() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Pricing.Flat(Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pricing.Graduated(Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pricing.PerUnit(Map.of(USD, -1L)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pricing.OneTime(Map.of(USD, -1L)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pricing.Metered("m", Map.of(USD, new BigDecimal("-0.1"))));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pricing.Metered(" ", Map.of(USD, BigDecimal.ONE)));
        assertThatIllegalArgumentException().isThrownBy(() -> tier(0L, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> tier(1L, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Tier(1L, BigDecimal.ONE, -1));
    }

    @Test
    @DisplayName("B3 tiers ascend, and the last one, and only it, is open")
    void invalidTiers() {
        assertTiersRefused("at least one tier", List.of());
        assertTiersRefused("only it, is open", List.of(tier(10L, 1)));
        assertTiersRefused("only it, is open", List.of(tier(null, 1), tier(null, 1)));
        assertTiersRefused("5 follows 10", List.of(tier(10L, 1), tier(5L, 1), tier(null, 1)));
        assertTiersRefused("10 follows 10", List.of(tier(10L, 1), tier(10L, 1), tier(null, 1)));
        assertThat(new Pricing.Volume(Map.of(USD, List.of(tier(1L, 2), tier(null, 1))))
                        .tiers()
                        .get(USD))
                .hasSize(2);
    }

    @Test
    @DisplayName("B4 equal amounts are equal however they are written, so that no price is replaced without need")
    void equalHoweverWritten() {
        assertThat(new Pricing.Metered("m", Map.of(USD, new BigDecimal("0.20"))))
                .isEqualTo(new Pricing.Metered("m", Map.of(USD, new BigDecimal("0.2"))));
        assertThat(new Tier(null, new BigDecimal("500.00"), 0)).isEqualTo(new Tier(null, new BigDecimal("500"), 0));
    }

    @Test
    @DisplayName("a price does not change when the map it was made from does")
    void copies() {
        Map<Currency, Long> amounts = new HashMap<>(Map.of(USD, 1L));
        Pricing.Flat flat = new Pricing.Flat(amounts);
        amounts.put(USD, 2L);

        assertThat(flat.amounts()).containsEntry(USD, 1L);
    }

    @ParameterizedTest
    @CsvSource({"DAY, 1095", "WEEK, 156", "MONTH, 36", "YEAR, 3", "ONCE, 1"})
    @DisplayName("C1 an interval lasts at most three years")
    void intervals(BillingInterval.Unit unit, int most) {
        assertThat(new BillingInterval(unit, most).recurring()).isEqualTo(unit != BillingInterval.Unit.ONCE);
        assertThatIllegalArgumentException().isThrownBy(() -> new BillingInterval(unit, most + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new BillingInterval(unit, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 731})
    @DisplayName("C9 a trial lasts 1 to 730 days")
    void trials(int days) {
        assertThatIllegalArgumentException().isThrownBy(() -> new TrialTerms(days, true));
        assertThat(new TrialTerms(730, false).days()).isEqualTo(730);
    }

    @ParameterizedTest(name = "{0} units within {1} to {2} become {3}")
    @CsvSource({"0, 1, 5, 1", "1, 1, 5, 1", "3, 1, 5, 3", "5, 1, 5, 5", "6, 1, 5, 5", "9, 0, , 9", "-1, 0, , 0"})
    @DisplayName("C7 units outside a plan's terms are not allowed and clamped to the nearest that are")
    void units(long units, long minimum, @Nullable Long maximum, long clamped) {
        UnitTerms terms = new UnitTerms(minimum, maximum);

        assertThat(terms.clamp(units)).isEqualTo(clamped);
        assertThat(terms.allows(units)).isEqualTo(units == clamped);
        assertThat(terms.allows(clamped)).isTrue();
    }

    @Test
    @DisplayName("C7 unit terms satisfy 0 <= minimum <= maximum")
    void invalidUnits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new UnitTerms(-1, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new UnitTerms(3, 2L));
    }

    @Test
    @DisplayName("C21 a limit counts per unit where it says so, and of two the more generous holds")
    void limits() {
        assertThat(Limit.perUnit(5).forUnits(3)).isEqualTo(Limit.of(15));
        assertThat(Limit.of(5).forUnits(3)).isEqualTo(Limit.of(5));
        assertThat(Limit.unlimited().forUnits(3)).isEqualTo(Limit.unlimited());
        assertThat(Limit.of(5).max(Limit.of(7))).isEqualTo(Limit.of(7));
        assertThat(Limit.of(7).max(Limit.of(5))).isEqualTo(Limit.of(7));
        assertThat(Limit.of(7).max(Limit.unlimited())).isEqualTo(Limit.unlimited());
        assertThat(Limit.unlimited().max(Limit.of(7))).isEqualTo(Limit.unlimited());
        assertThatIllegalArgumentException().isThrownBy(() -> Limit.of(-1));
    }

    private static void assertTiersRefused(String why, List<Tier> tiers) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pricing.Graduated(Map.of(USD, tiers)))
                .withMessageContaining(why);
    }

    private static Tier tier(@Nullable Long upTo, long unit) {
        return new Tier(upTo, BigDecimal.valueOf(unit), 0);
    }
}
