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

class InvoiceLinesTest extends ShopTest {

    private String tiered(String mode, String... more) {
        List<String> params = new ArrayList<>(List.of(
                "currency=usd",
                "recurring[interval]=month",
                "billing_scheme=tiered",
                "tiers_mode=" + mode,
                "tiers[0][up_to]=10",
                "tiers[0][unit_amount]=500",
                "tiers[1][up_to]=inf",
                "tiers[1][unit_amount_decimal]=33.3",
                "tiers[1][flat_amount]=900",
                "product_data[name]=Seats",
                "product_data[unit_label]=seat"));
        params.addAll(List.of(more));
        return api.post("/v1/prices", params.toArray(String[]::new)).id();
    }

    private JsonNode firstInvoice(Answer subscription) {
        return api.get("/v1/invoices/" + subscription.text("/latest_invoice")).body();
    }

    private static List<String> lines(JsonNode invoice) {
        List<String> lines = new ArrayList<>();
        invoice.at("/lines/data")
                .forEach(line -> lines.add(line.path("amount").asText() + " "
                        + line.path("quantity_decimal").asText() + " "
                        + line.path("description").asText()));
        return lines;
    }

    @Test
    @DisplayName("D10 each tier of a graduated price that is reached has a line, and its flat amount another")
    void graduated() {
        JsonNode invoice = firstInvoice(shop.subscribe(customer, tiered("graduated"), "items[0][quantity]=15"));
        assertThat(lines(invoice))
                .containsExactly(
                        "5000 10 10 seat × Seats (Tier 1 at $5.00 / month)",
                        "167 5 5 seat × Seats (Tier 2 at $0.333 / month)",
                        "900 0 Seats (Tier 2 at $9.00 / month)");
        assertThat(invoice.path("total").asLong()).isEqualTo(6067);
        assertThat(invoice.at("/lines/data/1/pricing/unit_amount_decimal").asText())
                .isEqualTo("33.3");
        assertThat(invoice.at("/lines/data/2/pricing/unit_amount_decimal").isNull())
                .isTrue();
    }

    @Test
    @DisplayName("D10 a volume price has lines for the one tier that the whole quantity is in")
    void volume() {
        JsonNode invoice = firstInvoice(shop.subscribe(customer, tiered("volume"), "items[0][quantity]=11"));
        assertThat(lines(invoice))
                .containsExactly(
                        "366 11 11 seat × Seats (Tier 2 at $0.333 / month)", "900 0 Seats (Tier 2 at $9.00 / month)");
    }

    @Test
    @DisplayName("D10 use reported late reaches further tiers, and discounts are worked out again")
    void lateUse() {
        String meter = api.post(
                        "/v1/billing/meters",
                        "display_name=Calls",
                        "event_name=calls",
                        "default_aggregation[formula]=sum")
                .id();
        api.post("/v1/coupons", "id=HALF", "percent_off=50", "duration=forever");
        String price = tiered("graduated", "recurring[usage_type]=metered", "recurring[meter]=" + meter);
        String subscription =
                shop.subscribe(customer, price, "discounts[0][coupon]=HALF").id();
        use(customer, 4);
        simulator.advance(Period.ofMonths(1));
        JsonNode draft = latest(subscription);
        assertThat(draft.path("status").asText()).isEqualTo("draft");
        assertThat(draft.path("total").asLong()).isEqualTo(1000);
        simulator.advance(Duration.ofMinutes(10));
        api.post(
                "/v1/billing/meter_events",
                "event_name=calls",
                "payload[stripe_customer_id]=" + customer,
                "payload[value]=16",
                "timestamp=" + Instant.parse("2026-04-10T08:59:59Z").getEpochSecond());
        simulator.advance(Duration.ofHours(1));
        JsonNode paid = latest(subscription);
        assertThat(lines(paid))
                .containsExactly(
                        "5000 10 10 seat × Seats (Tier 1 at $5.00 / month)",
                        "333 10 10 seat × Seats (Tier 2 at $0.333 / month)",
                        "900 0 Seats (Tier 2 at $9.00 / month)");
        assertThat(paid.path("subtotal").asLong()).isEqualTo(6233);
        assertThat(paid.at("/total_discount_amounts/0/amount").asLong()).isEqualTo(3117);
        assertThat(paid.path("amount_paid").asLong()).isEqualTo(3116);
        long off = 0;
        for (JsonNode line : paid.at("/lines/data")) {
            off += line.at("/discount_amounts/0/amount").asLong();
            assertThat(line.at("/pretax_credit_amounts/0/type").asText()).isEqualTo("discount");
        }
        assertThat(off).isEqualTo(3117);
    }

    @Test
    @DisplayName("D10 a discount of an item reduces that item's lines before the subscription's discount")
    void itemDiscount() {
        api.post("/v1/coupons", "id=TEN", "amount_off=1000", "currency=usd", "duration=once");
        api.post("/v1/coupons", "id=HALF", "percent_off=50", "duration=forever");
        Answer subscription = shop.subscribe(
                customer,
                shop.monthly(3000),
                "items[0][discounts][0][coupon]=TEN",
                "items[1][price]=" + shop.monthly(500),
                "discounts[0][coupon]=HALF");
        JsonNode invoice = firstInvoice(subscription);
        JsonNode first = invoice.at("/lines/data/0");
        String own = first.at("/discounts/0").asText();
        assertThat(first.at("/discount_amounts/0/amount").asLong()).isEqualTo(1000);
        assertThat(first.at("/discount_amounts/1/amount").asLong()).isEqualTo(1000);
        assertThat(invoice.at("/lines/data/1/discount_amounts/0/amount").asLong())
                .isEqualTo(250);
        assertThat(invoice.path("discounts")).hasSize(1);
        assertThat(invoice.path("total").asLong()).isEqualTo(1250);
        JsonNode discount = api.get("/v1/subscriptions/" + subscription.id(), "expand[]=items.data.discounts")
                .body();
        assertThat(discount.at("/items/data/0/discounts"))
                .as("it was for one invoice")
                .isEmpty();
        assertThat(own).startsWith("di_");
        simulator.advance(Period.ofMonths(1));
        assertThat(latest(subscription.id()).path("total").asLong()).isEqualTo(1750);
    }

    @Test
    @DisplayName("D10 lines added to a subscription are billed with their own discounts and metadata")
    void extraLines() {
        api.post("/v1/coupons", "id=HALF", "percent_off=50", "duration=once");
        Answer subscription = shop.subscribe(
                customer,
                shop.monthly(1000),
                "add_invoice_items[0][price]=" + shop.oneTime(600),
                "add_invoice_items[0][discounts][0][coupon]=HALF",
                "add_invoice_items[0][metadata][why]=setup");
        JsonNode invoice = firstInvoice(subscription);
        assertThat(invoice.path("total").asLong()).isEqualTo(1300);
        assertThat(invoice.at("/lines/data/0/metadata/why").asText()).isEqualTo("setup");
        api.post(
                "/v1/subscriptions/" + subscription.id(),
                "add_invoice_items[0][price]=" + shop.oneTime(300),
                "add_invoice_items[0][quantity]=2");
        simulator.advance(Period.ofMonths(1));
        assertThat(latest(subscription.id()).path("total").asLong()).isEqualTo(1600);
    }

    private void use(String customer, long value) {
        api.post(
                "/v1/billing/meter_events",
                "event_name=calls",
                "payload[stripe_customer_id]=" + customer,
                "payload[value]=" + value);
    }

    private JsonNode latest(String subscription) {
        return api.get("/v1/invoices", "subscription=" + subscription).body().at("/data/0");
    }
}
