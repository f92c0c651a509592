package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is changed and whenever, a subscription costs its price over time: what all its invoices and pending items say, once it
 * is canceled with prorations, is the sum of what each item cost while it lived. Each line may be off by one minor unit: half of
 * one by its own rounding, half by that of the amount it gives a part of back.
 */
class PriceOverTimeTest {
    private static final int CHANGES = 12;

    static LongStream seeds() {
        return Seeds.atLeast(12);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("C2 the prorations of any sequence of changes sum up to price over time, within a unit for each line")
    void costsPriceOverTime(long seed) {
        Random random = new Random(seed);
        try (StripeSimulator simulator = StripeSimulator.builder()
                .startAt(Instant.parse("2027-01-31T10:00:00Z").plusSeconds(random.nextInt(90 * 86_400)))
                .seed(seed)
                .start()) {
            Life life = new Life(simulator, random);
            for (int change = 0; change < CHANGES; change++) {
                life.pass(random.nextInt(40 * 86_400));
                life.change();
            }
            life.pass(random.nextInt(20 * 86_400));
            life.cancel();
            BigDecimal billed = life.billed();
            assertThat(billed)
                    .as("seed %d, %d lines", seed, life.lines)
                    .isCloseTo(life.cost, Offset.offset(BigDecimal.valueOf(life.lines)));
        }
    }

    private static final class Life {
        private final StripeSimulator simulator;
        private final ApiClient api;
        private final Shop shop;
        private final Random random;
        private final Map<String, List<String>> prices = new HashMap<>();
        private final String subscription;
        private BigDecimal cost = BigDecimal.ZERO;
        private int lines;

        Life(StripeSimulator simulator, Random random) {
            this.simulator = simulator;
            this.api = new ApiClient(simulator);
            this.shop = new Shop(api);
            this.random = random;
            for (String interval : List.of("week", "month", "year")) {
                prices.put(interval, new ArrayList<>());
                for (int i = 0; i < 4; i++) {
                    prices.get(interval).add(shop.price(1 + random.nextInt(20_000), interval));
                }
            }
            this.subscription = shop.subscribe(
                            shop.customer(),
                            prices.get("month").get(0),
                            "items[0][quantity]=" + (1 + random.nextInt(5)),
                            "billing_mode[type]=" + (random.nextBoolean() ? "flexible" : "classic"))
                    .id();
        }

        /** Lets time pass from period to period, and counts what each item costs meanwhile. */
        void pass(long seconds) {
            long end = now() + seconds;
            while (now() < end) {
                JsonNode items = items();
                long next = end;
                for (JsonNode item : items) {
                    next = Math.min(next, item.path("current_period_end").asLong());
                }
                for (JsonNode item : items) {
                    cost = cost.add(BigDecimal.valueOf(amount(item) * (next - now()))
                            .divide(BigDecimal.valueOf(whole(items)), MathContext.DECIMAL128));
                }
                simulator.advanceTo(Instant.ofEpochSecond(next));
            }
        }

        void change() {
            JsonNode items = items();
            List<String> params = new ArrayList<>();
            int kind = random.nextInt(5);
            String interval = interval(items);
            if (kind == 0) {
                interval = List.of("week", "month", "year").get(random.nextInt(3));
            }
            List<String> free = new ArrayList<>(prices.get(interval));
            if (kind == 0 || kind == 1) {
                for (int i = 0; i < items.size(); i++) {
                    params.add("items[" + i + "][id]=" + items.get(i).path("id").asText());
                    params.add("items[" + i + "][price]=" + free.remove(random.nextInt(free.size())));
                }
            } else if (kind == 2 && items.size() > 1) {
                params.add("items[0][id]=" + items.get(0).path("id").asText());
                params.add("items[0][deleted]=true");
            } else if (kind == 3 && items.size() < 3) {
                items.forEach(item -> free.remove(item.at("/price/id").asText()));
                params.add("items[0][price]=" + free.get(random.nextInt(free.size())));
            } else {
                params.add("items[0][id]=" + items.get(0).path("id").asText());
                params.add("items[0][quantity]=" + (1 + random.nextInt(9)));
            }
            if (random.nextInt(6) == 0) {
                params.add("billing_cycle_anchor=now");
            }
            params.add("proration_behavior=" + (random.nextBoolean() ? "create_prorations" : "always_invoice"));
            ok(api.post("/v1/subscriptions/" + subscription, params.toArray(String[]::new)));
        }

        void cancel() {
            ok(api.delete("/v1/subscriptions/" + subscription, "prorate=true", "invoice_now=true"));
        }

        /** What all lines of its invoices come to; nothing waits to be billed. */
        BigDecimal billed() {
            assertThat(api.get("/v1/invoiceitems", "pending=true").body().path("data"))
                    .isEmpty();
            long sum = 0;
            String last = "";
            JsonNode page;
            do {
                page = last.isEmpty()
                        ? api.get("/v1/invoices", "limit=100").body()
                        : api.get("/v1/invoices", "limit=100", "starting_after=" + last)
                                .body();
                for (JsonNode invoice : page.path("data")) {
                    last = invoice.path("id").asText();
                    lines += invoice.at("/lines/data").size();
                    sum += invoice.path("subtotal").asLong();
                }
            } while (page.path("has_more").asBoolean());
            return BigDecimal.valueOf(sum);
        }

        private JsonNode items() {
            return shop.subscription(subscription).body().at("/items/data");
        }

        private long now() {
            return simulator.now().getEpochSecond();
        }

        private static long amount(JsonNode item) {
            return item.at("/price/unit_amount").asLong()
                    * item.path("quantity").asLong();
        }

        private static String interval(JsonNode items) {
            return items.get(0).at("/price/recurring/interval").asText();
        }

        /** The length of the whole period all items are in; one that joined in the middle of it began later. */
        private static long whole(JsonNode items) {
            long start = Long.MAX_VALUE;
            for (JsonNode item : items) {
                start = Math.min(start, item.path("current_period_start").asLong());
            }
            return items.get(0).path("current_period_end").asLong() - start;
        }

        private static void ok(Answer answer) {
            assertThat(answer.status()).as(() -> answer.body().toString()).isEqualTo(200);
        }
    }
}
