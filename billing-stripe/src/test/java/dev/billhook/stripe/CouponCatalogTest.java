package dev.billhook.stripe;

import static dev.billhook.stripe.testing.OneBuyer.BUYER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.Billing;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.sync.CatalogDiff;
import dev.billhook.coupon.CouponDuration;
import dev.billhook.discount.DiscountCheck;
import dev.billhook.discount.DiscountCheck.Reason;
import dev.billhook.error.RequestRefusedException;
import dev.billhook.stripe.testing.OneBuyer;
import dev.billhook.subscription.BillingTerms;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D6 C19 Coupons are published from the catalog file")
class CouponCatalogTest {
    private static final String PLANS = """
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29, eur: 27}}}
            """;
    private static final String COUPONS = """
            coupons:
              SPRING:
                name: Spring sale
                percent: 12.5
                duration: {months: 3}
                products: [pro]
                max_redemptions: 100
                redeem_by: 2030-06-01T00:00:00Z
                codes:
                  SPRING12: {max_redemptions: 1, minimum: {usd: 20, eur: 18}}
                  HELLO: {first_time: true}
              FIVE: {amount: {usd: 5, eur: 4.50}}
            """;
    private static final PlanKey PRO = PlanKey.of("pro-monthly");

    @AutoClose
    private final OneBuyer shop = new OneBuyer(PLANS + COUPONS);

    /** What another version of the file changes. */
    private CatalogDiff applied(String coupons) {
        try (Billing other = shop.serverOf(PLANS + coupons)) {
            CatalogDiff planned = other.catalogPublisher().plan();
            assertThat(other.catalogPublisher().apply()).isEqualTo(planned);
            assertThat(other.catalogPublisher().plan().describe()).isEmpty();
            return planned;
        }
    }

    private DiscountCheck check(String code) {
        return shop.billing().discounts().check(BUYER, code, PRO);
    }

    @Test
    @DisplayName("D6 every term of the file is at Stripe, and publishing again changes nothing")
    void published() {
        assertThat(shop.billing().catalogPublisher().plan().describe()).isEmpty();
        assertThat(applied(COUPONS).empty()).isTrue();

        assertThat(check("spring12")).isInstanceOfSatisfying(DiscountCheck.Valid.class, valid -> {
            assertThat(valid.coupon().key()).isEqualTo("SPRING");
            assertThat(valid.coupon().name()).isEqualTo("Spring sale");
            assertThat(valid.coupon().reduction()).hasToString("12.5 %");
            assertThat(valid.coupon().duration()).isEqualTo(CouponDuration.months(3));
            assertThat(valid.coupon().products()).containsExactly("pro");
            assertThat(valid.coupon().limits().most()).isEqualTo(100);
            assertThat(valid.coupon().limits().until()).isEqualTo("2030-06-01T00:00:00Z");
        });
        assertThat(shop.get("/v1/coupons/FIVE?expand[0]=currency_options")
                        .at("/currency_options/eur/amount_off")
                        .intValue())
                .isEqualTo(450);
        assertThat(shop.billing().discounts().check(BUYER, "SPRING12", PlanKey.of("hobby-monthly")))
                .isInstanceOfSatisfying(
                        DiscountCheck.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_PRODUCT));
    }

    @Test
    @DisplayName("D6 a name is changed in place, other terms make the coupon anew; who has a discount keeps it")
    void changed() {
        shop.pay("pm_card_visa");
        shop.subscribe("pro-monthly", "");
        shop.billing().discounts().apply(BUYER, "SPRING12");

        assertThat(applied(COUPONS.replace("Spring sale", "May sale")).describe())
                .isEqualTo("~ coupon  SPRING \"May sale\"");
        assertThat(applied(COUPONS.replace("Spring sale", "May sale").replace("12.5", "20"))
                        .describe()
                        .lines())
                .containsExactly(
                        "~ coupon  SPRING (made anew with other terms; discounts that were given stay)",
                        "+ code    SPRING12 of SPRING",
                        "+ code    HELLO of SPRING");

        assertThat(check("SPRING12"))
                .isInstanceOfSatisfying(
                        DiscountCheck.Valid.class,
                        valid -> assertThat(valid.coupon().reduction()).hasToString("20 %"));
        shop.sync();
        assertThat(shop.billing().discounts().list(BUYER))
                .extracting(each -> each.discount())
                .extracting(BillingTerms.Discount::coupon)
                .containsExactly("SPRING");
    }

    @Test
    @DisplayName("D6 a code with other terms is made anew, and the old one no longer counts")
    void changedCode() {
        assertThat(applied(COUPONS.replace("usd: 20, eur: 18", "usd: 30")).describe())
                .isEqualTo("~ code    SPRING12 of SPRING (made anew with other terms)");

        assertThat(check("SPRING12"))
                .isInstanceOfSatisfying(
                        DiscountCheck.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.MINIMUM_AMOUNT));
    }

    @Test
    @DisplayName(
            "D6 a code that is used up, and one an operator ended, are not opened again; what is only at Stripe stays")
    void endedCodes() {
        shop.pay("pm_card_visa");
        shop.subscribe("pro-monthly", "");
        shop.billing().discounts().apply(BUYER, "SPRING12");
        String hello =
                shop.get("/v1/promotion_codes?code=HELLO").at("/data/0/id").textValue();
        shop.post("/v1/promotion_codes/" + hello, "active=false");
        shop.post("/v1/coupons", "id=OTHER&percent_off=5&duration=once");

        assertThat(applied(COUPONS).empty()).isTrue();
        assertThat(applied("").empty()).isTrue();

        assertThat(shop.get("/v1/coupons").path("data")).hasSize(3);
        assertThat(List.of(check("SPRING12"), check("HELLO"))).noneMatch(DiscountCheck::valid);
    }

    @Test
    @DisplayName("D6 a coupon Billhook did not make is not touched; the refusal names the remedy")
    void notOwned() {
        shop.post("/v1/coupons", "id=OTHER&percent_off=5&duration=once");

        try (Billing other = shop.serverOf(PLANS + "coupons: {OTHER: {percent: 10}}")) {
            assertThatExceptionOfType(RequestRefusedException.class)
                    .isThrownBy(() -> other.catalogPublisher().apply())
                    .withMessageContaining("billhook_coupon=OTHER");
        }

        assertThat(shop.get("/v1/coupons/OTHER").path("percent_off").intValue()).isEqualTo(5);
    }
}
