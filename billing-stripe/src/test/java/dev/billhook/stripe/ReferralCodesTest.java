package dev.billhook.stripe;

import static dev.billhook.stripe.testing.OneBuyer.BUYER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.coupon.CouponDuration;
import dev.billhook.coupon.Reduction;
import dev.billhook.discount.DiscountCheck;
import dev.billhook.discount.DiscountCheck.Reason;
import dev.billhook.discount.DiscountService;
import dev.billhook.discount.ReferralCode;
import dev.billhook.discount.ReferralRequest;
import dev.billhook.money.Money;
import dev.billhook.stripe.testing.OneBuyer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C19 Referral codes against a Stripe that remembers")
class ReferralCodesTest {
    private static final String CATALOG = """
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
            """;
    private static final PlanKey HOBBY = PlanKey.of("hobby-monthly");
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final AccountRef OTHER = AccountRef.of("user", "7");

    @AutoClose
    private final OneBuyer shop = new OneBuyer(CATALOG);

    private final DiscountService discounts = shop.billing().discounts();

    private Reason refusal(AccountRef account, String code, PlanKey plan) {
        assertThat(discounts.check(account, code, plan)).isInstanceOf(DiscountCheck.Refused.class);
        return ((DiscountCheck.Refused) discounts.check(account, code, plan)).reason();
    }

    @Test
    @DisplayName("C19 a referral code has the limits it was asked for")
    void referral() {
        Instant end = shop.simulator().now().plus(Duration.ofDays(30));

        ReferralCode made = discounts.createReferral(ReferralRequest.of(Reduction.percent(20))
                .lasting(CouponDuration.months(2))
                .withCode("ADA-20")
                .redeemableAtMost(5)
                .redeemableUntil(end)
                .forFirstTimeBuyers()
                .forAtLeast(Money.of(1000, "usd"))
                .forAccount(BUYER)
                .withMetadata("referrer", "ada"));

        assertThat(made.code()).isEqualTo("ADA-20");
        assertThat(made.limits().most()).isEqualTo(5);
        assertThat(made.limits().until()).isEqualTo(end);
        assertThat(made.redeemed()).isZero();
        assertThat(made.coupon().reduction()).isEqualTo(Reduction.percent(20));
        assertThat(made.coupon().duration()).isEqualTo(CouponDuration.months(2));
        assertThat(shop.get("/v1/promotion_codes?code=ADA-20")
                        .at("/data/0/metadata/referrer")
                        .textValue())
                .isEqualTo("ada");
        shop.register(OTHER);
        assertThat(refusal(OTHER, "ADA-20", PRO)).isEqualTo(Reason.OTHER_CUSTOMER);
        assertThat(refusal(BUYER, "ADA-20", HOBBY)).isEqualTo(Reason.MINIMUM_AMOUNT);
        assertThat(discounts.check(BUYER, "ADA-20", PRO).valid()).isTrue();
        shop.pay("pm_card_visa");
        shop.subscribe("pro-monthly", "");
        assertThat(refusal(BUYER, "ADA-20", PRO)).isEqualTo(Reason.FIRST_TIME_ONLY);
    }

    @Test
    @DisplayName("C19 referral codes of the same terms share a coupon, have words of their own, and are made once")
    void referralsShareACoupon() {
        RequestKey key = RequestKey.random();
        ReferralRequest request = ReferralRequest.of(Reduction.amount(Money.of(500, "usd")));

        ReferralCode first = discounts.createReferral(request, key);
        ReferralCode again = discounts.createReferral(request, key);
        ReferralCode second = discounts.createReferral(request);

        assertThat(again).isEqualTo(first);
        assertThat(second.code()).isNotEqualTo(first.code());
        assertThat(second.coupon()).isEqualTo(first.coupon());
        assertThat(shop.get("/v1/coupons").path("data")).hasSize(1);
        assertThat(shop.get("/v1/promotion_codes").path("data")).hasSize(2);
    }

    @Test
    @DisplayName("C19 a word that is taken, and an end that has passed, are refused with the remedy")
    void refusedReferrals() {
        ReferralRequest request = ReferralRequest.of(Reduction.percent(10)).withCode("HELLO");
        discounts.createReferral(request);

        assertThatExceptionOfType(InvalidStateException.class)
                .isThrownBy(() -> discounts.createReferral(request))
                .withMessageContaining("choose another word");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> discounts.createReferral(
                        request.redeemableUntil(shop.simulator().now())));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> discounts.createReferral(request.forAccount(AccountRef.of("user", "nobody"))));
    }

    @Test
    @DisplayName("C19 a code for an account that has no customer yet makes its customer")
    void referralForNewAccount() {
        shop.billing().accounts().register(OTHER, AccountProfile.empty());

        ReferralCode made = discounts.createReferral(
                ReferralRequest.of(Reduction.percent(10)).forAccount(OTHER));

        assertThat(discounts.check(OTHER, made.code(), PRO).valid()).isTrue();
        assertThat(refusal(BUYER, made.code(), PRO)).isEqualTo(Reason.OTHER_CUSTOMER);
    }
}
