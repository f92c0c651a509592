package dev.billhook.catalog.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.catalog.CatalogException;
import dev.billhook.coupon.CodeTerms;
import dev.billhook.coupon.Coupon;
import dev.billhook.coupon.CouponDuration;
import dev.billhook.coupon.CouponOffer;
import dev.billhook.coupon.RedemptionLimits;
import dev.billhook.coupon.Reduction;
import dev.billhook.money.MinorUnits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C19 Coupons in the catalog file")
class CouponReaderTest {
    private static final String PLANS = """
            products: {pro: {name: Pro, tier: 20}}
            plans: {pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}}
            """;

    private static List<CouponOffer> read(String coupons) {
        return CatalogReader.readYaml(PLANS + "coupons:\n" + coupons.indent(2)).coupons();
    }

    @Test
    @DisplayName("C19 a coupon is read with every term, a code with its own")
    void full() {
        Instant end = Instant.parse("2027-06-01T00:00:00Z");

        assertThat(read("""
                        SPRING:
                          name: Spring
                          percent: 12.50
                          duration: {months: 3}
                          products: [pro]
                          max_redemptions: 100
                          redeem_by: 2027-06-01T00:00:00Z
                          codes:
                            HELLO: {max_redemptions: 5, expires: 2027-05-01T00:00:00Z, first_time: true, minimum: {jpy: 500}}
                        """))
                .containsExactly(new CouponOffer(
                        new Coupon(
                                "SPRING",
                                "Spring",
                                new Reduction.Percent(new BigDecimal("12.5")),
                                CouponDuration.months(3),
                                Set.of("pro"),
                                new RedemptionLimits(end, 100L)),
                        List.of(new CodeTerms(
                                "HELLO",
                                new RedemptionLimits(Instant.parse("2027-05-01T00:00:00Z"), 5L),
                                true,
                                Map.of(MinorUnits.currency("jpy"), 500L)))));
    }

    @Test
    @DisplayName("C19 what is left out is: once, for everything, without limits")
    void brief() {
        assertThat(read("TEN: {percent: 10}"))
                .containsExactly(
                        new CouponOffer(Coupon.of("TEN", Reduction.percent(10), CouponDuration.once()), List.of()));
        assertThat(CatalogReader.readYaml(PLANS).coupons()).isEmpty();
    }

    @ParameterizedTest(name = "C19 {0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "A: {}                                        | either a percent or an amount",
                "A: {percent: 10, amount: {usd: 5}}           | either a percent or an amount",
                "A: {percent: 0}                              | greater than 0",
                "A: {percent: 101}                            | at most 100",
                "A: {amount: {usd: 5.555}}                    | more decimals",
                "A: {amount: {usd: 0}}                        | at least 1 minor unit",
                "A: {percent: 10, duration: always}           | forever",
                "A: {percent: 10, duration: {months: 0}}      | months",
                "A: {percent: 10, products: [team]}           | pro",
                "A: {percent: 10, redeem_by: tomorrow}        | no time like",
                "A: {percent: 10, colour: red}                | colour",
                "a b: {percent: 10}                           | letters, digits",
                "A: {percent: 10, codes: {a b: {}}}           | letters, digits",
                "A: {percent: 10, codes: {HI: {}, hi: {}}}    | twice",
                "A: {percent: 10, max_redemptions: 2, codes: {HI: {max_redemptions: 3}}} | no more often",
                "A: {percent: 10, codes: {HI: {minimum: {usd: 0}}}} | greater than zero"
            })
    @DisplayName("C19 whatever is wrong is told with its place")
    void wrong(String coupons, String problem) {
        assertThatExceptionOfType(CatalogException.class)
                .isThrownBy(() -> read(coupons))
                .withMessageContaining("coupons")
                .withMessageContaining(problem);
    }
}
