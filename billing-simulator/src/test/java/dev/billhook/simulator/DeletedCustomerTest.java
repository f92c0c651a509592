package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
@DisplayName("What is left of a customer that was deleted")
class DeletedCustomerTest extends ApiTest {

    DeletedCustomerTest(StripeSimulator simulator) {
        super(simulator);
    }

    @Test
    @DisplayName("has no fields to expand, and who asks for some is told that it is deleted")
    void expanded() {
        String customer = shop.customer();
        api.delete("/v1/customers/" + customer);
        Answer deleted = api.get("/v1/customers/" + customer, "expand[]=invoice_settings.default_payment_method");
        assertThat(deleted.body().path("deleted").asBoolean()).isTrue();
        assertThat(deleted.body().has("invoice_settings")).isFalse();
    }

    @Test
    @DisplayName("its payment methods are attached to nobody, so that they cannot be detached again nor used")
    void paymentMethods() {
        String customer = shop.customer();
        String method = api.get("/v1/customers/" + customer).text("/invoice_settings/default_payment_method");
        api.delete("/v1/customers/" + customer);
        assertThat(api.get("/v1/payment_methods/" + method)
                        .body()
                        .path("customer")
                        .isNull())
                .isTrue();
        assertRefused(api.post("/v1/payment_methods/" + method + "/detach"), "invalid_request_error", "");
        assertThat(api.post("/v1/payment_methods/" + method + "/attach", "customer=" + shop.customer())
                        .status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("its drafts stay drafts: time goes on, and to finalize, change or pay one is refused")
    void drafts() {
        String customer = shop.customer();
        Answer subscription = shop.subscribe(customer, shop.monthly(1000));
        api.post("/v1/invoiceitems", "customer=" + customer, "currency=usd", "amount=300");
        String item = api.get("/v1/invoiceitems").text("/data/0/id");
        simulator.advanceTo(Instant.ofEpochSecond(subscription.number("/items/data/0/current_period_end")));
        String draft = shop.newestInvoice(subscription.id()).id();
        api.post("/v1/invoiceitems", "customer=" + customer, "currency=usd", "amount=200");
        String pending = api.get("/v1/invoiceitems", "pending=true").text("/data/0/id");
        api.delete("/v1/customers/" + customer);
        simulator.advance(Duration.ofDays(60));
        assertThat(api.get("/v1/invoices/" + draft).text("/status")).isEqualTo("draft");
        String invoice = "/v1/invoices/" + draft;
        assertRefused(api.post(invoice + "/finalize"), "invalid_request_error", "customer");
        assertRefused(api.post(invoice + "/pay"), "invalid_request_error", "customer");
        assertRefused(api.post(invoice + "/send"), "invalid_request_error", "customer");
        assertRefused(api.post("/v1/invoiceitems/" + pending, "amount=1"), "invalid_request_error", "customer");
        assertRefused(api.post(invoice, "auto_advance=true"), "invalid_request_error", "customer");
        assertThat(api.post(invoice, "metadata[a]=b").status()).isEqualTo(200);
        assertThat(api.get("/v1/invoiceitems/" + item).status()).isEqualTo(200);
        simulator.advance(Duration.ofDays(2));
        assertThat(api.get(invoice).text("/status")).isEqualTo("draft");
    }

    @Test
    @DisplayName("its open invoices are not tried again; they can be voided, given up or paid otherwise")
    void open() {
        for (String end : new String[] {"void", "mark_uncollectible", "pay"}) {
            String customer = shop.customer("pm_card_chargeCustomerFail");
            api.post("/v1/customers/" + customer, "balance=-100");
            Answer subscription = shop.subscribe(customer, shop.monthly(1000));
            Answer open = shop.newestInvoice(subscription.id());
            assertThat(open.text("/status")).isEqualTo("open");
            api.delete("/v1/customers/" + customer);
            simulator.advance(Duration.ofDays(2));
            assertRefused(api.post("/v1/invoices/" + open.id() + "/pay"), "invalid_request_error", "customer");
            Answer ended = api.post(
                    "/v1/invoices/" + open.id() + "/" + end,
                    "pay".equals(end) ? new String[] {"paid_out_of_band=true"} : new String[0]);
            assertThat(ended.status()).as(ended.response().body()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("a schedule that was to begin is canceled, an open quote cannot be accepted")
    void plans() {
        String customer = shop.customer();
        String item = "phases[0][items][0][price]=" + shop.monthly(1000);
        long start = simulator.now().plus(Duration.ofDays(3)).getEpochSecond();
        Answer schedule = api.post("/v1/subscription_schedules", "customer=" + customer, item, "start_date=" + start);
        Answer quote = api.post("/v1/quotes", "customer=" + customer, "line_items[0][price]=" + shop.monthly(500));
        api.post("/v1/quotes/" + quote.id() + "/finalize");
        Answer draft = api.post("/v1/quotes", "customer=" + customer, "line_items[0][price]=" + shop.monthly(500));
        api.delete("/v1/customers/" + customer);
        assertRefused(api.post("/v1/quotes/" + quote.id() + "/accept"), "invalid_request_error", "customer");
        assertRefused(api.post("/v1/quotes/" + draft.id() + "/finalize"), "invalid_request_error", "customer");
        assertRefused(
                api.post(
                        "/v1/subscription_schedules/" + schedule.id(),
                        item,
                        "phases[0][start_date]=" + simulator.now().getEpochSecond()),
                "invalid_request_error",
                "customer");
        simulator.advance(Duration.ofDays(4));
        assertThat(api.get("/v1/subscription_schedules/" + schedule.id()).text("/status"))
                .isEqualTo("canceled");
    }

    private static void assertRefused(Answer answer, String type, String param) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.text("/error/type")).isEqualTo(type);
        assertThat(answer.text("/error/param")).isEqualTo(param);
    }
}
