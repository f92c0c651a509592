package dev.billhook.simulator.page;

import static dev.billhook.simulator.page.Stage.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.page.Browser.Page;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Discounts on hosted Checkout")
final class CheckoutDiscountTest extends StageTest {
    @Test
    @DisplayName("B6 a shop's discount is shown, paid and kept on the subscription")
    void ofShop() {
        String coupon = stage.api
                .post("/v1/coupons", "percent_off=25", "duration=forever", "name=Friends")
                .id();
        String id = stage.subscriptionSession("discounts[0][coupon]=" + coupon);
        Answer session = stage.api.get("/v1/checkout/sessions/" + id);
        assertThat(session.number("/amount_subtotal")).isEqualTo(1200);
        assertThat(session.number("/amount_total")).isEqualTo(900);
        assertThat(session.number("/total_details/amount_discount")).isEqualTo(300);
        assertThat(session.text("/discounts/0/coupon")).isEqualTo(coupon);
        Page page = browser.open("/pay/" + id);
        assertThat(page.text()).contains("Discount Friends −$3.00").contains("Total due today $9.00");
        page.fill("E-mail", "jo@example.com").card(VISA).press("Subscribe");
        Answer paid = stage.api.get("/v1/checkout/sessions/" + id, "expand[]=invoice", "expand[]=subscription");
        assertThat(paid.number("/invoice/amount_paid")).isEqualTo(900);
        assertThat(paid.body().at("/subscription/discounts")).hasSize(1);
    }

    @Test
    @DisplayName(
            "B6 a person enters a promotion code: a wrong one is explained, a right one reduces, and can be removed")
    void entered() {
        String coupon =
                stage.api.post("/v1/coupons", "amount_off=200", "currency=usd").id();
        String code = stage.api
                .post("/v1/promotion_codes", "promotion[type]=coupon", "promotion[coupon]=" + coupon, "code=HELLO")
                .id();
        String id = stage.subscriptionSession("allow_promotion_codes=true");
        Page wrong = browser.open("/pay/" + id).fill("Promotion code", "NOPE").press("Apply");
        assertThat(wrong.html().select("#promotion-error").text()).isEqualTo("This code is invalid.");
        Page reduced = wrong.fill("Promotion code", "hello").press("Apply");
        assertThat(reduced.text()).contains("Total due today $10.00");
        Page removed = reduced.press("Remove the promotion code");
        assertThat(removed.text()).contains("Total due today $12.00");
        removed.fill("Promotion code", "HELLO")
                .press("Apply")
                .fill("E-mail", "jo@example.com")
                .card(VISA)
                .press("Subscribe");
        Answer session = stage.api.get("/v1/checkout/sessions/" + id);
        assertThat(session.text("/status")).isEqualTo("complete");
        assertThat(session.text("/discounts/0/promotion_code")).isEqualTo(code);
        assertThat(stage.api.get("/v1/invoices/" + session.text("/invoice")).number("/amount_paid"))
                .isEqualTo(1000);
        assertThat(stage.api.get("/v1/promotion_codes/" + code).number("/times_redeemed"))
                .isEqualTo(1);
    }

    @Test
    @DisplayName(
            "a payment may be free with a discount, then no card is asked; two ways to a discount exclude each other")
    void edges() {
        String coupon = stage.api.post("/v1/coupons", "percent_off=100").id();
        String id = stage.session(
                "mode=payment",
                "line_items[0][price]=" + stage.oneTime("500", "usd"),
                "line_items[0][quantity]=1",
                "discounts[0][coupon]=" + coupon);
        Page page = browser.open("/pay/" + id);
        assertThat(page.text()).contains("No card is needed now.");
        page.fill("E-mail", "jo@example.com").press("Pay");
        Answer session = stage.api.get("/v1/checkout/sessions/" + id);
        assertThat(session.text("/payment_status")).isEqualTo("no_payment_required");
        assertThat(session.text("/payment_method_collection")).isEqualTo("if_required");
        assertThat(session.text("/customer")).startsWith("cus_");
        assertThat(session.body().path("payment_intent").isNull()).isTrue();
        assertThat(stage.api.get("/v1/coupons/" + coupon).number("/times_redeemed"))
                .isEqualTo(1);
        Answer both = stage.api.post(
                "/v1/checkout/sessions",
                "mode=subscription",
                "success_url=http://shop.example/ok",
                "line_items[0][price]=" + stage.monthly,
                "line_items[0][quantity]=1",
                "allow_promotion_codes=true",
                "discounts[0][coupon]=" + coupon);
        assertThat(both.status()).isEqualTo(400);
    }
}
