package dev.billhook.simulator.page;

import static dev.billhook.simulator.page.Stage.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.page.Browser.Page;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Customer Portal")
final class CustomerPortalTest extends StageTest {
    private final String customer = stage.customer();
    private final String subscription = stage.subscribed(customer);

    @Test
    @DisplayName("shows plan, renewal, payment method and invoices, and leads back to the business")
    void showsAll() {
        Page page = browser.open(stage.portal(customer));

        assertThat(page.text())
                .contains("Pro Active")
                .contains("$12.00 per month")
                .contains("Renews on 28 February 2027")
                .contains("Visa •••• 4242")
                .contains("31 January 2027")
                .contains("Paid $12.00");
        assertThat(page.link("← Return to Simulator")).isEqualTo("http://shop.example/account");
    }

    @Test
    @DisplayName("C16 a plan is cancelled at the end of its period after a confirmation, and the end is shown")
    void cancels() {
        Page confirm = browser.open(stage.portal(customer)).click("Cancel plan");
        assertThat(confirm.text()).contains("stays active until 28 February 2027");

        Page done = confirm.press("Confirm cancellation");

        assertThat(done.text()).contains("Your plan is cancelled.").contains("Ends on 28 February 2027");
        assertThat(done.hasButton("Don’t cancel plan")).isTrue();
        Answer after = stage.api.get("/v1/subscriptions/" + subscription);
        assertThat(after.body().path("cancel_at_period_end").asBoolean()).isTrue();
        assertThat(after.text("/status")).isEqualTo("active");

        stage.simulator.advance(Period.ofMonths(1));
        assertThat(stage.status(subscription)).isEqualTo("canceled");
        assertThat(browser.open(stage.portal(customer)).text()).contains("Ended on 28 February 2027");
    }

    @Test
    @DisplayName("C16 a cancellation can be withdrawn until it takes effect")
    void resumes() {
        Page cancelled =
                browser.open(stage.portal(customer)).click("Cancel plan").press("Confirm cancellation");

        Page resumed = cancelled.press("Don’t cancel plan");

        assertThat(resumed.text()).contains("Your plan goes on.").contains("Renews on 28 February 2027");
        Answer after = stage.api.get("/v1/subscriptions/" + subscription);
        assertThat(after.body().path("cancel_at_period_end").asBoolean()).isFalse();
        assertThat(after.body().path("cancel_at").isNull()).isTrue();
    }

    @Test
    @DisplayName("reason and comment are asked for where the configuration says so, and reach the subscription")
    void takesReason() {
        String url = portalWith("features[subscription_cancel][cancellation_reason][enabled]=true");

        browser.open(url)
                .click("Cancel plan")
                .choose("feedback", "too_expensive")
                .choose("comment", "See you <b>later</b>")
                .press("Confirm cancellation");

        Answer after = stage.api.get("/v1/subscriptions/" + subscription);
        assertThat(after.text("/cancellation_details/feedback")).isEqualTo("too_expensive");
        assertThat(after.text("/cancellation_details/comment")).isEqualTo("See you <b>later</b>");
    }

    @Test
    @DisplayName("B8 a new card becomes the one that is charged; a refused one is told with its reason")
    void updatesCard() {
        Page form = browser.open(stage.portal(customer)).click("Update payment method");

        Page refused = form.card("4000 0000 0000 0002").press("Save payment method");
        assertThat(refused.html().select("[role=alert]").text()).contains("declined");

        Page saved = refused.card("5555 5555 5555 4444").press("Save payment method");
        assertThat(saved.text()).contains("Your payment method is saved.").contains("Mastercard •••• 4444");
        String method = stage.api.get("/v1/subscriptions/" + subscription).text("/default_payment_method");
        assertThat(stage.api.get("/v1/payment_methods/" + method).text("/card/last4"))
                .isEqualTo("4444");
    }

    @Test
    @DisplayName("a new card that asks for 3-D Secure is kept only when the cardholder authenticates")
    void authenticatesCard() {
        Page form = browser.open(stage.portal(customer)).click("Update payment method");

        Page failed =
                form.card("4000 0025 0000 3155").press("Save payment method").press("Fail authentication");
        assertThat(failed.html().select("[role=alert]").text()).contains("not authenticated");

        Page saved =
                failed.card("4000 0025 0000 3155").press("Save payment method").press("Complete authentication");
        assertThat(saved.text()).contains("Visa •••• 3155");
    }

    @Test
    @DisplayName("one of several cards can be made the default, another removed")
    void managesCards() {
        Page saved = browser.open(stage.portal(customer))
                .click("Update payment method")
                .card("5555 5555 5555 4444")
                .press("Save payment method");

        Page preferred = saved.press("Make default: Visa •••• 4242");
        Page removed = preferred.press("Remove: Mastercard •••• 4444");

        assertThat(removed.text()).contains("Visa •••• 4242").doesNotContain("4444");
    }

    @Test
    @DisplayName("C2 another plan is chosen, priced and confirmed")
    void switchesPlan() {
        String url = portalWith(
                "features[subscription_update][enabled]=true",
                "features[subscription_update][default_allowed_updates][0]=price",
                "features[subscription_update][proration_behavior]=create_prorations",
                "features[subscription_update][products][0][product]=" + stage.product,
                "features[subscription_update][products][0][prices][0]=" + stage.monthly,
                "features[subscription_update][products][0][prices][1]=" + stage.yearly);

        Page confirm = browser.open(url)
                .click("Update plan")
                .choose("price", stage.yearly)
                .press("Continue");
        assertThat(confirm.text())
                .contains("$120.00 per year")
                .contains("−$12.00")
                .contains("Amount due $108.00");
        assertThat(stage.api.get("/v1/subscriptions/" + subscription).text("/items/data/0/price/id"))
                .isEqualTo(stage.monthly);

        Page done = confirm.press("Confirm plan");
        assertThat(done.text()).contains("Your plan is updated.").contains("$120.00 per year");
    }

    @Test
    @DisplayName("B1 a deep link begins with its step and ends where it says")
    void followsFlow() {
        Page confirm = browser.open(stage.portal(
                customer,
                "flow_data[type]=subscription_cancel",
                "flow_data[subscription_cancel][subscription]=" + subscription,
                "flow_data[after_completion][type]=redirect",
                "flow_data[after_completion][redirect][return_url]=http://shop.example/bye"));
        assertThat(confirm.title()).startsWith("Cancel plan");
        assertThat(confirm.link("Go back")).isEqualTo("http://shop.example/account");
        assertThat(confirm.press("Confirm cancellation").url()).isEqualTo("http://shop.example/bye");

        Page card = browser.open(stage.portal(customer, "flow_data[type]=payment_method_update"));
        assertThat(card.card(VISA).press("Save payment method").text()).contains("Your payment method is saved.");
    }

    @Test
    @DisplayName("what the configuration does not offer is neither shown nor done")
    void offersWhatIsConfigured() {
        String url = portalWith("features[subscription_cancel][enabled]=false");

        Page page = browser.open(url);
        assertThat(page.text()).doesNotContain("Cancel plan");

        Page sent = browser.post(url + "/subscriptions/" + subscription + "/cancel", Map.of());
        assertThat(sent.text()).contains("does not offer");
        assertThat(stage.api
                        .get("/v1/subscriptions/" + subscription)
                        .body()
                        .path("cancel_at_period_end")
                        .asBoolean())
                .isFalse();
    }

    @Test
    @DisplayName("B1 a portal session shows and touches only what belongs to its customer")
    void staysWithItsCustomer() {
        String other = stage.portal(stage.customer());

        assertThat(browser.open(other + "/subscriptions/" + subscription + "/cancel")
                        .status())
                .isEqualTo(404);
        assertThat(browser.post(other + "/subscriptions/" + subscription + "/cancel", Map.of())
                        .status())
                .isEqualTo(404);
        assertThat(stage.status(subscription)).isEqualTo("active");
    }

    @Test
    @DisplayName("name and e-mail address can be changed")
    void updatesCustomer() {
        Page form = browser.open(stage.portal(customer)).click("Update information");
        Page wrong = form.fill("E-mail", "nowhere").press("Save");
        assertThat(wrong.errorOf("E-mail")).contains("e-mail address");

        Page done = wrong.fill("Name", "Jo Smith")
                .fill("E-mail", "smith@example.com")
                .press("Save");
        assertThat(done.text()).contains("Jo Smith").contains("smith@example.com");
        assertThat(stage.api.get("/v1/customers/" + customer).text("/email")).isEqualTo("smith@example.com");
    }

    @Test
    @DisplayName("a portal session is good for an hour of simulated time")
    void expires() {
        String url = stage.portal(customer);
        stage.simulator.advance(Duration.ofMinutes(61));

        Page late = browser.open(url);
        assertThat(late.text()).contains("has expired");
        assertThat(late.link("Return to Simulator")).isEqualTo("http://shop.example/account");
        browser.post(url + "/subscriptions/" + subscription + "/cancel", Map.of());
        assertThat(stage.api
                        .get("/v1/subscriptions/" + subscription)
                        .body()
                        .path("cancel_at_period_end")
                        .asBoolean())
                .isFalse();
    }

    @Test
    @DisplayName("the invoice history has PDFs, pages of ten, and lets an open invoice be paid")
    void listsInvoices() {
        stage.simulator.advance(Period.ofMonths(10));
        String failing = stage.api
                .post("/v1/payment_methods/pm_card_chargeCustomerFail/attach", "customer=" + customer)
                .id();
        stage.api.post("/v1/subscriptions/" + subscription, "default_payment_method=" + failing);
        stage.simulator.advance(Period.ofMonths(1).plusDays(1));

        Page page = browser.open(stage.portal(customer));
        assertThat(page.html().select("table.list tbody tr")).hasSize(10);
        Page paid = page.click(page.html().select("td.papers a").first().text())
                .card(VISA)
                .press("Pay $12.00");
        assertThat(paid.text()).contains("This invoice is paid");
        Page older = page.click("Older invoices");
        assertThat(older.html().select("table.list tbody tr")).hasSize(1);
        assertThat(older.html().select("td.papers a").first().attr("href")).endsWith("/pdf");
    }

    private String portalWith(String... features) {
        List<String> params = new ArrayList<>(List.of(
                "features[subscription_cancel][enabled]=true",
                "features[payment_method_update][enabled]=true",
                "features[invoice_history][enabled]=true"));
        for (String feature : features) {
            params.removeIf(param -> param.split("=", 2)[0].equals(feature.split("=", 2)[0]));
            params.add(feature);
        }
        String configuration = stage.api
                .post("/v1/billing_portal/configurations", params.toArray(String[]::new))
                .id();
        return stage.portal(customer, "configuration=" + configuration);
    }
}
