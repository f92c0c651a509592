package dev.billhook.simulator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.event.Chaos;
import dev.billhook.simulator.page.Browser.Page;
import java.time.Instant;
import java.time.Period;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Dashboard: what can be done and found")
final class DashboardActionTest extends StageTest {
    @Test
    @DisplayName("D10 a payment is refunded in part and as a whole by a button")
    void refunds() {
        stage.subscribed(stage.customer());
        Page payment = browser.open("/dashboard/payments").click("$12.00");

        Page refunded = payment.fill("Amount", "2.50").press("Refund");
        assertThat(refunded.text()).contains("The money is on its way back.").contains("Refunded in part");
        Answer refund = stage.api.get("/v1/refunds");
        assertThat(refund.number("/data/0/amount")).isEqualTo(250);

        Page tooMuch = refunded.fill("Amount", "100").press("Refund");
        assertThat(tooMuch.status()).isEqualTo(400);
        assertThat(tooMuch.text()).contains("greater than unrefunded amount");
        assertThat(tooMuch.click("Go back")
                        .fill("Amount", "1,5")
                        .press("Refund")
                        .text())
                .contains("for example 12.50");

        Page all = tooMuch.click("Go back").press("Refund");
        assertThat(all.text()).contains("Status Refunded").contains("$9.50");
        assertThat(all.hasButton("Refund")).isFalse();
    }

    @Test
    @DisplayName("D10 a dispute is raised, and the bank decides it, by buttons")
    void disputes() {
        stage.subscribed(stage.customer());

        Page raised = browser.open("/dashboard/payments")
                .click("$12.00")
                .choose("reason", "product_not_received")
                .press("Raise a dispute");
        assertThat(raised.text()).contains("Dispute of $12.00").contains("product not received");

        Page lost = raised.press("The bank decides for the cardholder");
        assertThat(lost.text()).contains("The bank has decided.").contains("Lost");
        assertThat(lost.hasButton("The bank decides for the business")).isFalse();
        assertThat(stage.api.get("/v1/disputes").text("/data/0/status")).isEqualTo("lost");
    }

    @Test
    @DisplayName("the next requests fail as the form says, until that is taken back")
    void failsRequests() {
        Page control = browser.open("/dashboard/control");
        Page planned = control.fill("Requests", "2").choose("kind", "error").press("Let them fail");

        assertThat(planned.text()).contains("Answered with 500").contains("/v1/");
        assertThat(stage.api.get("/v1/products").status()).isEqualTo(500);
        planned.press("Let nothing fail any more");
        assertThat(stage.api.get("/v1/products").status()).isEqualTo(200);

        assertThat(control.fill("Requests", "none").press("Let them fail").text())
                .contains("Say how many requests");
    }

    @Test
    @DisplayName("deliveries go wrong as the form says, until they are delivered as usual")
    void setsChaos() {
        Page set = browser.open("/dashboard/control").fill("Lost", "0.25").press("Set");
        assertThat(stage.simulator.chaos()).isEqualTo(Chaos.NONE.dropping(0.25));
        assertThat(set.field("Lost").val()).isEqualTo("0.25");

        assertThat(set.fill("Lost", "2").press("Set").status()).isEqualTo(400);
        browser.post("/dashboard/control/calm", Map.of());
        assertThat(stage.simulator.chaos()).isEqualTo(Chaos.NONE);
    }

    @Test
    @DisplayName("everything is forgotten only by whoever confirms it")
    void resets() {
        Page control = browser.open("/dashboard/control");

        assertThat(control.press("Forget everything").text()).contains("tick the box to confirm");
        assertThat(stage.api.get("/v1/products").body().path("data")).hasSize(1);

        assertThat(control.choose("sure", "yes").press("Forget everything").text())
                .contains("Everything is forgotten");
        assertThat(stage.api.get("/v1/products").body().path("data")).isEmpty();
    }

    @Test
    @DisplayName("D10 time goes on to the next event, or by any number of units")
    void advances() {
        Page home = browser.open("/dashboard");
        assertThat(home.press("To the next event").text()).contains("Nothing is due");
        assertThat(stage.simulator.now()).isEqualTo(Stage.START);
        stage.subscribed(stage.customer());

        assertThat(home.press("To the next event").text()).contains("Time has moved on");
        Instant next = stage.simulator.now();
        assertThat(next).isAfter(Stage.START).isBefore(Instant.parse("2027-03-01T00:00:00Z"));

        home.fill("How much further", "10").choose("unit", "day").press("Advance");
        assertThat(stage.simulator.now()).isEqualTo(next.plus(Period.ofDays(10)));
        assertThat(home.fill("How much further", "much").press("Advance").text())
                .contains("as a whole number");
    }

    @Test
    @DisplayName("what is looked for is found by id, name, e-mail address and number")
    void searches() {
        String customer = stage.customer();
        stage.subscribed(customer);
        Page home = browser.open("/dashboard");
        String label = "Search by name, e-mail, number or id";
        Answer invoice = stage.api.get("/v1/invoices");

        assertThat(home.fill(label, customer).press("Search").url()).endsWith("/dashboard/customers/" + customer);
        assertThat(home.fill(label, invoice.text("/data/0/id")).press("Search").url())
                .contains("/dashboard/invoices/in_");
        assertThat(home.fill(label, "JO@EXAMPLE").press("Search").text()).contains("Jo Doe");
        assertThat(home.fill(label, invoice.text("/data/0/number"))
                        .press("Search")
                        .text())
                .contains("Paid");
        assertThat(home.fill(label, "nobody").press("Search").text()).contains("No customer has this");
    }

    @Test
    @DisplayName("lists are filtered by status, type of event and name")
    void filters() {
        stage.subscribed(stage.customer());
        stage.api.post("/v1/customers", "name=Ada");

        assertThat(rows(browser.open("/dashboard/customers").fill("Name, e-mail or id", "ada")))
                .isEqualTo(1);
        assertThat(rows(browser.open("/dashboard/subscriptions").choose("filter", "canceled")))
                .isZero();
        assertThat(rows(browser.open("/dashboard/invoices").choose("filter", "paid")))
                .isEqualTo(1);
        Page events = browser.open("/dashboard/events")
                .fill("Type begins with", "invoice.")
                .press("Show");
        assertThat(events.html().select("table.list tbody tr td:first-child"))
                .isNotEmpty()
                .allSatisfy(cell -> assertThat(cell.text()).startsWith("invoice."));
        assertThat(events.html().select("datalist option[value=customer.created]"))
                .hasSize(1);
    }

    @Test
    @DisplayName("a customer's page shows everything of it and opens its portal")
    void showsCustomer() {
        String customer = stage.customer();
        stage.subscribed(customer);
        stage.api.post("/v1/customers/" + customer + "/tax_ids", "type=eu_vat", "value=DE123456789");
        stage.api.post("/v1/customers/" + customer + "/balance_transactions", "amount=-500", "currency=usd");
        stage.api.post("/v1/customers/" + customer, "metadata[team]=red");

        Page page = browser.open("/dashboard/customers/" + customer);

        assertThat(page.html().select("h2").eachText())
                .contains("Subscriptions", "Invoices", "Payments", "Payment methods", "Balance", "Checkout sessions");
        assertThat(page.text())
                .contains("eu_vat DE123456789")
                .contains("−$5.00")
                .contains("team = red");
        Page portal = page.press("Open the portal as this customer");
        assertThat(portal.text()).contains("Your billing").contains("Pro");
        assertThat(portal.link("← Return to Simulator")).endsWith("/dashboard/customers/" + customer);
    }

    @Test
    @DisplayName("an invoice's page shows its lines and every attempt to pay it, with the reason why one failed")
    void showsInvoice() {
        String customer = stage.customer();
        String subscription = stage.subscribed(customer);
        String failing = stage.api
                .post("/v1/payment_methods/pm_card_chargeCustomerFail/attach", "customer=" + customer)
                .id();
        stage.api.post("/v1/subscriptions/" + subscription, "default_payment_method=" + failing);
        stage.simulator.advance(Period.ofMonths(1).plusDays(1));

        Page page = browser.open(
                "/dashboard/invoices/" + stage.api.get("/v1/invoices").text("/data/0/id"));

        assertThat(page.text())
                .contains("Payments and attempts")
                .contains("Failed")
                .contains("Your card was declined")
                .contains("Next attempt");
        assertThat(page.link("Open the hosted invoice")).contains("/invoice/in_");
    }

    @Test
    @DisplayName("a subscription's life is a picture with a title, a description, and the same as a list")
    void drawsTimeline() {
        String customer = stage.customer();
        String subscription = stage.subscribed(customer);
        stage.simulator.advance(Period.ofMonths(2).plusDays(1));
        String item = stage.api.get("/v1/subscriptions/" + subscription).text("/items/data/0/id");
        stage.api.post(
                "/v1/subscriptions/" + subscription,
                "items[0][id]=" + item,
                "items[0][price]=" + stage.monthly,
                "items[0][quantity]=3");
        stage.api.post("/v1/subscriptions/" + subscription, "cancel_at_period_end=true");

        Page page = browser.open("/dashboard/subscriptions/" + subscription);

        Element picture = page.html().selectFirst("svg[role=img]");
        assertThat(picture).isNotNull();
        assertThat(picture.attr("aria-labelledby").split(" "))
                .allSatisfy(id -> assertThat(page.html().getElementById(id)).isNotNull());
        assertThat(picture.select("desc").text()).contains("3 invoices").contains("Active, ends soon");
        assertThat(picture.select(".state rect")).hasSize(2);
        assertThat(picture.select(".period rect")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(picture.select(".bill.good circle")).hasSize(3);
        assertThat(picture.select(".now line")).hasSize(1);
        assertThat(page.html().select(".history li").eachText())
                .anyMatch(text -> text.contains("Plan: Pro, $12.00 per month → Pro, 3 × $12.00 per month"))
                .anyMatch(text -> text.contains("Status: Active → Active, ends soon"))
                .anyMatch(text -> text.contains("of $12.00: Paid"));

        stage.simulator.advance(Period.ofMonths(6));
        Element ended =
                browser.open("/dashboard/subscriptions/" + subscription).html().selectFirst("svg[role=img]");
        assertThat(ended).isNotNull();
        assertThat(ended.select(".now line")).isEmpty();
    }

    private int rows(Page list) {
        return list.press("Show").html().select("table.list tbody tr").size();
    }
}
