package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The passage of time")
class BillingCycleTest extends OwnSimulatorTest {
    private static final Instant START = Instant.parse("2027-01-31T10:00:00Z");

    private static final List<String> PAYMENT = List.of(
            "customer.updated",
            "invoice.finalized",
            "payment_intent.created",
            "charge.succeeded",
            "payment_intent.succeeded",
            "invoice_payment.paid",
            "invoice.updated",
            "invoice.paid",
            "invoice.payment_succeeded");

    BillingCycleTest() {
        super(StripeSimulator.builder().startAt(START).seed(7));
    }

    @ParameterizedTest
    @CsvSource({
        "month, 2027-02-28T10:00:00Z, 2027-03-31T10:00:00Z, 2027-04-30T10:00:00Z",
        "year, 2028-01-31T10:00:00Z, 2029-01-31T10:00:00Z, 2030-01-31T10:00:00Z",
        "week, 2027-02-07T10:00:00Z, 2027-02-14T10:00:00Z, 2027-02-21T10:00:00Z",
        "day, 2027-02-01T10:00:00Z, 2027-02-02T10:00:00Z, 2027-02-03T10:00:00Z",
    })
    @DisplayName("periods are counted from the anchor: 31 January, 28 February, 31 March")
    void calendar(String interval, Instant first, Instant second, Instant third) {
        String id = shop.subscribe(shop.customer(), shop.price(1000, interval)).id();
        for (Instant end : List.of(first, second, third)) {
            assertThat(periodEnd(id)).isEqualTo(end);
            simulator.advanceTo(end);
        }
    }

    @Test
    @DisplayName("a renewal is drafted at the boundary, finalized after an hour and paid")
    void renewal() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000));
        simulator.advanceTo(Instant.parse("2027-02-28T10:00:00Z"));
        Answer draft = shop.newestInvoice(subscription.id());
        assertThat(draft.text("/status")).isEqualTo("draft");
        assertThat(draft.text("/billing_reason")).isEqualTo("subscription_cycle");
        assertThat(draft.number("/automatically_finalizes_at")).isEqualTo(draft.number("/created") + 3600);
        assertThat(draft.number("/lines/data/0/period/end"))
                .isEqualTo(periodEnd(subscription.id()).getEpochSecond());
        simulator.advance(Duration.ofHours(1));
        Answer paid = shop.newestInvoice(subscription.id());
        assertThat(paid.text("/status")).isEqualTo("paid");
        assertThat(paid.text("/number")).endsWith("-0002");
        JsonNode rolled = api.events("customer.subscription.updated").stream()
                .filter(event -> event.at("/data/previous_attributes").has("items"))
                .findFirst()
                .orElseThrow();
        assertThat(rolled.at("/request/id").isNull()).isTrue();
        assertThat(api.eventTypes()).contains("invoice.upcoming");
    }

    @Test
    @DisplayName("D10 a year in one step emits the same events at the same times as day by day")
    void stepsDoNotMatter() {
        List<String> oneStep = story(simulator, 1);
        try (StripeSimulator other =
                StripeSimulator.builder().startAt(START).seed(7).start()) {
            assertThat(story(other, 365)).isEqualTo(oneStep);
        }
        assertThat(oneStep).hasSizeGreaterThan(100);
    }

    @Test
    @DisplayName(
            "D10 a year of a hundred monthly subscriptions: every event of every renewal, in order and at its time")
    void aYearOfAHundred() {
        int subscriptions = 100;
        String price = shop.monthly(1000);
        List<String> customers = new ArrayList<>();
        for (int i = 0; i < subscriptions; i++) {
            String customer = shop.customer();
            shop.subscribe(customer, price);
            customers.add(customer);
        }
        int before = api.events().size();
        simulator.advance(Period.ofYears(1));
        List<JsonNode> all = api.events();
        List<JsonNode> events = all.subList(before, all.size());
        Map<String, List<String>> stories = new HashMap<>();
        Map<String, String> owners = new HashMap<>();
        long time = 0;
        for (JsonNode event : events) {
            JsonNode object = event.at("/data/object");
            String owner = object.path("customer")
                    .asText(owners.get(object.path("invoice").asText()));
            owners.put(object.path("id").asText(), owner);
            assertThat(event.path("created").asLong()).isGreaterThanOrEqualTo(time);
            time = event.path("created").asLong();
            String customer = "customer".equals(object.path("object").asText())
                    ? object.path("id").asText()
                    : owner;
            stories.computeIfAbsent(customer, key -> new ArrayList<>())
                    .add(Instant.ofEpochSecond(time) + " " + event.path("type").asText());
        }
        List<String> expected = new ArrayList<>();
        ZonedDateTime start = START.atZone(ZoneOffset.UTC);
        for (int month = 1; month <= 12; month++) {
            ZonedDateTime renewal = start.plusMonths(month);
            add(expected, renewal.minusDays(7), List.of("invoice.upcoming"));
            add(expected, renewal, List.of("customer.subscription.updated", "invoice.created"));
            add(expected, renewal.plusHours(1), month == 12 ? List.of() : PAYMENT);
        }
        assertThat(stories).containsOnlyKeys(customers);
        assertThat(stories.values()).allSatisfy(story -> assertThat(story).isEqualTo(expected));
        assertThat(events).hasSize(subscriptions * expected.size());
    }

    private static void add(List<String> story, ZonedDateTime at, List<String> types) {
        types.forEach(type -> story.add(at.toInstant() + " " + type));
    }

    @Test
    @DisplayName("D3 a renewal that fails is tried again after 3, 5 and 7 days, then the subscription ends")
    void dunning() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000));
        String customer = subscription.text("/customer");
        api.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=pm_card_chargeCustomerFail");
        Instant firstAttempt = Instant.parse("2027-02-28T11:00:00Z");
        simulator.advanceTo(firstAttempt);
        assertThat(shop.subscription(subscription.id()).text("/status")).isEqualTo("past_due");
        Answer failed = shop.newestInvoice(subscription.id());
        assertThat(failed.number("/attempt_count")).isEqualTo(1);
        assertThat(failed.number("/next_payment_attempt"))
                .isEqualTo(firstAttempt.plus(Duration.ofDays(3)).getEpochSecond());
        assertThat(api.get("/v1/customers/" + customer)
                        .body()
                        .path("delinquent")
                        .asBoolean())
                .isTrue();
        simulator.advance(Duration.ofDays(6));
        assertThat(shop.newestInvoice(subscription.id()).number("/attempt_count"))
                .isEqualTo(3);
        simulator.advance(Duration.ofDays(1));
        Answer ended = shop.subscription(subscription.id());
        assertThat(ended.text("/status")).isEqualTo("canceled");
        assertThat(ended.text("/cancellation_details/reason")).isEqualTo("payment_failed");
        assertThat(api.eventTypes().stream().filter("invoice.payment_failed"::equals))
                .hasSize(4);
    }

    @Test
    @DisplayName("a retry with a better card recovers the subscription")
    void recovery() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000));
        String customer = "/v1/customers/" + subscription.text("/customer");
        api.post(customer, "invoice_settings[default_payment_method]=pm_card_chargeCustomerFail");
        simulator.advance(Period.ofMonths(1));
        simulator.advance(Duration.ofHours(1));
        assertThat(shop.subscription(subscription.id()).text("/status")).isEqualTo("past_due");
        api.post(customer, "invoice_settings[default_payment_method]=pm_card_visa");
        simulator.advance(Duration.ofDays(3));
        assertThat(shop.subscription(subscription.id()).text("/status")).isEqualTo("active");
        assertThat(api.get(customer).body().path("delinquent").asBoolean()).isFalse();
    }

    @Test
    @DisplayName("a renewal that needs authentication asks for it, and passing it pays")
    void authentication() {
        Answer subscription = shop.subscribe(shop.customer(), shop.monthly(1000));
        api.post(
                "/v1/customers/" + subscription.text("/customer"),
                "invoice_settings[default_payment_method]=pm_card_authenticationRequired");
        simulator.advance(Period.ofMonths(1));
        simulator.advance(Duration.ofHours(1));
        assertThat(api.eventTypes()).contains("invoice.payment_action_required");
        assertThat(shop.subscription(subscription.id()).text("/status")).isEqualTo("past_due");
    }

    @Test
    @DisplayName("C9 a trial costs nothing, is announced three days before its end, and then bills")
    void trial() {
        Answer subscription =
                shop.subscribe(shop.customer(), shop.monthly(1000), "trial_period_days=14", "expand[]=latest_invoice");
        assertThat(subscription.text("/status")).isEqualTo("trialing");
        assertThat(subscription.number("/latest_invoice/total")).isZero();
        assertThat(subscription.text("/latest_invoice/status")).isEqualTo("paid");
        simulator.advance(Duration.ofDays(10));
        assertThat(api.eventTypes()).doesNotContain("customer.subscription.trial_will_end");
        simulator.advance(Duration.ofDays(1));
        assertThat(api.eventTypes()).contains("customer.subscription.trial_will_end");
        simulator.advance(Duration.ofDays(3));
        Answer active = shop.subscription(subscription.id());
        assertThat(active.text("/status")).isEqualTo("active");
        assertThat(periodEnd(subscription.id())).isEqualTo(Instant.parse("2027-03-14T10:00:00Z"));
        simulator.advance(Duration.ofHours(1));
        assertThat(shop.newestInvoice(subscription.id()).number("/amount_paid")).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"cancel, canceled", "pause, paused", "create_invoice, active"})
    @DisplayName("C9 a trial without a card ends as the trial settings say")
    void trialWithoutCard(String behavior, String status) {
        String customer = api.post("/v1/customers", "name=A").id();
        String id = shop.subscribe(
                        customer,
                        shop.monthly(1000),
                        "trial_period_days=7",
                        "trial_settings[end_behavior][missing_payment_method]=" + behavior)
                .id();
        simulator.advance(Duration.ofDays(7));
        assertThat(shop.subscription(id).text("/status")).isEqualTo(status);
        if ("paused".equals(status)) {
            api.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=pm_card_visa");
            assertThat(api.post("/v1/subscriptions/" + id + "/resume").text("/status"))
                    .isEqualTo("active");
        }
    }

    @Test
    @DisplayName("a trial ended early begins to bill at once")
    void trialEndedNow() {
        String id = shop.subscribe(shop.customer(), shop.monthly(1000), "trial_period_days=14")
                .id();
        simulator.advance(Duration.ofDays(2));
        Answer active = api.post("/v1/subscriptions/" + id, "trial_end=now", "expand[]=latest_invoice");
        assertThat(active.text("/status")).isEqualTo("active");
        assertThat(active.number("/latest_invoice/amount_paid")).isEqualTo(1000);
        assertThat(active.number("/billing_cycle_anchor"))
                .isEqualTo(simulator.now().getEpochSecond());
    }

    @Test
    @DisplayName("C23 while collection is paused, invoices are voided, and afterwards collected again")
    void pausedCollection() {
        String id = shop.subscribe(shop.customer(), shop.monthly(1000)).id();
        api.post("/v1/subscriptions/" + id, "pause_collection[behavior]=void");
        simulator.advanceTo(Instant.parse("2027-02-28T12:00:00Z"));
        assertThat(shop.newestInvoice(id).text("/status")).isEqualTo("void");
        api.post("/v1/subscriptions/" + id, "pause_collection=");
        simulator.advanceTo(Instant.parse("2027-03-31T12:00:00Z"));
        assertThat(shop.newestInvoice(id).text("/status")).isEqualTo("paid");
    }

    private static List<String> story(StripeSimulator simulator, int steps) {
        ApiClient client = new ApiClient(simulator);
        Shop shop = new Shop(client);
        shop.subscribe(shop.customer(), shop.monthly(1000), "trial_period_days=9");
        shop.subscribe(shop.customer(), shop.price(300, "week"));
        Answer failing = shop.subscribe(shop.customer(), shop.monthly(700));
        client.post(
                "/v1/customers/" + failing.text("/customer"),
                "invoice_settings[default_payment_method]=pm_card_chargeCustomerFail");
        Instant end = START.plus(Duration.ofDays(365));
        for (int step = 1; step <= steps; step++) {
            simulator.advanceTo(START.plus(Duration.ofDays(365L * step / steps)));
        }
        assertThat(simulator.now()).isEqualTo(end);
        List<String> story = new ArrayList<>();
        client.events()
                .forEach(event -> story.add(event.path("created").asLong() + " "
                        + event.path("type").asText()));
        return story;
    }

    private Instant periodEnd(String subscription) {
        return Instant.ofEpochSecond(shop.subscription(subscription).number("/items/data/0/current_period_end"));
    }
}
