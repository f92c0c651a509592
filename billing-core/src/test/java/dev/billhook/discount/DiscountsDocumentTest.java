package dev.billhook.discount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.coupon.Coupon;
import dev.billhook.coupon.CouponDuration;
import dev.billhook.coupon.RedemptionLimits;
import dev.billhook.coupon.Reduction;
import dev.billhook.discount.PromotionCode.Restrictions;
import dev.billhook.discount.PromotionCode.Used;
import dev.billhook.discount.Purchase.Basket;
import dev.billhook.money.MinorUnits;
import dev.billhook.testing.DocumentTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/discounts.md, row by row. */
@DisplayName("C19 the document tells when a code counts")
class DiscountsDocumentTest {
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
    private static final Instant PAST = NOW.minusSeconds(1);
    private static final Currency USD = MinorUnits.currency("usd");
    private static final Currency EUR = MinorUnits.currency("eur");
    private static final String BUYER = "cus_1";

    static Stream<Arguments> codes() {
        List<List<String>> rows = DocumentTable.rows("discounts.md", "codes");
        assertThat(rows).hasSizeGreaterThan(20);
        return rows.stream().map(row -> Arguments.of(row.get(0), row.get(1), row.get(2)));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("codes")
    @DisplayName("C19 each row is what the decision answers")
    void row(String code, String purchase, String answer) {
        Set<String> facts = Set.of(code.split(", "));
        DiscountCheck check = DiscountRules.judge(facts.contains("none") ? null : code(facts), purchase(purchase), NOW);

        assertThat(
                        check instanceof DiscountCheck.Refused refused
                                ? refused.reason().name()
                                : "valid")
                .isEqualTo(answer);
        assertThat(check.valid()).isEqualTo(answer.equals("valid"));
    }

    private static PromotionCode code(Set<String> facts) {
        boolean used = facts.contains("used up");
        boolean couponUsed = facts.contains("coupon used up");
        Coupon coupon = new Coupon(
                "COUPON",
                null,
                facts.contains("5 EUR off") ? new Reduction.Amount(Map.of(EUR, 500L)) : Reduction.percent(10),
                CouponDuration.once(),
                facts.contains("for pro") ? Set.of("pro") : Set.of(),
                new RedemptionLimits(facts.contains("coupon expired") ? PAST : null, couponUsed ? 9L : null));
        Instant end = facts.contains("expired") ? PAST : facts.contains("expires now") ? NOW : null;
        return new PromotionCode(
                "promo_1",
                "CODE",
                !facts.contains("off"),
                coupon,
                new RedemptionLimits(end, used ? 3L : null),
                new Used(3, 9),
                new Restrictions(owner(facts), facts.contains("first time"), minimum(facts)));
    }

    private static @Nullable String owner(Set<String> facts) {
        return facts.contains("another's") ? "cus_2" : facts.contains("his own") ? BUYER : null;
    }

    private static Map<Currency, Long> minimum(Set<String> facts) {
        return facts.stream()
                .filter(fact -> fact.startsWith("from "))
                .map(fact -> fact.split(" "))
                .collect(Collectors.toMap(
                        parts -> MinorUnits.currency(parts[2]), parts -> Long.parseLong(parts[1]) * 100));
    }

    private static Purchase purchase(String text) {
        List<String> facts = Arrays.asList(text.split(", "));
        String[] words = facts.get(0).split(" ");
        if (words.length == 1) {
            return new Purchase(words[0].equals("nobody") ? null : BUYER, false, null);
        }
        Set<String> coupons = facts.contains("same coupon")
                ? Set.of("COUPON")
                : facts.contains("20 discounts")
                        ? IntStream.range(0, 20).mapToObj(i -> "C" + i).collect(Collectors.toSet())
                        : Set.of();
        Long amount = words[1].equals("at") ? null : Long.parseLong(words[1]) * 100;
        return new Purchase(BUYER, facts.contains("paid before"), new Basket(USD, Set.of(words[0]), amount, coupons));
    }
}
