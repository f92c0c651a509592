package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However time is turned from one request to the next, the same happens. The seed, which names the case, replays it. */
class StepsTest {
    private static final int REQUESTS = 25;
    private static final Instant START = Instant.parse("2027-01-31T10:00:00Z");
    private static final List<String> LISTS = List.of(
            "/v1/events",
            "/v1/subscriptions?status=all",
            "/v1/subscription_schedules",
            "/v1/invoices",
            "/v1/invoiceitems",
            "/v1/customers",
            "/v1/charges",
            "/v1/payment_intents",
            "/v1/balance_transactions",
            "/v1/quotes",
            "/v1/coupons");

    static LongStream seeds() {
        return Seeds.atLeast(6);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("D10 time in one step or in many: all documents and events are the same")
    void stepsDoNotMatter(long seed) {
        assertThat(story(seed, 9)).containsExactlyElementsOf(story(seed, 1));
    }

    private static List<String> story(long seed, int steps) {
        try (StripeSimulator simulator =
                StripeSimulator.builder().startAt(START).seed(seed).start()) {
            Life life = new Life(simulator, new Random(seed));
            Random moments = new Random(seed);
            for (int request = 0; request < REQUESTS; request++) {
                life.request();
                Instant next = simulator.now().plusSeconds(1 + moments.nextInt(20 * 86_400));
                advance(simulator, next, steps);
            }
            advance(simulator, simulator.now().plus(Duration.ofDays(90)), steps);
            return life.documents();
        }
    }

    private static void advance(StripeSimulator simulator, Instant end, int steps) {
        Random within = new Random(steps);
        for (int step = 1; step < steps; step++) {
            long left = Duration.between(simulator.now(), end).toSeconds();
            simulator.advance(Duration.ofSeconds(within.nextInt((int) (left / 2 + 1))));
        }
        simulator.advanceTo(end);
    }

    private static final class Life {
        private final StripeSimulator simulator;
        private final ApiClient api;
        private final Shop shop;
        private final Random random;
        private final List<String> prices = new ArrayList<>();
        private final String metered;
        private final List<String> customers = new ArrayList<>();

        Life(StripeSimulator simulator, Random random) {
            this.simulator = simulator;
            this.api = new ApiClient(simulator);
            this.shop = new Shop(api);
            this.random = random;
            prices.add(shop.monthly(1999));
            prices.add(shop.monthly(700));
            prices.add(shop.price(333, "week"));
            prices.add(shop.yearly(9000));
            String meter = api.post(
                            "/v1/billing/meters",
                            "display_name=Calls",
                            "event_name=calls",
                            "default_aggregation[formula]=sum")
                    .id();
            metered = api.post(
                            "/v1/prices",
                            "currency=usd",
                            "recurring[interval]=month",
                            "recurring[usage_type]=metered",
                            "recurring[meter]=" + meter,
                            "unit_amount_decimal=1.5",
                            "product_data[name]=Calls")
                    .id();
            api.post("/v1/coupons", "id=MONTHS", "percent_off=33.33", "duration=repeating", "duration_in_months=2");
            api.post("/v1/coupons", "id=ONCE", "amount_off=777", "currency=usd", "duration=once");
            for (String card : List.of("pm_card_visa", "pm_card_visa", "pm_card_chargeCustomerFail")) {
                customers.add(shop.customer(card));
            }
        }

        void request() {
            switch (random.nextInt(10)) {
                case 0, 1 -> subscribe();
                case 2 -> schedule();
                case 3 -> quote();
                case 4 -> use();
                case 5 -> pause();
                case 6 -> end();
                case 7 -> change();
                case 8 -> swapCard();
                default -> plan();
            }
        }

        private void subscribe() {
            List<String> more = new ArrayList<>(List.of("items[0][quantity]=" + (1 + random.nextInt(5))));
            if (random.nextInt(3) == 0) {
                more.add("trial_period_days=" + (1 + random.nextInt(40)));
            }
            if (random.nextInt(3) == 0) {
                more.add("items[1][price]=" + metered);
            }
            if (random.nextInt(3) == 0) {
                more.add("discounts[0][coupon]=" + coupon());
            }
            if (random.nextInt(4) == 0) {
                more.addAll(List.of("collection_method=send_invoice", "days_until_due=" + (1 + random.nextInt(9))));
            }
            more.add("payment_behavior=" + (random.nextBoolean() ? "default_incomplete" : "allow_incomplete"));
            shop.subscribe(customer(), prices.get(random.nextInt(2)), more.toArray(String[]::new));
        }

        private void schedule() {
            List<String> params = new ArrayList<>(List.of(
                    "customer=" + customer(),
                    "end_behavior=" + (random.nextBoolean() ? "cancel" : "release"),
                    "start_date=" + (now() + random.nextInt(20) * 86_400L)));
            int phases = 1 + random.nextInt(3);
            for (int phase = 0; phase < phases; phase++) {
                String name = "phases[" + phase + "]";
                params.add(name + "[items][0][price]=" + prices.get(random.nextInt(prices.size())));
                params.add(name + "[items][0][quantity]=" + (1 + random.nextInt(4)));
                params.add(name + "[duration][interval]="
                        + List.of("day", "week", "month").get(random.nextInt(3)));
                params.add(name + "[duration][interval_count]=" + (1 + random.nextInt(3)));
                params.add(name + "[proration_behavior]="
                        + List.of("none", "create_prorations", "always_invoice").get(random.nextInt(3)));
                if (random.nextInt(3) == 0) {
                    params.add(name + "[discounts][0][coupon]=" + coupon());
                }
                if (random.nextInt(4) == 0) {
                    params.add(name + "[trial]=true");
                } else if (random.nextInt(4) == 0) {
                    params.add(name + "[billing_cycle_anchor]=phase_start");
                }
            }
            ok(api.post("/v1/subscription_schedules", params.toArray(String[]::new)));
        }

        private void quote() {
            Answer quote = ok(api.post(
                    "/v1/quotes",
                    "customer=" + customers.get(0),
                    "line_items[0][price]=" + prices.get(random.nextInt(prices.size())),
                    "discounts[0][coupon]=" + coupon(),
                    "subscription_data[effective_date]=" + (now() + random.nextInt(3) * 86_400L)));
            ok(api.post("/v1/quotes/" + quote.id() + "/finalize"));
            if (random.nextBoolean()) {
                ok(api.post("/v1/quotes/" + quote.id() + "/accept"));
            }
        }

        private void use() {
            ok(api.post(
                    "/v1/billing/meter_events",
                    "event_name=calls",
                    "payload[stripe_customer_id]=" + customer(),
                    "payload[value]=" + random.nextInt(1000),
                    "identifier=use-" + now()));
        }

        private void pause() {
            String id = some();
            if (!id.isEmpty()) {
                api.post(
                        "/v1/subscriptions/" + id,
                        "pause_collection[behavior]="
                                + List.of("void", "keep_as_draft", "mark_uncollectible")
                                        .get(random.nextInt(3)),
                        "pause_collection[resumes_at]=" + (now() + 86_400L * (1 + random.nextInt(50))));
            }
        }

        private void end() {
            String id = some();
            if (id.isEmpty()) {
                return;
            }
            switch (random.nextInt(3)) {
                case 0 -> api.post("/v1/subscriptions/" + id, "cancel_at_period_end=" + random.nextBoolean());
                case 1 ->
                    api.post("/v1/subscriptions/" + id, "cancel_at=" + (now() + 86_400L * (1 + random.nextInt(70))));
                default -> api.delete("/v1/subscriptions/" + id, "prorate=true", "invoice_now=true");
            }
        }

        private void change() {
            String id = some();
            if (!id.isEmpty()) {
                String item = shop.subscription(id).text("/items/data/0/id");
                api.post(
                        "/v1/subscriptions/" + id,
                        "items[0][id]=" + item,
                        "items[0][price]=" + prices.get(random.nextInt(prices.size())),
                        "proration_behavior=" + (random.nextBoolean() ? "always_invoice" : "create_prorations"));
            }
        }

        private void plan() {
            String id = some();
            if (!id.isEmpty()) {
                Answer schedule = api.post("/v1/subscription_schedules", "from_subscription=" + id);
                if (schedule.status() == 200) {
                    ok(api.post(
                            "/v1/subscription_schedules/" + schedule.id(),
                            "phases[0][start_date]=" + schedule.number("/phases/0/start_date"),
                            "phases[0][end_date]=" + schedule.number("/phases/0/end_date"),
                            "phases[0][items][0][price]=" + schedule.text("/phases/0/items/0/price"),
                            "phases[1][items][0][price]=" + prices.get(random.nextInt(prices.size()))));
                }
            }
        }

        private void swapCard() {
            ok(api.post(
                    "/v1/customers/" + customer(),
                    "invoice_settings[default_payment_method]="
                            + List.of("pm_card_visa", "pm_card_chargeCustomerFail")
                                    .get(random.nextInt(2))));
        }

        private String some() {
            JsonNode living = api.get("/v1/subscriptions").body().path("data");
            return living.isEmpty()
                    ? ""
                    : living.get(random.nextInt(living.size())).path("id").asText();
        }

        private String customer() {
            return customers.get(random.nextInt(customers.size()));
        }

        private String coupon() {
            return random.nextBoolean() ? "MONTHS" : "ONCE";
        }

        private long now() {
            return simulator.now().getEpochSecond();
        }

        private static Answer ok(Answer answer) {
            assertThat(answer.status()).as(() -> answer.body().toString()).isEqualTo(200);
            return answer;
        }

        /** Everything there is, as the API shows it, but for the addresses it is shown under. */
        List<String> documents() {
            List<String> documents = new ArrayList<>();
            for (String list : LISTS) {
                String path = list + (list.contains("?") ? "&" : "?") + "limit=100";
                JsonNode page = api.get(path).body();
                while (true) {
                    JsonNode data = page.path("data");
                    data.forEach(document -> documents.add(document.toString().replace(simulator.baseUrl(), "")));
                    if (!page.path("has_more").asBoolean()) {
                        break;
                    }
                    String last = data.get(data.size() - 1).path("id").asText();
                    page = api.get(path + "&starting_after=" + last).body();
                }
            }
            return documents;
        }
    }
}
