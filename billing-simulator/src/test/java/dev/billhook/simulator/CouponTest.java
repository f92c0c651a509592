package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SimulatorExtension.class)
@DisplayName("Coupons and promotion codes")
class CouponTest extends ApiTest {

    CouponTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName(
            "the smallest purchase of a promotion code is told in every currency when it is asked for, in a list too")
    void minimumInEveryCurrency() {
        String coupon = api.post("/v1/coupons", "percent_off=5").id();
        Answer made = api.post(
                "/v1/promotion_codes",
                "promotion[type]=coupon",
                "promotion[coupon]=" + coupon,
                "restrictions[minimum_amount]=1000",
                "restrictions[minimum_amount_currency]=usd",
                "restrictions[currency_options][eur][minimum_amount]=900",
                "expand[]=restrictions.currency_options");
        assertThat(made.number("/restrictions/currency_options/usd/minimum_amount"))
                .isEqualTo(1000);
        assertThat(made.number("/restrictions/currency_options/eur/minimum_amount"))
                .isEqualTo(900);
        assertThat(api.get("/v1/promotion_codes/" + made.id())
                        .body()
                        .path("restrictions")
                        .has("currency_options"))
                .as("only when it is asked for")
                .isFalse();
        Answer listed =
                api.get("/v1/promotion_codes", "expand[]=data.restrictions.currency_options", "coupon=" + coupon);
        assertThat(listed.number("/data/0/restrictions/currency_options/eur/minimum_amount"))
                .isEqualTo(900);
    }

    @Test
    @DisplayName("a coupon is made, renamed, listed and deleted, each with its event")
    void lifeOfCoupon() {
        Answer made = api.post(
                "/v1/coupons", "id=SUMMER", "amount_off=500", "currency=usd", "currency_options[eur][amount_off]=450");
        assertThat(made.id()).isEqualTo("SUMMER");
        assertThat(made.text("/duration")).isEqualTo("once");
        assertThat(made.body().path("valid").asBoolean()).isTrue();
        assertThat(api.get("/v1/coupons/SUMMER", "expand[]=currency_options")
                        .number("/currency_options/eur/amount_off"))
                .isEqualTo(450);
        assertThat(api.post("/v1/coupons", "id=SUMMER", "percent_off=5").text("/error/code"))
                .isEqualTo("resource_already_exists");
        assertThat(api.post("/v1/coupons/SUMMER", "name=Summer", "metadata[a]=b")
                        .text("/name"))
                .isEqualTo("Summer");
        assertThat(api.events()
                        .get(api.events().size() - 1)
                        .at("/data/previous_attributes/name")
                        .isNull())
                .isTrue();
        assertThat(api.get("/v1/coupons").body().path("data")).hasSize(1);
        assertThat(api.delete("/v1/coupons/SUMMER").body().path("deleted").asBoolean())
                .isTrue();
        assertThat(api.get("/v1/coupons/SUMMER").status()).isEqualTo(404);
        assertThat(api.eventTypes()).containsExactly("coupon.created", "coupon.updated", "coupon.deleted");
    }

    @ParameterizedTest(name = "{0} → {1} {2}")
    @DisplayName("a coupon that makes no sense is refused, naming the parameter")
    @CsvSource({
        "duration=once, percent_off, parameter_missing",
        "percent_off=0, percent_off, ''",
        "percent_off=100.5, percent_off, ''",
        "amount_off=5, currency, parameter_missing",
        "percent_off=5&amount_off=5, percent_off, ''",
        "percent_off=5&duration=repeating, duration_in_months, parameter_missing",
        "percent_off=5&duration_in_months=3, duration_in_months, ''",
        "percent_off=5&max_redemptions=0, max_redemptions, parameter_invalid_integer",
        "percent_off=5&redeem_by=1, redeem_by, ''",
        "percent_off=5&applies_to[products][0]=prod_none, applies_to[products], resource_missing",
        "percent_off=5&colour=red, colour, parameter_unknown",
    })
    void refused(String params, String param, String code) {
        Answer answer = api.post("/v1/coupons", params.split("&"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/param")).isEqualTo(param);
        assertThat(answer.text("/error/code")).isEqualTo(code);
    }

    @Test
    @DisplayName("a promotion code is made, found by its code, switched off and on")
    void lifeOfCode() {
        String coupon = api.post("/v1/coupons", "percent_off=20").id();
        Answer made = code(coupon, "code=FALL20", "metadata[a]=b");
        assertThat(made.text("/promotion/coupon")).isEqualTo(coupon);
        assertThat(made.body().path("active").asBoolean()).isTrue();
        assertThat(code(coupon, "code=fall20").text("/error/code")).isEqualTo("resource_already_exists");
        assertThat(api.get("/v1/promotion_codes", "code=fall20", "expand[]=data.promotion.coupon")
                        .text("/data/0/promotion/coupon/id"))
                .isEqualTo(coupon);
        Answer off = api.post("/v1/promotion_codes/" + made.id(), "active=false");
        assertThat(off.body().path("active").asBoolean()).isFalse();
        assertThat(api.get("/v1/promotion_codes", "active=true").body().path("data"))
                .isEmpty();
        assertThat(api.post("/v1/promotion_codes/" + made.id(), "active=true").status())
                .isEqualTo(200);
        assertThat(api.eventTypes())
                .endsWith("promotion_code.created", "promotion_code.updated", "promotion_code.updated");
        assertThat(api.post("/v1/promotion_codes", "promotion[type]=coupon").text("/error/param"))
                .isEqualTo("promotion[coupon]");
    }

    @Test
    @DisplayName("C19 a code is refused when off, expired, used up, another's, for newcomers or below its minimum")
    void refusedCodes() {
        String coupon =
                api.post("/v1/coupons", "percent_off=20", "duration=forever").id();
        String customer = shop.customer();
        String id = shop.subscribe(customer, shop.monthly(1000)).id();
        long tomorrow = simulator.now().plus(Duration.ofDays(1)).getEpochSecond();
        String expiring = code(coupon, "expires_at=" + tomorrow).id();
        String single = code(coupon, "max_redemptions=1").id();
        simulator.advance(Duration.ofDays(2));
        assertThat(redeem(id, code(coupon, "active=false").id())).contains("not active");
        assertThat(redeem(id, expiring)).contains("expired");
        assertThat(redeem(id, code(coupon, "customer=" + shop.customer()).id())).contains("another customer");
        assertThat(redeem(
                        id,
                        code(coupon, "restrictions[first_time_transaction]=true")
                                .id()))
                .contains("prior transactions");
        assertThat(redeem(
                        id,
                        code(coupon, "restrictions[minimum_amount]=1001", "restrictions[minimum_amount_currency]=usd")
                                .id()))
                .contains("minimum amount");
        assertThat(redeem(id, single)).isEmpty();
        Answer used = api.get("/v1/promotion_codes/" + single);
        assertThat(used.number("/times_redeemed")).isEqualTo(1);
        assertThat(used.body().path("active").asBoolean()).isFalse();
        assertThat(redeem(id, single)).contains("as often");
        assertThat(shop.subscription(id).body().path("discounts")).hasSize(1);
    }

    private String redeem(String subscription, String code) {
        return api.post("/v1/subscriptions/" + subscription, "discounts[0][promotion_code]=" + code)
                .text("/error/message");
    }

    private Answer code(String coupon, String... params) {
        String[] all = java.util.Arrays.copyOf(params, params.length + 2);
        all[params.length] = "promotion[type]=coupon";
        all[params.length + 1] = "promotion[coupon]=" + coupon;
        return api.post("/v1/promotion_codes", all);
    }
}
