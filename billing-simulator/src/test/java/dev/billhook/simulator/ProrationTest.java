package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Changes in the middle of a period")
class ProrationTest extends OwnSimulatorTest {
    ProrationTest() {
        super(StripeSimulator.builder().startAt(Instant.parse("2027-04-01T00:00:00Z")));
    }

    @Test
    @DisplayName(
            "C2 an upgrade at half time credits half the old and charges half the new price, with the next invoice")
    void createProrations() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000));
        simulator.advance(Duration.ofDays(15));
        update(subscription, "items[0][price]=" + shop.monthly(3000));
        List<JsonNode> pending = data(api.get("/v1/invoiceitems", "pending=true"));
        assertThat(pending).extracting(item -> item.path("amount").asLong()).containsExactlyInAnyOrder(-500L, 1500L);
        simulator.advanceTo(Instant.parse("2027-05-01T01:00:00Z"));
        Answer invoice = shop.newestInvoice(subscription.id());
        assertThat(invoice.number("/total")).isEqualTo(4000);
        assertThat(invoice.text("/status")).isEqualTo("paid");
        assertThat(invoice.body().at("/lines/data")).hasSize(3);
        assertThat(invoice.body()
                        .at("/lines/data/0/parent/subscription_item_details/proration")
                        .asBoolean())
                .isTrue();
        assertThat(data(api.get("/v1/invoiceitems", "pending=true"))).isEmpty();
    }

    @Test
    @DisplayName("C2 always_invoice bills the difference at once, none bills nothing")
    void alwaysInvoiceAndNone() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000));
        simulator.advance(Duration.ofDays(15));
        update(subscription, "items[0][price]=" + shop.monthly(3000), "proration_behavior=always_invoice");
        Answer invoice = shop.newestInvoice(subscription.id());
        assertThat(invoice.text("/billing_reason")).isEqualTo("subscription_update");
        assertThat(invoice.number("/amount_paid")).isEqualTo(1000);
        update(subscription, "items[0][price]=" + shop.monthly(9000), "proration_behavior=none");
        assertThat(shop.newestInvoice(subscription.id()).id()).isEqualTo(invoice.id());
        assertThat(data(api.get("/v1/invoiceitems", "pending=true"))).isEmpty();
    }

    @Test
    @DisplayName("C2 from month to year the cycle begins anew, the unused month is credited, the year is paid")
    void intervalChange() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000));
        simulator.advance(Duration.ofDays(15));
        Answer yearly = update(subscription, "items[0][price]=" + shop.yearly(10_000));
        assertThat(yearly.number("/billing_cycle_anchor"))
                .isEqualTo(simulator.now().getEpochSecond());
        assertThat(yearly.number("/items/data/0/current_period_end"))
                .isEqualTo(Instant.parse("2028-04-16T00:00:00Z").getEpochSecond());
        assertThat(shop.newestInvoice(subscription.id()).number("/amount_paid")).isEqualTo(9500);
    }

    @Test
    @DisplayName("a credit larger than the charge stays on the customer's balance and pays the next invoice")
    void balance() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(3000));
        simulator.advance(Duration.ofDays(15));
        update(subscription, "items[0][price]=" + shop.monthly(1000), "proration_behavior=always_invoice");
        String customer = "/v1/customers/" + subscription.text("/customer");
        assertThat(api.get(customer).number("/balance")).isEqualTo(-1000);
        assertThat(shop.newestInvoice(subscription.id()).number("/amount_due")).isZero();
        simulator.advanceTo(Instant.parse("2027-05-01T01:00:00Z"));
        Answer renewal = shop.newestInvoice(subscription.id());
        assertThat(renewal.number("/total")).isEqualTo(1000);
        assertThat(renewal.number("/amount_due")).isZero();
        assertThat(renewal.text("/status")).isEqualTo("paid");
        assertThat(api.get(customer).number("/balance")).isZero();
    }

    @Test
    @DisplayName("C7 an upgrade that cannot be paid is undone when it must be paid")
    void errorIfIncomplete() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000));
        api.post(
                "/v1/customers/" + subscription.text("/customer"),
                "invoice_settings[default_payment_method]=pm_card_chargeCustomerFail");
        simulator.advance(Duration.ofDays(3));
        Answer refused = update(
                subscription,
                "items[0][quantity]=10",
                "proration_behavior=always_invoice",
                "payment_behavior=error_if_incomplete");
        assertThat(refused.status()).isEqualTo(402);
        assertThat(shop.subscription(subscription.id()).number("/items/data/0/quantity"))
                .isEqualTo(1);
        assertThat(shop.subscription(subscription.id()).text("/status")).isEqualTo("active");
    }

    @Test
    @DisplayName("C15 a preview changes nothing and equals what is charged when it is carried out")
    void preview() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000));
        simulator.advance(Duration.ofHours(100));
        String price = shop.monthly(2500);
        int events = api.events().size();
        String date = String.valueOf(simulator.now().getEpochSecond());
        Answer preview = api.post(
                "/v1/invoices/create_preview",
                "subscription=" + subscription.id(),
                "subscription_details[items][0][id]=" + subscription.text("/items/data/0/id"),
                "subscription_details[items][0][price]=" + price,
                "subscription_details[items][0][quantity]=3",
                "subscription_details[proration_behavior]=always_invoice",
                "subscription_details[proration_date]=" + date);
        assertThat(preview.text("/status")).isEqualTo("draft");
        assertThat(api.events()).hasSize(events);
        assertThat(shop.subscription(subscription.id()).number("/items/data/0/quantity"))
                .isEqualTo(1);
        update(
                subscription,
                "items[0][price]=" + price,
                "items[0][quantity]=3",
                "proration_behavior=always_invoice",
                "proration_date=" + date);
        assertThat(shop.newestInvoice(subscription.id()).number("/amount_paid"))
                .isEqualTo(preview.number("/amount_due"));
    }

    @Test
    @DisplayName("C15 the plain preview is the next renewal; a cancelled subscription has none")
    void previewOfRenewal() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000), "items[0][quantity]=2");
        Answer preview = api.post("/v1/invoices/create_preview", "subscription=" + subscription.id());
        assertThat(preview.number("/amount_due")).isEqualTo(2000);
        assertThat(preview.number("/period_end"))
                .isEqualTo(Instant.parse("2027-05-01T00:00:00Z").getEpochSecond());
        update(subscription, "cancel_at_period_end=true");
        Answer none = api.post("/v1/invoices/create_preview", "subscription=" + subscription.id());
        assertThat(none.text("/error/code")).isEqualTo("invoice_upcoming_none");
        Answer fresh = api.post(
                "/v1/invoices/create_preview",
                "customer=" + subscription.text("/customer"),
                "subscription_details[items][0][price]=" + shop.monthly(700));
        assertThat(fresh.number("/total")).isEqualTo(700);
    }

    @Test
    @DisplayName("C16 cancelling now with proration credits the unused time")
    void cancelWithRefund() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(3000));
        simulator.advance(Duration.ofDays(10));
        api.delete("/v1/subscriptions/" + subscription.id(), "prorate=true", "invoice_now=true");
        assertThat(shop.newestInvoice(subscription.id()).number("/total")).isEqualTo(-2000);
        assertThat(api.get("/v1/customers/" + subscription.text("/customer")).number("/balance"))
                .isEqualTo(-2000);
    }

    @Test
    @DisplayName("B3 graduated and volume tiers are computed exactly")
    void tiers() {
        assertThat(totalOf("graduated", 12)).isEqualTo(5 * 1000 + 7 * 800 + 300);
        assertThat(totalOf("volume", 12)).isEqualTo(12 * 800 + 300);
        assertThat(totalOf("graduated", 4)).isEqualTo(4 * 1000);
    }

    private long totalOf(String mode, int quantity) {
        String price = api.post(
                        "/v1/prices",
                        "currency=usd",
                        "product_data[name]=Seats",
                        "recurring[interval]=month",
                        "billing_scheme=tiered",
                        "tiers_mode=" + mode,
                        "tiers[0][up_to]=5",
                        "tiers[0][unit_amount]=1000",
                        "tiers[1][up_to]=inf",
                        "tiers[1][unit_amount]=800",
                        "tiers[1][flat_amount]=300")
                .id();
        Answer subscription =
                shop.subscribe(shop.customer(), price, "items[0][quantity]=" + quantity, "expand[]=latest_invoice");
        return subscription.number("/latest_invoice/total");
    }

    private Answer update(Answer subscription, String... params) {
        String item = "items[0][id]=" + subscription.text("/items/data/0/id");
        boolean ofItems = List.of(params).stream().anyMatch(param -> param.startsWith("items"));
        return api.post("/v1/subscriptions/" + subscription.id(), ofItems ? prepend(item, params) : params);
    }

    private static String[] prepend(String first, String... others) {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(first), java.util.Arrays.stream(others))
                .toArray(String[]::new);
    }

    private static List<JsonNode> data(Answer list) {
        List<JsonNode> data = new java.util.ArrayList<>();
        list.body().path("data").forEach(data::add);
        return data;
    }
}
