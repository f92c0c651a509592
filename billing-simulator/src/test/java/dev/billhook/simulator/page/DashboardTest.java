package dev.billhook.simulator.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.billhook.simulator.page.Browser.Page;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Dashboard")
final class DashboardTest extends StageTest {
    @Test
    @DisplayName("lists customers, subscriptions, invoices, prices, Checkout sessions, events and requests")
    void lists() {
        String customer = stage.customer();
        String subscription = stage.subscribed(customer);
        String open = stage.subscriptionSession();

        Page home = browser.open("/dashboard");
        assertThat(home.text()).contains("31 Jan 2027, 10:00:00 UTC").contains("checkout.session.completed");
        assertThat(home.link("Open page")).endsWith("/pay/" + open);
        assertThat(home.click("Customers").text()).contains("Jo Doe").contains(customer);
        assertThat(home.click("Invoices").text()).contains("Paid").contains("$12.00");
        assertThat(home.click("Catalog").text()).contains("$12.00 per month").contains("$120.00 per year");
        assertThat(home.click("Checkout").text()).contains("Complete").contains("Open");
        assertThat(home.click("Events").text()).contains("customer.subscription.created");
        assertThat(home.click("Requests").text()).contains("POST /v1/checkout/sessions");

        Page details = home.click("Subscriptions").click("Pro");
        assertThat(details.text())
                .contains(subscription)
                .contains("Renews on 28 February 2027")
                .contains("\"object\": \"subscription\"");
        assertThat(details.click("Jo Doe").text()).contains("visa •••• 4242");
    }

    @ParameterizedTest
    @CsvSource({
        "+1 hour, 2027-01-31T11:00:00Z",
        "+1 day, 2027-02-01T10:00:00Z",
        "+1 month, 2027-02-28T10:00:00Z",
        "+1 year, 2028-01-31T10:00:00Z"
    })
    @DisplayName("D10 advances the clock by a button and comes back to where it was pressed")
    void advances(String button, Instant expected) {
        Page after = browser.open("/dashboard/events").press(button);

        assertThat(stage.simulator.now()).isEqualTo(expected);
        assertThat(after.url()).contains("/dashboard/events");
        assertThat(after.text()).contains("Time has moved on");
    }

    @Test
    @DisplayName("D10 advances the clock to a day, over renewals")
    void advancesToDay() {
        stage.subscribed(stage.customer());

        Page after = browser.open("/dashboard")
                .fill("Day to advance to", "2027-05-01")
                .press("Go to day");

        assertThat(stage.simulator.now()).isEqualTo(Instant.parse("2027-05-01T00:00:00Z"));
        assertThat(after.click("Invoices").html().select("table.list tbody tr")).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "2027-01-30, Time cannot go back.",
        "2099-01-01, 20 years at most",
        "tomorrow, Choose a day",
        "'', Choose a day",
        "+999999999-12-31, 20 years at most",
        "2027-02-30, Choose a day"
    })
    @DisplayName("a day that cannot be advanced to is explained, and time stands still")
    void refusesDay(String day, String said) {
        Page after = browser.post("/dashboard/clock", Map.of("to", day));

        assertThat(after.text()).contains(said);
        assertThat(stage.simulator.now()).isEqualTo(Stage.START);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://evil.example/", "//evil.example", "/dashboard\r\nX: y", "/dashboard//evil?notice=<b>"})
    @DisplayName("the clock's forms lead back to the dashboard only")
    void staysHere(String back) {
        Page after = browser.post("/dashboard/clock", Map.of("by", "day", "back", back));
        assertThat(after.url()).startsWith(stage.simulator.baseUrl() + "/dashboard");
    }

    @Test
    @DisplayName("shows an event's payload and deliveries, and sends it again")
    void resends() throws IOException {
        AtomicInteger received = new AtomicInteger();
        HttpServer endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", exchange -> {
            received.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        endpoint.start();
        try {
            stage.simulator.registerWebhook(
                    "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/hook");
            stage.customer();
            assertThat(stage.simulator.awaitDeliveries(Duration.ofSeconds(10))).isTrue();
            assertThat(received).hasValue(1);

            Page event = browser.open("/dashboard/events").click("customer.created");
            assertThat(event.text()).contains("204").contains("Attempt 1").contains("\"email\": \"jo@example.com\"");

            event.press("Resend");
            assertThat(stage.simulator.awaitDeliveries(Duration.ofSeconds(10))).isTrue();
            assertThat(received).hasValue(2);
            assertThat(browser.open("/dashboard/webhooks").text())
                    .contains("/hook")
                    .contains("customer.created");
        } finally {
            endpoint.stop(0);
        }
    }

    @Test
    @DisplayName("long lists are paged, newest first")
    void pages() {
        for (int i = 1; i <= 55; i++) {
            stage.api.post("/v1/customers", "name=Customer " + i);
        }
        Page first = browser.open("/dashboard/customers");
        assertThat(first.html().select("tbody tr")).hasSize(50);
        assertThat(first.text()).contains("Customer 55").doesNotContain("Customer 5 ");

        Page second = first.click("Older");
        assertThat(second.html().select("tbody tr")).hasSize(5);
        assertThat(second.text()).contains("Customer 5 ");
    }

    @Test
    @DisplayName("unknown sections and objects are not found")
    void isUnknown() {
        for (String path :
                new String[] {"/nothing", "/customers/cus_nothing", "/events/evt_nothing", "/nothing/else"}) {
            assertThat(browser.open("/dashboard" + path).status()).as(path).isEqualTo(404);
        }
        assertThat(browser.post("/dashboard/customers", Map.of()).status()).isEqualTo(404);
        assertThat(browser.post("/dashboard/events/evt_nothing/resend", Map.of())
                        .status())
                .isEqualTo(404);
    }
}
