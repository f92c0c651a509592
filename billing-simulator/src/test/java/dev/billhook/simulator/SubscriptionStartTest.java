package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("When subscriptions begin and end")
class SubscriptionStartTest extends OwnSimulatorTest {
    private static final Instant START = Instant.parse("2027-08-16T00:00:00Z");

    SubscriptionStartTest() {
        super(StripeSimulator.builder().startAt(START));
    }

    @ParameterizedTest
    @CsvSource({"create_prorations, 1600, Time on Plan at 3100", "none, 0, Free time on Plan at 3100"})
    @DisplayName("C8 until a later anchor a part of the price is billed, or nothing without prorations")
    void anchor(String proration, long first, String description) {
        Answer subscription = shop.subscribe(
                shop.customer(),
                shop.monthly(3100),
                "billing_cycle_anchor=" + second("2027-09-01T00:00:00Z"),
                "proration_behavior=" + proration,
                "expand[]=latest_invoice");
        assertThat(subscription.number("/latest_invoice/total")).isEqualTo(first);
        assertThat(subscription.text("/latest_invoice/lines/data/0/description"))
                .isEqualTo(description);
        assertThat(subscription.number("/items/data/0/current_period_end")).isEqualTo(second("2027-09-01T00:00:00Z"));
        simulator.advanceTo(Instant.parse("2027-09-01T02:00:00Z"));
        assertThat(shop.newestInvoice(subscription.id()).number("/total")).isEqualTo(3100);
    }

    @Test
    @DisplayName("C8 an anchor after the next natural renewal is refused")
    void lateAnchor() {
        Answer refused = shop.subscribe(
                shop.customer(), shop.monthly(3100), "billing_cycle_anchor=" + second("2027-10-01T00:00:00Z"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/error/param")).isEqualTo("billing_cycle_anchor");
    }

    @Test
    @DisplayName("C8 a configured anchor on the 31st renews on the last day of every month")
    void configuredAnchor() {
        Answer subscription = shop.subscribe(
                shop.customer(),
                shop.monthly(3100),
                "billing_cycle_anchor_config[day_of_month]=31",
                "billing_cycle_anchor_config[hour]=6",
                "billing_cycle_anchor_config[minute]=0",
                "billing_cycle_anchor_config[second]=0");
        assertThat(subscription.number("/billing_cycle_anchor")).isEqualTo(second("2027-08-31T06:00:00Z"));
        assertThat(subscription.number("/billing_cycle_anchor_config/day_of_month"))
                .isEqualTo(31);
        assertThat(subscription.body().at("/billing_cycle_anchor_config/month").isNull())
                .isTrue();
        simulator.advanceTo(Instant.parse("2027-09-15T00:00:00Z"));
        assertThat(periodEnd(subscription.id())).isEqualTo(second("2027-09-30T06:00:00Z"));
        simulator.advanceTo(Instant.parse("2027-10-15T00:00:00Z"));
        assertThat(periodEnd(subscription.id())).isEqualTo(second("2027-10-31T06:00:00Z"));
    }

    @Test
    @DisplayName("C8 a day that the next month lacks is counted from a month that has it")
    void configuredInFebruary() {
        simulator.advanceTo(Instant.parse("2028-02-10T00:00:00Z"));
        Answer subscription =
                shop.subscribe(shop.customer(), shop.monthly(3100), "billing_cycle_anchor_config[day_of_month]=31");
        assertThat(subscription.number("/billing_cycle_anchor")).isEqualTo(second("2028-02-29T00:00:00Z"));
        simulator.advanceTo(Instant.parse("2028-03-10T00:00:00Z"));
        assertThat(periodEnd(subscription.id())).isEqualTo(second("2028-03-31T00:00:00Z"));
    }

    @Test
    @DisplayName("C8 a configured anchor needs a day, monthly or yearly prices, and no anchor beside it")
    void wrongConfiguration() {
        String day = "billing_cycle_anchor_config[day_of_month]=1";
        assertThat(shop.subscribe(shop.customer(), shop.price(100, "week"), day).status())
                .isEqualTo(400);
        assertThat(shop.subscribe(
                                shop.customer(),
                                shop.monthly(100),
                                day,
                                "billing_cycle_anchor=" + second("2027-09-01T00:00:00Z"))
                        .status())
                .isEqualTo(400);
        assertThat(shop.subscribe(shop.customer(), shop.monthly(100), "billing_cycle_anchor_config[day_of_month]=32")
                        .text("/error/param"))
                .isEqualTo("billing_cycle_anchor_config[day_of_month]");
    }

    @ParameterizedTest
    @CsvSource({"flexible, 3, 7600", "classic, 2, 7645"})
    @DisplayName(
            "backdating bills the time before: by natural periods, with classic on one line counted from the start")
    void backdated(String mode, int lines, long total) {
        Answer subscription = shop.subscribe(
                shop.customer(),
                shop.monthly(3000),
                "billing_mode[type]=" + mode,
                "backdate_start_date=" + second("2027-06-30T00:00:00Z"),
                "expand[]=latest_invoice");
        assertThat(subscription.number("/start_date")).isEqualTo(second("2027-06-30T00:00:00Z"));
        assertThat(subscription.number("/billing_cycle_anchor")).isEqualTo(START.getEpochSecond());
        assertThat(data(subscription, "/latest_invoice/lines/data")).hasSize(lines);
        assertThat(subscription.number("/latest_invoice/total")).isEqualTo(total);
    }

    @Test
    @DisplayName("backdating to an anchor in the future bills the natural periods up to it")
    void backdatedToAnchor() {
        Answer subscription = shop.subscribe(
                shop.customer(),
                shop.monthly(3000),
                "backdate_start_date=" + second("2027-07-01T00:00:00Z"),
                "billing_cycle_anchor=" + second("2027-09-01T00:00:00Z"),
                "expand[]=latest_invoice");
        assertThat(data(subscription, "/latest_invoice/lines/data"))
                .extracting(line -> line.at("/period/start").asLong())
                .containsExactly(second("2027-07-01T00:00:00Z"), second("2027-08-01T00:00:00Z"));
        assertThat(subscription.number("/latest_invoice/total")).isEqualTo(6000);
        assertThat(subscription.number("/items/data/0/current_period_start")).isEqualTo(second("2027-08-01T00:00:00Z"));
    }

    @Test
    @DisplayName("backdating without prorations only sets the start")
    void backdatedForFree() {
        Answer subscription = shop.subscribe(
                shop.customer(),
                shop.monthly(3000),
                "backdate_start_date=" + second("2027-07-01T00:00:00Z"),
                "proration_behavior=none",
                "expand[]=latest_invoice");
        assertThat(subscription.number("/start_date")).isEqualTo(second("2027-07-01T00:00:00Z"));
        assertThat(subscription.number("/latest_invoice/total")).isEqualTo(3000);
        Answer refused = shop.subscribe(
                shop.customer(), shop.monthly(1), "backdate_start_date=" + second("2027-08-17T00:00:00Z"));
        assertThat(refused.text("/error/param")).isEqualTo("backdate_start_date");
    }

    @Test
    @DisplayName("C10 an end within the period credits what is left of it, and taking it back charges that again")
    void endWithinPeriod() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(3100));
        String path = "/v1/subscriptions/" + subscription.id();
        Answer ending = api.post(path, "cancel_at=" + second("2027-09-06T00:00:00Z"));
        assertThat(ending.number("/items/data/0/current_period_end")).isEqualTo(second("2027-09-06T00:00:00Z"));
        assertThat(pending()).containsExactly(-1000L);
        assertThat(api.post(path, "cancel_at=").number("/items/data/0/current_period_end"))
                .isEqualTo(second("2027-09-16T00:00:00Z"));
        assertThat(pending()).containsExactly(1000L, -1000L);
        api.post(path, "cancel_at=" + second("2027-09-06T00:00:00Z"), "proration_behavior=none");
        assertThat(pending()).hasSize(2);
        simulator.advanceTo(Instant.parse("2027-09-06T00:00:00Z"));
        assertThat(shop.subscription(subscription.id()).text("/status")).isEqualTo("canceled");
    }

    @Test
    @DisplayName("C10 a later period that ends with the subscription is billed in part")
    void endInLaterPeriod() {
        Answer subscription =
                shop.subscribe(shop.customer(), shop.monthly(3000), "cancel_at=" + second("2027-09-26T00:00:00Z"));
        simulator.advanceTo(Instant.parse("2027-09-16T02:00:00Z"));
        assertThat(shop.newestInvoice(subscription.id()).number("/total")).isEqualTo(1000);
        assertThat(periodEnd(subscription.id())).isEqualTo(second("2027-09-26T00:00:00Z"));
        simulator.advanceTo(Instant.parse("2027-09-26T00:00:00Z"));
        assertThat(shop.subscription(subscription.id()).number("/ended_at")).isEqualTo(second("2027-09-26T00:00:00Z"));
        assertThat(shop.newestInvoice(subscription.id()).number("/total")).isEqualTo(1000);
    }

    @Test
    @DisplayName("from free to paid the cycle begins anew and the price is due at once")
    void fromFreeToPaid() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(0));
        simulator.advance(Duration.ofDays(10));
        Answer paid = api.post(
                "/v1/subscriptions/" + subscription.id(),
                "items[0][id]=" + subscription.text("/items/data/0/id"),
                "items[0][price]=" + shop.monthly(900),
                "expand[]=latest_invoice");
        assertThat(paid.number("/billing_cycle_anchor"))
                .isEqualTo(simulator.now().getEpochSecond());
        assertThat(paid.number("/latest_invoice/amount_paid")).isEqualTo(900);
    }

    @Test
    @DisplayName("C23 collection is taken up again by itself, and what was kept as a draft stays one")
    void collectionResumes() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(3000));
        api.post(
                "/v1/subscriptions/" + subscription.id(),
                "pause_collection[behavior]=keep_as_draft",
                "pause_collection[resumes_at]=" + second("2027-09-16T00:30:00Z"));
        simulator.advanceTo(Instant.parse("2027-09-16T00:00:00Z"));
        Answer kept = shop.newestInvoice(subscription.id());
        assertThat(kept.body().path("auto_advance").asBoolean()).isFalse();
        simulator.advanceTo(Instant.parse("2027-09-17T00:00:00Z"));
        assertThat(shop.newestInvoice(subscription.id()).text("/status")).isEqualTo("draft");
        assertThat(shop.subscription(subscription.id())
                        .body()
                        .path("pause_collection")
                        .isNull())
                .isTrue();
        assertThat(api.eventTypes()).doesNotContain("invoice.upcoming");
        simulator.advanceTo(Instant.parse("2027-10-17T00:00:00Z"));
        assertThat(shop.newestInvoice(subscription.id()).text("/status")).isEqualTo("paid");
        assertThat(api.get("/v1/invoices/" + kept.id()).text("/status")).isEqualTo("draft");
    }

    private List<Long> pending() {
        List<Long> amounts = new ArrayList<>();
        api.get("/v1/invoiceitems", "pending=true")
                .body()
                .path("data")
                .forEach(item -> amounts.add(item.path("amount").asLong()));
        return amounts;
    }

    private static List<JsonNode> data(Answer answer, String pointer) {
        List<JsonNode> data = new ArrayList<>();
        answer.body().at(pointer).forEach(data::add);
        return data;
    }

    private long periodEnd(String id) {
        return shop.subscription(id).number("/items/data/0/current_period_end");
    }

    private static long second(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }
}
