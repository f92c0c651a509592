package dev.billhook.simulator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.page.Browser.Page;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Customer Portal: what the configuration allows")
final class PortalPlanTest extends StageTest {
    private static final String UPDATE = "features[subscription_update]";

    private final String customer = stage.customer();
    private final String subscription = stage.subscribed(customer);

    @Test
    @DisplayName(
            "C2 a switch that costs less waits for the end of the period where the configuration says so, and can be taken back")
    void schedules() {
        String cheap = stage.price("500", "usd", "month");
        String url = portal(
                UPDATE + "[products][0][prices][2]=" + cheap,
                UPDATE + "[schedule_at_period_end][conditions][0][type]=decreasing_item_amount");

        Page confirm = choose(url, cheap);
        assertThat(confirm.text())
                .contains("Your plan changes on 28 February 2027")
                .contains("Amount due now $0.00");
        Page planned = confirm.press("Confirm plan");
        assertThat(planned.text())
                .contains("$12.00 per month")
                .contains("Changes to Pro, $5.00 per month on 28 February 2027");
        assertThat(price()).isEqualTo(stage.monthly);

        Page kept = planned.press("Keep current plan");
        assertThat(kept.text()).contains("Your plan stays as it is.").doesNotContain("Changes to");
        choose(url, cheap).press("Confirm plan");
        stage.simulator.advance(Period.ofMonths(1).plusDays(1));

        assertThat(price()).isEqualTo(cheap);
        assertThat(stage.api.get("/v1/invoices").number("/data/0/total")).isEqualTo(500);
    }

    @Test
    @DisplayName("C2 a switch that waits gives way to one at once and to a cancellation")
    void givesWay() {
        String cheap = stage.price("500", "usd", "month");
        String url = portal(
                UPDATE + "[products][0][prices][2]=" + cheap,
                UPDATE + "[schedule_at_period_end][conditions][0][type]=decreasing_item_amount");
        choose(url, cheap).press("Confirm plan");

        choose(url, stage.yearly).press("Confirm plan");
        assertThat(price()).isEqualTo(stage.yearly);
        assertThat(stage.api
                        .get("/v1/subscriptions/" + subscription)
                        .body()
                        .path("schedule")
                        .isNull())
                .isTrue();

        choose(url, cheap).press("Confirm plan");
        Page cancelled = browser.open(url + "?home=1").click("Cancel plan").press("Confirm cancellation");
        assertThat(cancelled.text()).contains("Your plan is cancelled.").doesNotContain("Changes to");
    }

    @Test
    @DisplayName("C2 a shorter interval waits for the end of the period where the configuration says so")
    void waitsForShorterInterval() {
        String url = portal(UPDATE + "[schedule_at_period_end][conditions][0][type]=shortening_interval");
        choose(url, stage.yearly).press("Confirm plan");
        assertThat(price()).isEqualTo(stage.yearly);

        assertThat(choose(url, stage.monthly).text()).contains("Your plan changes on 31 January 2028");
    }

    @Test
    @DisplayName("C3 a quantity stays within the limits of the product")
    void limitsQuantity() {
        String url = portal(
                UPDATE + "[products][0][adjustable_quantity][enabled]=true",
                UPDATE + "[products][0][adjustable_quantity][minimum]=1",
                UPDATE + "[products][0][adjustable_quantity][maximum]=5");
        Page form = browser.open(url).click("Update plan");
        assertThat(form.text()).contains("Pro: 1 to 5.");

        Page refused = form.fill("Quantity", "6").press("Continue");
        assertThat(refused.text()).contains("between 1 and 5");
        assertThat(refused.hasButton("Confirm plan")).isFalse();

        form.fill("Quantity", "3").press("Continue").press("Confirm plan");
        assertThat(stage.api.get("/v1/subscriptions/" + subscription).number("/items/data/0/quantity"))
                .isEqualTo(3);
    }

    @Test
    @DisplayName("what the configuration does not let change cannot be changed by a forged form either")
    void refusesForged() {
        String url = portal();
        assertThat(browser.open(url).click("Update plan").html().select("#quantity, #code"))
                .isEmpty();
        String confirm = url + "/subscriptions/" + subscription + "/confirm";

        assertThat(browser.post(confirm, Map.of("price", stage.monthly, "quantity", "9"))
                        .text())
                .contains("does not offer other quantities");
        assertThat(browser.post(confirm, Map.of("price", stage.price("1", "usd", "month"), "quantity", "1"))
                        .text())
                .contains("does not offer this price");
        assertThat(browser.post(confirm, Map.of("price", stage.yearly, "quantity", "1", "code", "FREE"))
                        .text())
                .contains("The code FREE is not valid");
        assertThat(price()).isEqualTo(stage.monthly);
    }

    @Test
    @DisplayName("C7 a promotion code is taken where the configuration says so")
    void takesCode() {
        String coupon = stage.api
                .post("/v1/coupons", "percent_off=50", "duration=forever")
                .id();
        stage.api.post("/v1/promotion_codes", "promotion[type]=coupon", "promotion[coupon]=" + coupon, "code=HALF");
        String url = portal(UPDATE + "[default_allowed_updates][1]=promotion_code");

        Page form = browser.open(url).click("Update plan").choose("price", stage.yearly);
        assertThat(form.fill("Promotion code (optional)", "nothing")
                        .press("Continue")
                        .text())
                .contains("The code nothing is not valid");
        form.fill("Promotion code (optional)", "half").press("Continue").press("Confirm plan");

        Answer after = stage.api.get("/v1/subscriptions/" + subscription, "expand[]=discounts");
        assertThat(after.text("/discounts/0/source/coupon")).isEqualTo(coupon);
    }

    @Test
    @DisplayName("C2 a switch ends the trial, or lets it go on, as the configuration says")
    void endsTrial() {
        for (String behaviour : List.of("end_trial", "continue_trial")) {
            String trying = stage.customer();
            stage.api.post("/v1/payment_methods/pm_card_visa/attach", "customer=" + trying);
            String method = stage.api
                    .get("/v1/customers/" + trying + "/payment_methods")
                    .text("/data/0/id");
            String trial = stage.api
                    .post(
                            "/v1/subscriptions",
                            "customer=" + trying,
                            "items[0][price]=" + stage.monthly,
                            "default_payment_method=" + method,
                            "trial_period_days=14")
                    .id();
            String url = stage.portal(
                    trying, "configuration=" + configuration(UPDATE + "[trial_update_behavior]=" + behaviour));

            choose(url, stage.yearly).press("Confirm plan");

            assertThat(stage.status(trial)).isEqualTo(behaviour.equals("end_trial") ? "active" : "trialing");
        }
    }

    @Test
    @DisplayName("C16 who is about to leave is offered a coupon, once, and stays with it")
    void offersCoupon() {
        String coupon = stage.api
                .post("/v1/coupons", "percent_off=20", "duration=repeating", "duration_in_months=3")
                .id();
        String url = stage.portal(
                customer,
                "flow_data[type]=subscription_cancel",
                "flow_data[subscription_cancel][subscription]=" + subscription,
                "flow_data[subscription_cancel][retention][type]=coupon_offer",
                "flow_data[subscription_cancel][retention][coupon_offer][coupon]=" + coupon,
                "flow_data[after_completion][type]=hosted_confirmation",
                "flow_data[after_completion][hosted_confirmation][custom_message]=Good that you stay");

        Page offer = browser.open(url);
        assertThat(offer.text()).contains("Stay and get 20% off for 3 months");
        Page stayed = offer.press("Accept offer and stay");

        assertThat(stayed.text()).contains("Good that you stay");
        assertThat(stayed.link("Return to Simulator")).isEqualTo("http://shop.example/account");
        Answer after = stage.api.get("/v1/subscriptions/" + subscription, "expand[]=discounts");
        assertThat(after.text("/discounts/0/source/coupon")).isEqualTo(coupon);
        assertThat(after.body().path("cancel_at_period_end").asBoolean()).isFalse();
        assertThat(offer.press("Accept offer and stay").text()).contains("There is no offer to take");
    }

    @Test
    @DisplayName("a flow that confirms a switch brings its own discount and leads to where it says")
    void confirmsFlow() {
        String coupon = stage.api
                .post("/v1/coupons", "percent_off=10", "duration=forever")
                .id();
        String item = stage.api.get("/v1/subscriptions/" + subscription).text("/items/data/0/id");
        String url = stage.portal(
                customer,
                "configuration=" + configuration(),
                "flow_data[type]=subscription_update_confirm",
                "flow_data[subscription_update_confirm][subscription]=" + subscription,
                "flow_data[subscription_update_confirm][items][0][id]=" + item,
                "flow_data[subscription_update_confirm][items][0][price]=" + stage.yearly,
                "flow_data[subscription_update_confirm][items][0][quantity]=1",
                "flow_data[subscription_update_confirm][discounts][0][coupon]=" + coupon,
                "flow_data[after_completion][type]=redirect",
                "flow_data[after_completion][redirect][return_url]=http://shop.example/thanks");

        Page confirm = browser.open(url);
        assertThat(confirm.link("Go back")).isEqualTo("http://shop.example/account");
        assertThat(confirm.press("Confirm plan").url()).isEqualTo("http://shop.example/thanks");
        assertThat(price()).isEqualTo(stage.yearly);
        assertThat(stage.api
                        .get("/v1/subscriptions/" + subscription, "expand[]=discounts")
                        .text("/discounts/0/source/coupon"))
                .isEqualTo(coupon);
    }

    @Test
    @DisplayName("billing details and tax ids are changed as far as the configuration allows")
    void updatesDetails() {
        String url = portal(
                "features[customer_update][enabled]=true",
                "features[customer_update][allowed_updates][0]=address",
                "features[customer_update][allowed_updates][1]=tax_id");
        Page form = browser.open(url).click("Update information");
        assertThat(form.html().select("#name, #email")).isEmpty();
        assertThat(form.fill("Country, two letters", "Germany").press("Save").errorOf("Country, two letters"))
                .contains("two letters");

        Page saved = form.fill("Address", "Hauptstr. 5")
                .fill("City", "München")
                .fill("Country, two letters", "de")
                .press("Save");
        assertThat(saved.text()).contains("Hauptstr. 5, München, DE");
        assertThat(stage.api.get("/v1/customers/" + customer).text("/address/country"))
                .isEqualTo("DE");
        assertThat(browser.post(url + "/customer", Map.of("email", "other@example.com"))
                        .status())
                .isEqualTo(200);
        assertThat(stage.api.get("/v1/customers/" + customer).text("/email")).isEqualTo("jo@example.com");

        Page wrong = saved.click("Add tax ID").fill("Number", "1").press("Save");
        assertThat(wrong.errorOf("Number")).contains("Invalid value");
        Page added = wrong.fill("Number", "DE123456789").press("Save");
        assertThat(added.text()).contains("DE123456789 (eu vat)");
        assertThat(added.press("Remove: DE123456789 (eu vat)").text()).doesNotContain("DE123456789");
    }

    private Page choose(String url, String price) {
        return browser.open(url + "?home=1")
                .click("Update plan")
                .choose("price", price)
                .press("Continue");
    }

    private String price() {
        return stage.api.get("/v1/subscriptions/" + subscription).text("/items/data/0/price/id");
    }

    private String portal(String... features) {
        return stage.portal(customer, "configuration=" + configuration(features));
    }

    private String configuration(String... features) {
        List<String> params = new ArrayList<>(List.of(
                "features[subscription_cancel][enabled]=true",
                "features[payment_method_update][enabled]=true",
                "features[invoice_history][enabled]=true",
                UPDATE + "[enabled]=true",
                UPDATE + "[default_allowed_updates][0]=price",
                UPDATE + "[proration_behavior]=create_prorations",
                UPDATE + "[products][0][product]=" + stage.product,
                UPDATE + "[products][0][prices][0]=" + stage.monthly,
                UPDATE + "[products][0][prices][1]=" + stage.yearly));
        params.addAll(List.of(features));
        return stage.api
                .post("/v1/billing_portal/configurations", params.toArray(String[]::new))
                .id();
    }
}
