package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MeteredBillingTest extends ShopTest {

    private final String meter = api.post(
                    "/v1/billing/meters", "display_name=Calls", "event_name=calls", "default_aggregation[formula]=sum")
            .id();

    private Answer makePrice(String... more) {
        List<String> params = new ArrayList<>(List.of(
                "currency=usd",
                "recurring[interval]=month",
                "recurring[usage_type]=metered",
                "product_data[name]=API"));
        params.addAll(List.of(more));
        return api.post("/v1/prices", params.toArray(String[]::new));
    }

    private String perCall(String decimal) {
        return makePrice("recurring[meter]=" + meter, "unit_amount_decimal=" + decimal)
                .id();
    }

    private void use(String value) {
        assertThat(api.post(
                                "/v1/billing/meter_events",
                                "event_name=calls",
                                "payload[stripe_customer_id]=" + customer,
                                "payload[value]=" + value)
                        .status())
                .isEqualTo(200);
    }

    private List<JsonNode> invoices(String subscription) {
        List<JsonNode> found = new ArrayList<>();
        api.get("/v1/invoices", "subscription=" + subscription)
                .body()
                .path("data")
                .forEach(found::add);
        return found;
    }

    private long billedAfterAMonth(String price, String... used) {
        String subscription = shop.subscribe(customer, price).id();
        for (String value : used) {
            use(value);
        }
        simulator.advance(Period.ofMonths(1));
        simulator.advance(Duration.ofHours(1));
        return invoices(subscription).get(0).path("amount_paid").asLong();
    }

    @Test
    @DisplayName("C8 use is billed at the end of the period, exactly and rounded once")
    void perUnit() {
        String price = perCall("0.015");
        Answer subscription = shop.subscribe(customer, price);
        assertThat(subscription.text("/status")).isEqualTo("active");
        assertThat(subscription.body().at("/items/data/0").has("quantity")).isFalse();
        assertThat(invoices(subscription.id()).get(0).at("/lines/data")).isEmpty();
        use("1000");
        use("33.4");
        simulator.advance(Period.ofMonths(1));
        simulator.advance(Duration.ofHours(1));
        JsonNode invoice = invoices(subscription.id()).get(0);
        assertThat(invoice.path("status").asText()).isEqualTo("paid");
        assertThat(invoice.path("total").asLong()).isEqualTo(16);
        JsonNode line = invoice.at("/lines/data/0");
        assertThat(line.path("quantity").asLong()).isEqualTo(1033);
        assertThat(line.path("quantity_decimal").asText()).isEqualTo("1033.4");
        assertThat(line.at("/period/start").asLong()).isEqualTo(START.getEpochSecond());
        assertThat(line.at("/period/end").asLong())
                .isEqualTo(Instant.parse("2026-04-10T09:00:00Z").getEpochSecond());
        assertThat(line.at("/parent/subscription_item_details/proration").asBoolean())
                .isFalse();
    }

    @Test
    @DisplayName("C8 each period bills its own use, and late reports count while the invoice is a draft")
    void periods() {
        String subscription = shop.subscribe(customer, perCall("10")).id();
        use("3");
        simulator.advance(Period.ofMonths(1));
        JsonNode draft = invoices(subscription).get(0);
        assertThat(draft.path("status").asText()).isEqualTo("draft");
        assertThat(draft.path("total").asLong()).isEqualTo(30);
        api.post(
                "/v1/billing/meter_events",
                "event_name=calls",
                "payload[stripe_customer_id]=" + customer,
                "payload[value]=2",
                "timestamp=" + (simulator.now().getEpochSecond() - 1));
        use("7");
        simulator.advance(Duration.ofHours(1));
        assertThat(invoices(subscription).get(0).path("amount_paid").asLong()).isEqualTo(50);
        simulator.advance(Period.ofMonths(1));
        assertThat(invoices(subscription).get(0).path("amount_paid").asLong()).isEqualTo(70);
    }

    @Test
    @DisplayName("C8 graduated tiers price each part of the use, decimals included")
    void graduated() {
        assertThat(billedAfterAMonth(
                        makePrice(
                                        "recurring[meter]=" + meter,
                                        "billing_scheme=tiered",
                                        "tiers_mode=graduated",
                                        "tiers[0][up_to]=100",
                                        "tiers[0][unit_amount]=0",
                                        "tiers[1][up_to]=inf",
                                        "tiers[1][unit_amount_decimal]=2.5",
                                        "tiers[1][flat_amount]=100")
                                .id(),
                        "100",
                        "10.5"))
                .isEqualTo(126);
    }

    @Test
    @DisplayName("C8 volume tiers price the whole use at the tier it reaches")
    void volume() {
        assertThat(billedAfterAMonth(
                        makePrice(
                                        "recurring[meter]=" + meter,
                                        "billing_scheme=tiered",
                                        "tiers_mode=volume",
                                        "tiers[0][up_to]=100",
                                        "tiers[0][unit_amount]=10",
                                        "tiers[1][up_to]=inf",
                                        "tiers[1][unit_amount]=7")
                                .id(),
                        "60",
                        "60"))
                .isEqualTo(840);
    }

    @Test
    @DisplayName("C8 use that was taken back until nothing is left costs nothing")
    void negative() {
        assertThat(billedAfterAMonth(perCall("10"), "3", "-5")).isZero();
    }

    @Test
    @DisplayName("C8 the preview shows what was used so far")
    void preview() {
        String subscription = shop.subscribe(customer, perCall("10")).id();
        use("3");
        Answer preview = api.post("/v1/invoices/create_preview", "subscription=" + subscription);
        assertThat(preview.number("/total")).isEqualTo(30);
        assertThat(preview.number("/lines/data/0/quantity")).isEqualTo(3);
        use("1");
        assertThat(api.post("/v1/invoices/create_preview", "subscription=" + subscription)
                        .number("/total"))
                .isEqualTo(40);
    }

    @Test
    @DisplayName("C8 use in a trial is free")
    void trial() {
        String subscription =
                shop.subscribe(customer, perCall("10"), "trial_period_days=14").id();
        use("3");
        simulator.advance(Duration.ofDays(15));
        use("2");
        simulator.advance(Period.ofMonths(1));
        simulator.advance(Duration.ofHours(2));
        assertThat(invoices(subscription).get(0).path("amount_paid").asLong()).isEqualTo(20);
    }

    @Test
    @DisplayName("C8 a subscription that ends with its period bills its last use")
    void endOfPeriod() {
        String subscription = shop.subscribe(customer, perCall("10")).id();
        use("3");
        api.post("/v1/subscriptions/" + subscription, "cancel_at_period_end=true");
        assertThat(api.post("/v1/invoices/create_preview", "subscription=" + subscription)
                        .number("/total"))
                .isEqualTo(30);
        simulator.advance(Period.ofMonths(1));
        assertThat(shop.subscription(subscription).text("/status")).isEqualTo("canceled");
        simulator.advance(Duration.ofHours(1));
        assertThat(invoices(subscription)).hasSize(2);
        assertThat(invoices(subscription).get(0).path("amount_paid").asLong()).isEqualTo(30);
    }

    @Test
    @DisplayName("C8 a cancellation now bills the use only if asked to invoice now")
    void cancelNow() {
        String price = perCall("10");
        String first = shop.subscribe(customer, price).id();
        use("3");
        api.delete("/v1/subscriptions/" + first);
        assertThat(invoices(first)).hasSize(1);
        simulator.advance(Duration.ofSeconds(1));
        String second = shop.subscribe(customer, price).id();
        use("4");
        simulator.advance(Duration.ofSeconds(1));
        api.delete("/v1/subscriptions/" + second, "invoice_now=true");
        assertThat(invoices(second).get(0).path("amount_paid").asLong()).isEqualTo(40);
    }

    @Test
    @DisplayName("C8 use before a change of price is billed at the old one, use after it at the new one")
    void priceChange() {
        Answer subscription = shop.subscribe(customer, perCall("10"));
        String item = subscription.text("/items/data/0/id");
        use("3");
        simulator.advance(Duration.ofDays(5));
        api.post("/v1/subscription_items/" + item, "price=" + perCall("100"));
        use("2");
        simulator.advance(Period.ofMonths(1));
        JsonNode invoice = invoices(subscription.id()).get(0);
        assertThat(invoice.at("/lines/data").findValuesAsText("amount")).contains("30", "200");
        assertThat(invoice.path("total").asLong()).isEqualTo(230);
    }

    @Test
    @DisplayName("C8 an item of a metered price takes no quantity; a metered price needs an active meter")
    void refused() {
        String price = perCall("10");
        Answer subscription = shop.subscribe(customer, price, "items[0][quantity]=2");
        assertThat(subscription.status()).isEqualTo(400);
        assertThat(subscription.text("/error/param")).isEqualTo("items[0][quantity]");
        assertThat(makePrice("unit_amount=1").text("/error/param")).isEqualTo("recurring[meter]");
        assertThat(makePrice("unit_amount=1", "recurring[meter]=mtr_unknown").text("/error/code"))
                .isEqualTo("resource_missing");
        api.post("/v1/billing/meters/" + meter + "/deactivate");
        assertThat(makePrice("unit_amount=1", "recurring[meter]=" + meter).text("/error/code"))
                .isEqualTo("archived_meter");
    }
}
