package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.junit.SimulatorExtension;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SimulatorExtension.class)
@DisplayName("How open invoices end")
class InvoiceEndTest extends ApiTest {
    private final String path;

    InvoiceEndTest(StripeSimulator simulator) {
        super(simulator);
        Answer subscription = shop.subscribe(
                shop.customer(), shop.monthly(1500), "collection_method=send_invoice", "days_until_due=7");
        path = "/v1/invoices/" + subscription.text("/latest_invoice");
        api.post(path + "/finalize");
    }

    @Test
    @DisplayName("D10 its lines have a list of their own")
    void lines() {
        JsonNode lines = api.get(path + "/lines").body();
        assertThat(lines.at("/data")).hasSize(1);
        assertThat(lines.at("/data")).isEqualTo(api.get(path).body().at("/lines/data"));
        assertThat(lines.path("url").asText()).isEqualTo(path + "/lines");
    }

    @Test
    @DisplayName("D10 a void invoice owes nothing and takes no payment")
    void voided() {
        Answer invoice = api.post(path + "/void");
        assertThat(invoice.text("/status")).isEqualTo("void");
        assertThat(invoice.number("/status_transitions/voided_at")).isPositive();
        assertThat(api.post(path + "/pay").status()).isEqualTo(400);
        assertThat(api.eventTypes()).contains("invoice.voided");
    }

    @Test
    @DisplayName("D10 an invoice given up as uncollectible can still be paid")
    void uncollectible() {
        Answer invoice = api.post(path + "/mark_uncollectible");
        assertThat(invoice.text("/status")).isEqualTo("uncollectible");
        assertThat(invoice.number("/status_transitions/marked_uncollectible_at"))
                .isPositive();
        Answer paid = api.post(path + "/pay", "paid_out_of_band=true");
        assertThat(paid.text("/status")).isEqualTo("paid");
        assertThat(api.eventTypes()).containsSubsequence("invoice.marked_uncollectible", "invoice.paid");
    }

    @Test
    @DisplayName("a draft of a deleted customer stays a draft: it is refused to finalize it, and time goes on")
    void deletedCustomer() {
        String customer = shop.customer();
        api.post("/v1/invoiceitems", "customer=" + customer, "amount=500", "currency=usd");
        String invoice = api.post(
                        "/v1/invoices",
                        "customer=" + customer,
                        "auto_advance=true",
                        "pending_invoice_items_behavior=include")
                .id();
        String method =
                api.get("/v1/customers/" + customer + "/payment_methods").text("/data/0/id");
        assertThat(api.delete("/v1/customers/" + customer).status()).isEqualTo(200);
        simulator.advance(Duration.ofDays(2));
        assertThat(api.get("/v1/invoices/" + invoice).text("/status")).isEqualTo("draft");
        for (String action : List.of("/finalize", "/pay", "/send")) {
            Answer refused = api.post("/v1/invoices/" + invoice + action);
            assertThat(refused.status()).as(action).isEqualTo(400);
            assertThat(refused.text("/error/code")).isEqualTo("resource_missing");
        }
        assertThat(api.post("/v1/payment_methods/" + method + "/detach").status())
                .as("nobody has it any more")
                .isEqualTo(400);
    }
}
