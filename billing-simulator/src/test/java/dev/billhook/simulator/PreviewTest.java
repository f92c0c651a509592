package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PreviewTest extends ShopTest {

    private Answer preview(String... params) {
        return api.post("/v1/invoices/create_preview", params);
    }

    private void wait(String amount) {
        api.post("/v1/invoiceitems", "customer=" + customer, "amount=" + amount, "currency=usd");
    }

    private List<Long> amounts(Answer invoice) {
        List<Long> amounts = new ArrayList<>();
        for (JsonNode line : invoice.body().at("/lines/data")) {
            amounts.add(line.path("amount").asLong());
        }
        return amounts;
    }

    @Test
    @DisplayName("D10 a customer without a subscription is shown what waits, with further items, and nothing is kept")
    void withoutSubscription() {
        assertThat(preview("customer=" + customer).text("/error/code")).isEqualTo("invoice_upcoming_none");
        wait("300");
        int events = api.events().size();
        Answer preview = preview(
                "customer=" + customer,
                "invoice_items[0][unit_amount]=50",
                "invoice_items[0][quantity]=3",
                "invoice_items[1][price]=" + shop.oneTime(1000));
        assertThat(preview.status()).isEqualTo(200);
        assertThat(amounts(preview)).containsExactly(300L, 150L, 1000L);
        assertThat(preview.number("/total")).isEqualTo(1450);
        assertThat(preview.id()).startsWith("upcoming_in_");
        assertThat(api.get("/v1/invoiceitems").body().at("/data")).hasSize(1);
        assertThat(api.get("/v1/invoices").body().at("/data")).isEmpty();
        assertThat(api.events().size() - events).as("those of the price only").isEqualTo(2);
    }

    @Test
    @DisplayName("D10 the next of a customer's subscriptions is previewed, with items added and changed")
    void withItems() {
        shop.subscribe(customer, shop.yearly(9000));
        String next = shop.subscribe(customer, shop.monthly(1000)).id();
        wait("300");
        String item = api.get("/v1/invoiceitems").text("/data/0/id");
        Answer preview = preview(
                "customer=" + customer,
                "invoice_items[0][invoiceitem]=" + item,
                "invoice_items[0][amount]=400",
                "invoice_items[1][amount]=-100");
        assertThat(preview.text("/parent/subscription_details/subscription")).isEqualTo(next);
        assertThat(amounts(preview)).containsExactly(400L, -100L, 1000L);
        assertThat(api.get("/v1/invoiceitems/" + item).number("/amount")).isEqualTo(300);
        simulator.advance(Period.ofMonths(1));
        assertThat(amounts(api.get("/v1/invoices/"
                        + api.get("/v1/invoices", "subscription=" + next).text("/data/0/id"))))
                .containsExactly(300L, 1000L);
    }

    @Test
    @DisplayName("D10 a preview of what recurs leaves out prorations, pending items, trials and the end")
    void recurring() {
        Answer subscription = shop.subscribe(customer, shop.monthly(1000));
        String item = subscription.text("/items/data/0/id");
        wait("300");
        simulator.advance(Period.ofDays(10));
        api.post("/v1/subscriptions/" + subscription.id(), "cancel_at_period_end=true");
        String[] change = {
            "subscription=" + subscription.id(),
            "subscription_details[items][0][id]=" + item,
            "subscription_details[items][0][quantity]=3"
        };
        List<String> recurring = new ArrayList<>(List.of(change));
        recurring.add("preview_mode=recurring");
        assertThat(amounts(preview(recurring.toArray(String[]::new)))).containsExactly(3000L);
        assertThat(amounts(preview(change))).hasSize(3);
        Answer begun = preview(
                "customer=" + customer,
                "preview_mode=recurring",
                "subscription_details[items][0][price]=" + shop.monthly(2000),
                "subscription_details[trial_end]="
                        + Instant.parse("2026-06-01T00:00:00Z").getEpochSecond());
        assertThat(amounts(begun)).containsExactly(2000L);
    }
}
