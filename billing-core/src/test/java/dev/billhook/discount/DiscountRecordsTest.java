package dev.billhook.discount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.account.AccountRef;
import dev.billhook.coupon.Coupon;
import dev.billhook.coupon.CouponDuration;
import dev.billhook.coupon.RedemptionLimits;
import dev.billhook.coupon.Reduction;
import dev.billhook.money.MinorUnits;
import dev.billhook.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C19 What discounts are described by")
class DiscountRecordsTest {
    private static final ReferralRequest REQUEST = ReferralRequest.of(Reduction.percent(10));

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "100.01", "12.345"})
    @DisplayName("C19 a percentage is greater than 0, at most 100 and has at most two decimals")
    void percent(String percent) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Reduction.Percent(new BigDecimal(percent)));
        assertThat(new Reduction.Percent(new BigDecimal("100.00"))).isEqualTo(Reduction.percent(100));
    }

    @Test
    @DisplayName("A8 an amount is in minor units of each currency, and works in no other")
    void amount() {
        Reduction yen = Reduction.amount(Money.of(500, "jpy"));

        assertThat(yen).hasToString("500 JPY");
        assertThat(yen.worksIn(MinorUnits.currency("jpy"))).isTrue();
        assertThat(yen.worksIn(MinorUnits.currency("usd"))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new Reduction.Amount(Map.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> Reduction.amount(Money.of(0, "usd")));
    }

    @Test
    @DisplayName("C19 a coupon's key, name, months and limits are checked")
    void coupon() {
        Reduction ten = Reduction.percent(10);
        assertThatIllegalArgumentException().isThrownBy(() -> Coupon.of("a b", ten, CouponDuration.once()));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Coupon("A", "n".repeat(41), ten, CouponDuration.once(), Set.of(), RedemptionLimits.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> CouponDuration.months(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new RedemptionLimits(null, 0L));
    }

    @Test
    @DisplayName("C19 a limit of time ends after its last moment, one of number with its last redemption")
    void limits() {
        Instant end = Instant.parse("2026-01-01T00:00:00Z");
        RedemptionLimits limits = new RedemptionLimits(end, 2L);

        assertThat(limits.passed(end)).isFalse();
        assertThat(limits.passed(end.plusSeconds(1))).isTrue();
        assertThat(limits.usedUp(1)).isFalse();
        assertThat(limits.usedUp(2)).isTrue();
        assertThat(RedemptionLimits.NONE.usedUp(Long.MAX_VALUE)).isFalse();
    }

    @Test
    @DisplayName("C19 a referral request keeps what it was told, in any order")
    void referral() {
        AccountRef ada = AccountRef.of("user", "ada");
        Instant end = Instant.parse("2026-01-01T00:00:00Z");

        assertThat(REQUEST.forAccount(ada)
                        .forFirstTimeBuyers()
                        .redeemableAtMost(3)
                        .redeemableUntil(end))
                .isEqualTo(REQUEST.redeemableUntil(end)
                        .redeemableAtMost(3)
                        .forFirstTimeBuyers()
                        .forAccount(ada));
        assertThat(REQUEST.withMetadata("a", "1").withMetadata("b", "2").metadata())
                .isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    @DisplayName("C19 words and notes the provider would refuse are refused at once")
    void refusedRequests() {
        assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.withCode("no blanks"));
        assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.withMetadata("billhook_account", "user:1"));
        assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.withMetadata("note", "x".repeat(501)));
        assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.forAtLeast(Money.of(0, "usd")));
    }
}
