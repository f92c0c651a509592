package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.simulator.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a customer, its invoices add up. The seed, which names the case, replays it. */
class InvoicePropertyTest {
    private static final int STEPS = 45;

    private final List<String> subscriptions = new ArrayList<>();
    private Random random = new Random(0);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    @DisplayName("D10 totals are the sum of lines less discounts, items equal their lines, balances never drift")
    void invoicesAddUp(long seed) {
        random = new Random(seed);
        try (StripeSimulator simulator = StripeSimulator.builder()
                .startAt(Instant.parse("2026-01-31T10:00:00Z"))
                .seed(seed)
                .start()) {
            ApiClient api = new ApiClient(simulator);
            Life life = new Life(simulator, api, new Shop(api));
            for (int step = 0; step < STEPS; step++) {
                life.step();
            }
            life.check();
        }
    }

    private final class Life {
        private final StripeSimulator simulator;
        private final ApiClient api;
        private final Shop shop;
        private final String customer;
        private final List<String> prices = new ArrayList<>();
        private long given;

        Life(StripeSimulator simulator, ApiClient api, Shop shop) {
            this.simulator = simulator;
            this.api = api;
            this.shop = shop;
            this.customer = shop.customer();
            api.post("/v1/coupons", "id=THIRD", "percent_off=33.33", "duration=forever");
            api.post("/v1/coupons", "id=ONCE", "amount_off=777", "currency=usd", "duration=once");
            prices.add(shop.monthly(1999));
            prices.add(shop.price(333, "week"));
            prices.add(api.post(
                            "/v1/prices",
                            "currency=usd",
                            "recurring[interval]=month",
                            "billing_scheme=tiered",
                            "tiers_mode=graduated",
                            "tiers[0][up_to]=3",
                            "tiers[0][unit_amount_decimal]=99.5",
                            "tiers[1][up_to]=inf",
                            "tiers[1][unit_amount_decimal]=33.25",
                            "tiers[1][flat_amount]=50",
                            "product_data[name]=Tiers")
                    .id());
        }

        void step() {
            int kind = random.nextInt(10);
            switch (kind) {
                case 0 -> subscribe();
                case 1, 2 -> changeQuantity();
                case 3 -> item("");
                case 4 -> invoice();
                case 5 -> editDraft();
                case 6 -> giveBalance();
                default -> simulator.advance(Duration.ofHours(1 + random.nextInt(24 * 12)));
            }
        }

        private void subscribe() {
            if (subscriptions.size() == 3) {
                return;
            }
            List<String> more = new ArrayList<>(List.of("items[0][quantity]=" + (1 + random.nextInt(6))));
            if (random.nextBoolean()) {
                more.add("discounts[0][coupon]=" + (random.nextBoolean() ? "THIRD" : "ONCE"));
            }
            if (random.nextBoolean()) {
                more.add("items[0][discounts][0][coupon]=THIRD");
            }
            String price = prices.get(random.nextInt(prices.size()));
            subscriptions.add(ok(shop.subscribe(customer, price, more.toArray(String[]::new)))
                    .id());
        }

        private void changeQuantity() {
            if (subscriptions.isEmpty()) {
                return;
            }
            String id = subscriptions.get(random.nextInt(subscriptions.size()));
            String item = shop.subscription(id).text("/items/data/0/id");
            String behavior =
                    List.of("create_prorations", "always_invoice", "none").get(random.nextInt(3));
            ok(api.post(
                    "/v1/subscriptions/" + id,
                    "items[0][id]=" + item,
                    "items[0][quantity]=" + random.nextInt(8),
                    "proration_behavior=" + behavior));
        }

        private void item(String invoice) {
            List<String> params = new ArrayList<>(List.of("customer=" + customer, "currency=usd"));
            if (random.nextBoolean()) {
                params.add("amount=" + (random.nextInt(4000) - 1000));
            } else {
                params.add("unit_amount_decimal=" + random.nextInt(500) + "." + random.nextInt(1000));
                params.add("quantity_decimal=" + random.nextInt(9) + "." + random.nextInt(10));
            }
            if (random.nextInt(3) == 0) {
                params.add("discounts[0][coupon]=THIRD");
            }
            if (!invoice.isEmpty()) {
                params.add("invoice=" + invoice);
            }
            ok(api.post("/v1/invoiceitems", params.toArray(String[]::new)));
        }

        private void invoice() {
            ok(api.post(
                    "/v1/invoices",
                    "customer=" + customer,
                    "currency=usd",
                    "pending_invoice_items_behavior=" + (random.nextBoolean() ? "include" : "exclude"),
                    "auto_advance=" + random.nextBoolean(),
                    random.nextBoolean() ? "discounts[0][coupon]=ONCE" : "description=plain"));
        }

        private void editDraft() {
            JsonNode drafts = api.get("/v1/invoices", "status=draft").body().path("data");
            if (drafts.isEmpty()) {
                return;
            }
            JsonNode draft = drafts.get(random.nextInt(drafts.size()));
            String id = draft.path("id").asText();
            item(id);
            JsonNode lines = api.get("/v1/invoices/" + id).body().at("/lines/data");
            String line = lines.get(lines.size() - 1).path("id").asText();
            if (random.nextInt(3) == 0) {
                ok(api.post(
                        "/v1/invoices/" + id + "/remove_lines",
                        "lines[0][id]=" + line,
                        "lines[0][behavior]=" + (random.nextBoolean() ? "delete" : "unassign")));
            } else {
                ok(api.post("/v1/invoices/" + id + "/lines/" + line, "amount=" + random.nextInt(3000)));
            }
            if (random.nextInt(4) == 0) {
                ok(api.post("/v1/invoices/" + id + "/finalize", "auto_advance=true"));
            }
        }

        private void giveBalance() {
            long now = api.get("/v1/customers/" + customer).number("/balance");
            long more = random.nextInt(3000) - 2000;
            ok(api.post("/v1/customers/" + customer, "balance=" + (now + more)));
            given += more;
        }

        private Answer ok(Answer answer) {
            assertThat(answer.status()).as(() -> answer.body().toString()).isEqualTo(200);
            return answer;
        }

        void check() {
            List<JsonNode> invoices = new ArrayList<>();
            Map<String, Long> amounts = new HashMap<>();
            all("/v1/invoiceitems")
                    .forEach(item -> amounts.put(
                            item.path("id").asText(), item.path("amount").asLong()));
            all("/v1/invoices").forEach(invoices::add);
            assertThat(invoices).hasSizeGreaterThan(2);
            long moved = 0;
            for (JsonNode invoice : invoices) {
                checkSums(invoice);
                for (JsonNode line : invoice.at("/lines/data")) {
                    String item = itemOf(line);
                    if (!item.isEmpty()) {
                        assertThat(line.path("amount").asLong()).isEqualTo(amounts.get(item));
                    }
                }
                if (!"draft".equals(invoice.path("status").asText())) {
                    long start = invoice.path("starting_balance").asLong();
                    long end = invoice.path("ending_balance").asLong();
                    assertThat(invoice.path("total").asLong() + start)
                            .isEqualTo(invoice.path("amount_due").asLong() + end);
                    moved += end - start;
                }
            }
            assertThat(api.get("/v1/customers/" + customer).number("/balance")).isEqualTo(given + moved);
        }

        private void checkSums(JsonNode invoice) {
            long lines = 0;
            Map<String, Long> off = new HashMap<>();
            for (JsonNode line : invoice.at("/lines/data")) {
                lines += line.path("amount").asLong();
                assertThat(line.path("subtotal")).isEqualTo(line.path("amount"));
                long left = line.path("amount").asLong();
                for (JsonNode part : line.path("discount_amounts")) {
                    long amount = part.path("amount").asLong();
                    left -= amount;
                    off.merge(part.path("discount").asText(), amount, Long::sum);
                }
                assertThat(left)
                        .as("discounts leave something of %s", line)
                        .isBetween(
                                Math.min(0, line.path("amount").asLong()),
                                Math.max(0, line.path("amount").asLong()));
            }
            long discounts = 0;
            for (JsonNode total : invoice.path("total_discount_amounts")) {
                long amount = total.path("amount").asLong();
                discounts += amount;
                assertThat(off.getOrDefault(total.path("discount").asText(), 0L))
                        .isEqualTo(amount);
            }
            long taxes = 0;
            for (JsonNode tax : invoice.path("total_taxes")) {
                taxes += "exclusive".equals(tax.path("tax_behavior").asText())
                        ? tax.path("amount").asLong()
                        : 0;
            }
            assertThat(invoice.path("subtotal").asLong()).isEqualTo(lines);
            assertThat(invoice.path("total").asLong()).isEqualTo(lines - discounts + taxes);
        }

        private static String itemOf(JsonNode line) {
            JsonNode parent = line.path("parent");
            return parent.path(parent.path("type").asText())
                    .path("invoice_item")
                    .asText("");
        }

        private List<JsonNode> all(String path) {
            List<JsonNode> found = new ArrayList<>();
            JsonNode page = api.get(path, "limit=100").body();
            page.path("data").forEach(found::add);
            while (page.path("has_more").asBoolean()) {
                page = api.get(
                                path,
                                "limit=100",
                                "starting_after="
                                        + found.get(found.size() - 1).path("id").asText())
                        .body();
                page.path("data").forEach(found::add);
            }
            return found;
        }
    }
}
