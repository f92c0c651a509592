package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Subscription schedules")
class ScheduleTest extends OwnSimulatorTest {
    private static final String SCHEDULES = "/v1/subscription_schedules";
    private static final Instant START = Instant.parse("2027-01-31T10:00:00Z");

    private String customer;

    ScheduleTest() {
        super(StripeSimulator.builder().startAt(START));
    }

    @BeforeEach
    void makeCustomer() {
        customer = shop.customer();
    }

    @Test
    @DisplayName("C14 begins now: the first invoice is a draft for an hour, the subscription active")
    void beginsNow() {
        Answer schedule = twoPhases(1000, 3000);
        assertThat(schedule.text("/status")).isEqualTo("active");
        assertThat(schedule.number("/current_phase/start_date")).isEqualTo(START.getEpochSecond());
        assertThat(schedule.number("/current_phase/end_date")).isEqualTo(second("2027-03-31T10:00:00Z"));
        assertThat(schedule.number("/phases/1/end_date")).isEqualTo(second("2027-04-30T10:00:00Z"));
        Answer subscription = subscription(schedule);
        assertThat(subscription.text("/status")).isEqualTo("active");
        assertThat(subscription.text("/schedule")).isEqualTo(schedule.id());
        assertThat(newestInvoice(subscription).text("/status")).isEqualTo("draft");
        simulator.advance(Duration.ofHours(1));
        assertThat(newestInvoice(subscription).number("/amount_paid")).isEqualTo(1000);
    }

    @Test
    @DisplayName("C14 a phase that ends with a period is followed by the next without prorations")
    void nextPhaseAtRenewal() {
        Answer schedule = twoPhases(1000, 3000);
        simulator.advanceTo(Instant.parse("2027-03-31T11:00:00Z"));
        Answer subscription = subscription(schedule);
        assertThat(newestInvoice(subscription).number("/total")).isEqualTo(3000);
        assertThat(lines(newestInvoice(subscription))).hasSize(1);
        assertThat(subscription.body().at("/items/data")).hasSize(1);
        assertThat(api.get(SCHEDULES + "/" + schedule.id()).number("/current_phase/start_date"))
                .isEqualTo(second("2027-03-31T10:00:00Z"));
        assertThat(newestEvent("subscription_schedule.updated")
                        .at("/data/previous_attributes/current_phase/start_date")
                        .asLong())
                .isEqualTo(START.getEpochSecond());
    }

    @ParameterizedTest
    @CsvSource({"create_prorations, -500 1500", "none, ''"})
    @DisplayName("C14 a phase that begins within a period is prorated as it says")
    void nextPhaseWithinPeriod(String proration, String amounts) {
        simulator.advanceTo(Instant.parse("2027-04-01T00:00:00Z"));
        Answer schedule = create(
                "phases[0][items][0][price]=" + shop.monthly(1000),
                "phases[0][end_date]=" + second("2027-04-16T00:00:00Z"),
                "phases[1][items][0][price]=" + shop.monthly(3000),
                "phases[1][proration_behavior]=" + proration,
                "phases[1][duration][interval]=month");
        simulator.advanceTo(Instant.parse("2027-04-17T00:00:00Z"));
        List<String> pending = new ArrayList<>();
        api.get("/v1/invoiceitems", "pending=true")
                .body()
                .path("data")
                .forEach(item -> pending.add(0, item.path("amount").asText()));
        assertThat(String.join(" ", pending)).isEqualTo(amounts);
        assertThat(subscription(schedule).number("/items/data/0/price/unit_amount"))
                .isEqualTo(3000);
    }

    @Test
    @DisplayName("C14 from monthly to yearly the cycle begins anew with the phase")
    void otherInterval() {
        Answer schedule = create(
                "phases[0][items][0][price]=" + shop.monthly(1000),
                "phases[1][items][0][price]=" + shop.yearly(9000),
                "phases[1][duration][interval]=year");
        simulator.advanceTo(Instant.parse("2027-02-28T12:00:00Z"));
        Answer subscription = subscription(schedule);
        assertThat(newestInvoice(subscription).number("/amount_paid")).isEqualTo(9000);
        assertThat(subscription.number("/items/data/0/current_period_end")).isEqualTo(second("2028-02-28T10:00:00Z"));
    }

    @Test
    @DisplayName("C14 after the last phase the subscription goes on alone")
    void released() {
        Answer schedule = twoPhases(1000, 3000);
        String id = schedule.text("/subscription");
        simulator.advanceTo(Instant.parse("2027-04-29T10:00:00Z"));
        assertThat(api.eventTypes()).contains("subscription_schedule.expiring");
        simulator.advanceTo(Instant.parse("2027-06-01T00:00:00Z"));
        Answer over = api.get(SCHEDULES + "/" + schedule.id());
        assertThat(over.text("/status")).isEqualTo("completed");
        assertThat(over.number("/completed_at")).isEqualTo(second("2027-04-30T10:00:00Z"));
        assertThat(over.text("/released_subscription")).isEqualTo(id);
        assertThat(over.body().path("subscription").isNull()).isTrue();
        Answer subscription = shop.subscription(id);
        assertThat(subscription.text("/status")).isEqualTo("active");
        assertThat(subscription.body().path("schedule").isNull()).isTrue();
        assertThat(newestInvoice(subscription).number("/amount_paid")).isEqualTo(3000);
        assertThat(api.eventTypes()).contains("subscription_schedule.completed");
    }

    @Test
    @DisplayName("C14 with end_behavior=cancel the subscription ends with the last phase")
    void canceledAtEnd() {
        Answer schedule = create(
                "end_behavior=cancel",
                "phases[0][items][0][price]=" + shop.monthly(1000),
                "phases[0][duration][interval]=month",
                "phases[0][duration][interval_count]=2");
        Answer subscription = subscription(schedule);
        assertThat(subscription.number("/cancel_at")).isEqualTo(second("2027-03-31T10:00:00Z"));
        simulator.advanceTo(Instant.parse("2027-03-31T10:00:00Z"));
        assertThat(subscription(schedule).text("/status")).isEqualTo("canceled");
        assertThat(api.get(SCHEDULES + "/" + schedule.id()).text("/status")).isEqualTo("completed");
        simulator.advanceTo(Instant.parse("2027-05-31T10:00:00Z"));
        assertThat(api.get("/v1/invoices", "customer=" + customer).body().path("data"))
                .hasSize(2);
    }

    @Test
    @DisplayName("C14 one that begins later begins by itself then, and can be changed or canceled until")
    void beginsLater() {
        String later = "start_date=" + second("2027-03-01T00:00:00Z");
        String price = "phases[0][items][0][price]=" + shop.monthly(1000);
        Answer schedule = create(later, price);
        Answer other = create(later, price);
        assertThat(schedule.text("/status")).isEqualTo("not_started");
        assertThat(schedule.body().path("current_phase").isNull()).isTrue();
        assertThat(api.get(SCHEDULES, "scheduled=true", "customer=" + customer)
                        .body()
                        .path("data"))
                .hasSize(2);
        assertThat(api.post(SCHEDULES + "/" + other.id() + "/cancel").text("/status"))
                .isEqualTo("canceled");
        Answer changed = api.post(
                SCHEDULES + "/" + schedule.id(),
                "phases[0][items][0][price]=" + shop.monthly(2000),
                "phases[0][start_date]=" + second("2027-02-15T00:00:00Z"));
        assertThat(changed.number("/phases/0/start_date")).isEqualTo(second("2027-02-15T00:00:00Z"));
        simulator.advanceTo(Instant.parse("2027-02-15T02:00:00Z"));
        Answer begun = api.get(SCHEDULES + "/" + schedule.id());
        assertThat(begun.text("/status")).isEqualTo("active");
        assertThat(newestInvoice(subscription(begun)).number("/amount_paid")).isEqualTo(2000);
        simulator.advanceTo(Instant.parse("2027-03-02T00:00:00Z"));
        assertThat(api.get("/v1/subscriptions", "customer=" + customer).body().path("data"))
                .hasSize(1);
    }

    @Test
    @DisplayName("C14 one that began in the past bills the time since")
    void beganEarlier() {
        Answer schedule = create(
                "start_date=" + second("2027-01-15T10:00:00Z"),
                "phases[0][items][0][price]=" + shop.monthly(3100),
                "phases[0][duration][interval]=month",
                "phases[0][duration][interval_count]=3");
        Answer subscription = subscription(schedule);
        assertThat(subscription.number("/start_date")).isEqualTo(second("2027-01-15T10:00:00Z"));
        assertThat(subscription.number("/items/data/0/current_period_end")).isEqualTo(second("2027-02-15T10:00:00Z"));
        assertThat(newestInvoice(subscription).number("/total")).isEqualTo(3100);
        assertThat(schedule.number("/phases/0/end_date")).isEqualTo(second("2027-04-15T10:00:00Z"));
    }

    @Test
    @DisplayName("C14 a phase may be a trial, followed by one that is paid")
    void trial() {
        String price = shop.monthly(1000);
        Answer schedule = create(
                "phases[0][items][0][price]=" + price,
                "phases[0][trial]=true",
                "phases[0][duration][interval]=week",
                "phases[1][items][0][price]=" + price);
        assertThat(schedule.number("/phases/0/trial_end")).isEqualTo(second("2027-02-07T10:00:00Z"));
        assertThat(subscription(schedule).text("/status")).isEqualTo("trialing");
        simulator.advanceTo(Instant.parse("2027-02-07T12:00:00Z"));
        Answer paying = subscription(schedule);
        assertThat(paying.text("/status")).isEqualTo("active");
        assertThat(newestInvoice(paying).number("/amount_paid")).isEqualTo(1000);
    }

    @Test
    @DisplayName("C14 a discount lasts for its phase, extra lines are billed with it, metadata is merged")
    void phaseTerms() {
        String coupon =
                api.post("/v1/coupons", "percent_off=50", "duration=forever").id();
        String price = shop.monthly(1000);
        Answer schedule = create(
                "phases[0][items][0][price]=" + price,
                "phases[0][discounts][0][coupon]=" + coupon,
                "phases[0][metadata][a]=1",
                "phases[0][metadata][b]=1",
                "phases[1][items][0][price]=" + price,
                "phases[1][items][0][quantity]=2",
                "phases[1][add_invoice_items][0][price]=" + shop.oneTime(70),
                "phases[1][metadata][b]=2");
        simulator.advance(Duration.ofHours(1));
        assertThat(newestInvoice(subscription(schedule)).number("/total")).isEqualTo(500);
        simulator.advanceTo(Instant.parse("2027-02-28T12:00:00Z"));
        Answer subscription = subscription(schedule);
        assertThat(newestInvoice(subscription).number("/total")).isEqualTo(2070);
        assertThat(subscription.body().path("discounts")).isEmpty();
        assertThat(subscription.text("/metadata/a")).isEqualTo("1");
        assertThat(subscription.text("/metadata/b")).isEqualTo("2");
        assertThat(api.get("/v1/coupons/" + coupon).number("/times_redeemed")).isEqualTo(1);
    }

    @Test
    @DisplayName("C14 an existing subscription comes into the care of a schedule and gets a later phase")
    void fromSubscription() {
        Answer subscription = shop.subscribe(customer, shop.monthly(1000));
        Answer schedule = api.post(SCHEDULES, "from_subscription=" + subscription.id());
        assertThat(schedule.text("/status")).isEqualTo("active");
        assertThat(schedule.number("/phases/0/end_date")).isEqualTo(second("2027-02-28T10:00:00Z"));
        String path = SCHEDULES + "/" + schedule.id();
        Answer planned = api.post(
                path,
                "phases[0][items][0][price]=" + schedule.text("/phases/0/items/0/price"),
                "phases[0][start_date]=" + schedule.number("/phases/0/start_date"),
                "phases[0][end_date]=" + schedule.number("/phases/0/end_date"),
                "phases[1][items][0][price]=" + shop.monthly(400));
        assertThat(planned.body().path("phases")).hasSize(2);
        assertThat(api.post("/v1/invoices/create_preview", "subscription=" + subscription.id())
                        .number("/total"))
                .isEqualTo(400);
        simulator.advanceTo(Instant.parse("2027-02-28T12:00:00Z"));
        assertThat(newestInvoice(subscription).number("/amount_paid")).isEqualTo(400);
        assertThat(shop.subscription(subscription.id()).text("/items/data/0/id"))
                .isEqualTo(subscription.text("/items/data/0/id"));
        Answer twice = api.post(SCHEDULES, "from_subscription=" + subscription.id());
        assertThat(twice.text("/error/param")).isEqualTo("from_subscription");
    }

    @Test
    @DisplayName("C14 ends with a subscription whose first invoice is never paid")
    void neverPaid() {
        String unpaid = shop.customer("pm_card_chargeCustomerFail");
        Answer subscription = shop.subscribe(unpaid, shop.monthly(1000));
        Answer schedule = api.post(SCHEDULES, "from_subscription=" + subscription.id());
        assertThat(schedule.text("/status")).isEqualTo("active");

        simulator.advance(Duration.ofDays(1));

        assertThat(shop.subscription(subscription.id()).text("/status")).isEqualTo("incomplete_expired");
        assertThat(api.get(SCHEDULES + "/" + schedule.id()).text("/status")).isEqualTo("canceled");
        assertThat(newestEvent("subscription_schedule.aborted")
                        .at("/data/object/id")
                        .asText())
                .isEqualTo(schedule.id());
        api.delete("/v1/customers/" + unpaid);
        simulator.advance(Duration.ofDays(60));
    }

    @Test
    @DisplayName("C14 a change of the present phase changes the subscription at once")
    void changesNow() {
        Answer schedule = create("phases[0][items][0][price]=" + shop.monthly(1000));
        simulator.advanceTo(Instant.parse("2027-02-14T10:00:00Z"));
        Answer changed = api.post(
                SCHEDULES + "/" + schedule.id(),
                "proration_behavior=always_invoice",
                "phases[0][items][0][price]=" + shop.monthly(3000),
                "phases[0][start_date]=" + schedule.number("/phases/0/start_date"));
        Answer subscription = subscription(changed);
        assertThat(subscription.number("/items/data/0/price/unit_amount")).isEqualTo(3000);
        assertThat(newestInvoice(subscription).number("/amount_paid")).isEqualTo(1000);
    }

    @Test
    @DisplayName("C14 the present phase can be ended now")
    void nextPhaseNow() {
        Answer schedule = twoPhases(1000, 3000);
        simulator.advance(Duration.ofDays(3));
        Answer changed = api.post(
                SCHEDULES + "/" + schedule.id(),
                "phases[0][items][0][price]=" + schedule.text("/phases/0/items/0/price"),
                "phases[0][start_date]=" + schedule.number("/phases/0/start_date"),
                "phases[0][end_date]=now",
                "phases[1][items][0][price]=" + schedule.text("/phases/1/items/0/price"));
        assertThat(changed.number("/current_phase/start_date"))
                .isEqualTo(simulator.now().getEpochSecond());
        assertThat(subscription(changed).number("/items/data/0/price/unit_amount"))
                .isEqualTo(3000);
    }

    @Test
    @DisplayName("C14 released or canceled on request")
    void onRequest() {
        Answer schedule = twoPhases(1000, 3000);
        String id = schedule.text("/subscription");
        Answer released = api.post(SCHEDULES + "/" + schedule.id() + "/release");
        assertThat(released.text("/status")).isEqualTo("released");
        assertThat(released.text("/released_subscription")).isEqualTo(id);
        assertThat(shop.subscription(id).text("/status")).isEqualTo("active");
        simulator.advanceTo(Instant.parse("2027-04-01T10:00:00Z"));
        assertThat(shop.subscription(id).number("/items/data/0/price/unit_amount"))
                .isEqualTo(1000);
        assertThat(api.post(SCHEDULES + "/" + schedule.id() + "/cancel").status())
                .isEqualTo(400);

        Answer other = twoPhases(1000, 3000);
        assertThat(api.post(SCHEDULES + "/" + other.id() + "/cancel").text("/status"))
                .isEqualTo("canceled");
        assertThat(shop.subscription(other.text("/subscription")).text("/status"))
                .isEqualTo("canceled");
        assertThat(api.eventTypes()).contains("subscription_schedule.released", "subscription_schedule.canceled");
    }

    @Test
    @DisplayName("C14 the end of a managed subscription is the schedule's affair; its death is the schedule's")
    void managed() {
        Answer schedule = twoPhases(1000, 3000);
        String path = "/v1/subscriptions/" + schedule.text("/subscription");
        Answer refused = api.post(path, "cancel_at_period_end=true");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/error/message")).contains(schedule.id());
        api.post(path, "items[0][id]=" + subscription(schedule).text("/items/data/0/id"), "items[0][quantity]=4");
        assertThat(api.get(SCHEDULES + "/" + schedule.id()).number("/phases/0/items/0/quantity"))
                .isEqualTo(4);
        api.delete(path);
        assertThat(api.get(SCHEDULES + "/" + schedule.id()).text("/status")).isEqualTo("canceled");
    }

    @Test
    @DisplayName("C14 a subscription that ends unpaid aborts its schedule")
    void aborted() {
        customer = shop.customer("pm_card_chargeCustomerFail");
        Answer schedule =
                create("phases[0][items][0][price]=" + shop.monthly(1000), "phases[0][duration][interval]=year");
        simulator.advance(Duration.ofDays(30));
        assertThat(subscription(schedule).text("/status")).isEqualTo("canceled");
        assertThat(api.get(SCHEDULES + "/" + schedule.id()).text("/status")).isEqualTo("canceled");
        assertThat(api.eventTypes())
                .contains("subscription_schedule.aborted")
                .doesNotContain("subscription_schedule.canceled");
    }

    @Test
    @DisplayName("C15 previews of schedules, kept and imagined, equal what is charged")
    void previews() {
        String price = shop.monthly(1000);
        Answer imagined = api.post(
                "/v1/invoices/create_preview",
                "customer=" + customer,
                "schedule_details[phases][0][items][0][price]=" + price,
                "schedule_details[phases][0][items][0][quantity]=3");
        assertThat(imagined.number("/total")).isEqualTo(3000);
        assertThat(api.get(SCHEDULES).body().path("data")).isEmpty();
        Answer schedule = create(
                "start_date=" + second("2027-03-01T00:00:00Z"),
                "phases[0][items][0][price]=" + price,
                "phases[1][items][0][price]=" + shop.monthly(800));
        assertThat(api.post("/v1/invoices/create_preview", "schedule=" + schedule.id())
                        .number("/total"))
                .isEqualTo(1000);
        simulator.advanceTo(Instant.parse("2027-03-02T00:00:00Z"));
        assertThat(api.post("/v1/invoices/create_preview", "schedule=" + schedule.id())
                        .number("/total"))
                .isEqualTo(800);
        assertThat(api.get(SCHEDULES + "/" + schedule.id()).text("/status")).isEqualTo("active");
        Answer changed = api.post(
                "/v1/invoices/create_preview",
                "schedule=" + schedule.id(),
                "schedule_details[phases][0][start_date]=" + second("2027-03-01T00:00:00Z"),
                "schedule_details[phases][0][items][0][price]=" + price,
                "schedule_details[phases][1][items][0][price]=" + price,
                "schedule_details[phases][1][items][0][quantity]=7");
        assertThat(changed.number("/total")).isEqualTo(7000);
    }

    @ParameterizedTest
    @CsvSource({
        "phases[0][end_date], 1, phases[0][end_date]",
        "phases[0][iterations], 2, phases[0][iterations]",
        "phases[0][items][0][quantity], -1, phases[0][items][0][quantity]",
        "phases[0][trial_end], 99, phases[0][trial_end]",
        "phases[0][discounts][0][coupon], none, phases[0][discounts][0][coupon]",
        "phases[0][collection_method], send_invoice, default_settings[invoice_settings][days_until_due]",
        "from_subscription, sub_none, phases",
    })
    @DisplayName("C14 what cannot be is refused and names its parameter")
    void refused(String name, String value, String param) {
        Answer refused = api.post(
                SCHEDULES,
                "customer=" + customer,
                "phases[0][items][0][price]=" + shop.monthly(1000),
                name + "=" + value);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("/error/param")).isIn(param, "customer");
    }

    private Answer twoPhases(long first, long second) {
        return create(
                "phases[0][items][0][price]=" + shop.monthly(first),
                "phases[0][duration][interval]=month",
                "phases[0][duration][interval_count]=2",
                "phases[1][items][0][price]=" + shop.monthly(second));
    }

    private Answer create(String... params) {
        return shop.schedule(customer, params);
    }

    private Answer subscription(Answer schedule) {
        return shop.subscription(schedule.text("/subscription"));
    }

    private static List<JsonNode> lines(Answer invoice) {
        List<JsonNode> lines = new ArrayList<>();
        invoice.body().at("/lines/data").forEach(lines::add);
        return lines;
    }

    private Answer newestInvoice(Answer subscription) {
        return shop.newestInvoice(subscription.id());
    }

    private JsonNode newestEvent(String type) {
        return api.get("/v1/events", "type=" + type, "limit=1").body().at("/data/0");
    }

    private static long second(String instant) {
        return Instant.parse(instant).getEpochSecond();
    }
}
