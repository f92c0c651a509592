package dev.billhook.simulator.page;

import static dev.billhook.simulator.page.Stage.VISA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.page.Browser.Page;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Hosted Checkout")
final class HostedCheckoutTest extends StageTest {
    @Test
    @DisplayName(
            "B6 D10 shows what is sold, takes a card, and goes on to the shop's success page with the session's id")
    void pays() {
        String id = stage.subscriptionSession();

        Page page = browser.open("/pay/" + id);
        assertThat(page.title()).isEqualTo("Subscribe to Pro – Simulator");
        assertThat(page.text())
                .contains("Simulator – no real money")
                .contains("$12.00 per month")
                .contains("Total due today $12.00")
                .contains("4242 4242 4242 4242");

        Page shop = page.fill("E-mail", "jo@example.com").card(VISA).press("Subscribe");

        assertThat(shop.url()).isEqualTo("http://shop.example/ok?session=" + id);
        Answer session = stage.api.get("/v1/checkout/sessions/" + id);
        assertThat(session.text("/status")).isEqualTo("complete");
        assertThat(session.text("/payment_status")).isEqualTo("paid");
        assertThat(session.text("/customer_details/email")).isEqualTo("jo@example.com");
        assertThat(stage.status(session.text("/subscription"))).isEqualTo("active");
    }

    @Test
    @DisplayName("a refused card is told with its reason, keeps what was typed, and another card pays")
    void declinesThenPays() {
        String id = stage.subscriptionSession();

        Page refused = browser.open("/pay/" + id)
                .fill("E-mail", "jo@example.com")
                .card("4000 0000 0000 9995")
                .press("Subscribe");
        assertThat(refused.html().select("[role=alert]").text()).contains("insufficient funds");
        assertThat(refused.field("E-mail").val()).isEqualTo("jo@example.com");
        assertThat(refused.field("Card number").val()).isEmpty();
        assertThat(stage.api.get("/v1/checkout/sessions/" + id).text("/status")).isEqualTo("open");
        assertThat(stage.api.get("/v1/customers").body().path("data")).isEmpty();

        Page shop = refused.card(VISA).press("Subscribe");
        assertThat(shop.url()).startsWith("http://shop.example/ok");
    }

    @ParameterizedTest
    @CsvSource({"4000002500003155", "4000002760003184"})
    @DisplayName("a card that asks for 3-D Secure pays once the cardholder has authenticated")
    void authenticates(String card) {
        String id = stage.subscriptionSession();

        Page challenge = browser.open("/pay/" + id)
                .fill("E-mail", "jo@example.com")
                .card(card)
                .press("Subscribe");
        assertThat(challenge.url()).endsWith("/pay/" + id + "/authenticate");
        assertThat(challenge.text()).contains("$12.00");

        Page shop = challenge.press("Complete authentication");
        assertThat(shop.url()).isEqualTo("http://shop.example/ok?session=" + id);
    }

    @Test
    @DisplayName("a failed 3-D Secure challenge leaves the session open and the form usable")
    void failsAuthentication() {
        String id = stage.subscriptionSession();

        Page back = browser.open("/pay/" + id)
                .fill("E-mail", "jo@example.com")
                .card("4000002760003184")
                .press("Subscribe")
                .press("Fail authentication");
        assertThat(back.html().select("[role=alert]").text()).contains("authenticate");
        assertThat(back.field("E-mail").val()).isEqualTo("jo@example.com");
        assertThat(stage.api.get("/v1/checkout/sessions/" + id).text("/status")).isEqualTo("open");

        assertThat(back.card(VISA).press("Subscribe").url()).startsWith("http://shop.example/ok");
    }

    @Test
    @DisplayName("what is filled in wrongly is said at each field, and nothing is charged")
    void validates() {
        Page page = browser.open("/pay/" + stage.subscriptionSession())
                .fill("E-mail", "nobody")
                .fill("Card number", "4242 4242 4242 4241")
                .fill("Expiry", "12 / 26")
                .fill("CVC", "12")
                .press("Subscribe");

        assertThat(page.errorOf("E-mail")).contains("e-mail address");
        assertThat(page.errorOf("Card number")).isEqualTo("This card number is not valid.");
        assertThat(page.errorOf("Expiry")).isEqualTo("This expiry date is in the past.");
        assertThat(page.errorOf("CVC")).isEqualTo("The security code has 3 digits.");
        assertThat(page.errorOf("Name on card")).isEqualTo("Enter the name on the card.");
        assertThat(stage.api.get("/v1/charges").body().path("data")).isEmpty();
    }

    @Test
    @DisplayName("B6 the customer's e-mail address is filled in and cannot be changed")
    void locksEmail() {
        Page page = browser.open("/pay/" + stage.subscriptionSession("customer=" + stage.customer()));
        assertThat(page.field("E-mail").val()).isEqualTo("jo@example.com");
        assertThat(page.field("E-mail").hasAttr("readonly")).isTrue();

        Page given = browser.open("/pay/" + stage.subscriptionSession("customer_email=sam@example.com"));
        assertThat(given.field("E-mail").val()).isEqualTo("sam@example.com");
        assertThat(given.card(VISA).press("Subscribe").url()).startsWith("http://shop.example/ok");
        assertThat(stage.api
                        .get("/v1/customers", "email=sam@example.com")
                        .body()
                        .path("data"))
                .hasSize(1);
    }

    @Test
    @DisplayName("Back leads to the shop's cancel page")
    void goesBack() {
        Page page = browser.open("/pay/" + stage.subscriptionSession());
        assertThat(page.html().select("a.back").attr("href")).isEqualTo("http://shop.example/plans");
        assertThat(page.html().select("a.back").text()).startsWith("← Back");
    }

    @Test
    @DisplayName("C9 a trial says how long it is free and what follows, and charges nothing")
    void startsTrial() {
        String id = stage.subscriptionSession("subscription_data[trial_period_days]=14");

        Page page = browser.open("/pay/" + id);
        assertThat(page.text())
                .contains("Try Pro")
                .contains("14 days free")
                .contains("Then $12.00 per month, from 14 February 2027")
                .contains("Total due today $0.00");

        page.fill("E-mail", "jo@example.com").card(VISA).press("Start trial");
        String subscription = stage.api.get("/v1/checkout/sessions/" + id).text("/subscription");
        assertThat(stage.status(subscription)).isEqualTo("trialing");
    }

    @Test
    @DisplayName("C9 a trial that collects a payment method only if it is required takes no card")
    void startsTrialWithoutCard() {
        String id = stage.subscriptionSession(
                "subscription_data[trial_period_days]=7", "payment_method_collection=if_required");

        Page page = browser.open("/pay/" + id);
        assertThat(page.text()).doesNotContain("Card number").contains("No card is needed now.");

        Page shop = page.fill("E-mail", "jo@example.com").press("Start trial");
        assertThat(shop.url()).startsWith("http://shop.example/ok");
    }

    @ParameterizedTest
    @CsvSource({"1200, jpy, '¥1,200'", "1250, kwd, 'KWD 1.250'", "-, eur, '€12.34'"})
    @DisplayName("A8 amounts have the digits of their currency, on the page and in what is charged")
    void showsCurrencies(String amount, String currency, String shown) {
        String price = stage.oneTime("-".equals(amount) ? "1234" : amount, currency);
        String id = stage.session("mode=payment", "line_items[0][price]=" + price, "line_items[0][quantity]=1");

        Page page = browser.open("/pay/" + id);
        assertThat(page.text()).contains("Total due today " + shown);

        Page shop = page.fill("E-mail", "jo@example.com").card(VISA).press("Pay");
        assertThat(shop.url()).startsWith("http://shop.example/ok");
        assertThat(stage.api.get("/v1/checkout/sessions/" + id).text("/payment_status"))
                .isEqualTo("paid");
    }

    @Test
    @DisplayName("C18 a session that only keeps a card says so and charges nothing")
    void savesCard() {
        String customer = stage.customer();
        String id = stage.session("mode=setup", "currency=usd", "customer=" + customer);

        Page page = browser.open("/pay/" + id);
        assertThat(page.text()).contains("Save your card").contains("Nothing is charged now.");

        assertThat(page.card(VISA).press("Save card").url()).startsWith("http://shop.example/ok");
        assertThat(stage.api
                        .get("/v1/customers/" + customer + "/payment_methods")
                        .text("/data/0/card/last4"))
                .isEqualTo("4242");
    }

    @Test
    @DisplayName("an adjustable quantity can be changed before paying and is what is billed")
    void adjustsQuantity() {
        String id = stage.subscriptionSession("line_items[0][adjustable_quantity][enabled]=true");

        Page updated = browser.open("/pay/" + id).fill("Quantity", "3").press("Update");
        assertThat(updated.text()).contains("3 × $12.00 per month").contains("Total due today $36.00");

        Page shop = updated.fill("E-mail", "jo@example.com").card(VISA).press("Subscribe");
        assertThat(shop.url()).startsWith("http://shop.example/ok");
        String subscription = stage.api.get("/v1/checkout/sessions/" + id).text("/subscription");
        assertThat(stage.api.get("/v1/subscriptions/" + subscription).number("/items/data/0/quantity"))
                .isEqualTo(3);
    }

    @Test
    @DisplayName("a completed session offers no form, only the way on")
    void isCompleteOnce() {
        String id = stage.subscriptionSession("customer=" + stage.customer());
        browser.open("/pay/" + id).card(VISA).press("Subscribe");

        Page again = browser.open("/pay/" + id);
        assertThat(again.text()).contains("Already paid");
        assertThat(again.link("Continue")).isEqualTo("http://shop.example/ok?session=" + id);

        Page sent = browser.post(
                "/pay/" + id,
                Map.of("card_number", VISA, "card_expiry", "12/34", "card_cvc", "123", "card_name", "Jo"));
        assertThat(sent.text()).contains("Already paid");
        assertThat(stage.api.get("/v1/subscriptions").body().path("data")).hasSize(1);
    }

    @Test
    @DisplayName("a session expires after a day of simulated time and leads back to the shop")
    void expires() {
        String id = stage.subscriptionSession();
        stage.simulator.advance(Duration.ofHours(25));

        Page late = browser.open("/pay/" + id);
        assertThat(late.text()).contains("has expired");
        assertThat(late.link("Back")).isEqualTo("http://shop.example/plans");
    }

    @Test
    @DisplayName("an unknown session is not found")
    void isUnknown() {
        assertThat(browser.open("/pay/cs_test_nothing").status()).isEqualTo(404);
        assertThat(browser.open("/pay").status()).isEqualTo(404);
        assertThat(browser.post("/pay/cs_test_nothing/authenticate", Map.of()).status())
                .isEqualTo(404);
    }
}
