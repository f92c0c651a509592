package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.conversion.ConversionException;
import dev.billhook.invoice.Estimate;
import dev.billhook.invoice.InvoiceLine;
import dev.billhook.lifecycle.ChangePreview;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.stripe.testing.Subscriber;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C15 Preview = charge, over random subscriptions and changes")
class PreviewIsChargeTest {
    private static final int ROUNDS = 60;
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
              team: {name: Team, tier: 30}
              scale: {name: Scale, tier: 40}
              api: {name: API, tier: 15}
              storage: {name: Storage, kind: add-on}
              calls: {name: Calls, kind: add-on}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9.99, jpy: 1100, kwd: 3.120}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29, jpy: 3300, kwd: 9.010}}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290, jpy: 33000, kwd: 90.050}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12.34, jpy: 1400, kwd: 4.010}}}
              team-yearly: {product: team, interval: year, pricing: {per_unit: {usd: 120, jpy: 14000, kwd: 40.010}}}
              scale-monthly:
                product: scale
                interval: month
                pricing:
                  graduated:
                    usd: [{up_to: 5, unit: 10, flat: 3}, {up_to: inf, unit: 7.77}]
                    jpy: [{up_to: 5, unit: 1000}, {up_to: inf, unit: 777}]
                    kwd: [{up_to: 5, unit: 3.333}, {up_to: inf, unit: 2.222}]
              scale-yearly:
                product: scale
                interval: year
                pricing:
                  volume:
                    usd: [{up_to: 10, unit: 100}, {up_to: inf, unit: 80.01}]
                    jpy: [{up_to: 10, unit: 10000}, {up_to: inf, unit: 8001}]
                    kwd: [{up_to: 10, unit: 33.333}, {up_to: inf, unit: 22.222}]
              api-monthly:
                product: api
                interval: month
                pricing: {metered: {meter: requests, amounts: {usd: 0.013, jpy: 1.7, kwd: 0.0041}}}
              calls-monthly:
                product: calls
                interval: month
                pricing: {metered: {meter: calls, amounts: {usd: 0.0021, jpy: 0.3, kwd: 0.0007}}}
              calls-yearly:
                product: calls
                interval: year
                pricing: {metered: {meter: calls, amounts: {usd: 0.0019, jpy: 0.25, kwd: 0.0006}}}
              storage-monthly: {product: storage, interval: month, pricing: {per_unit: {usd: 5, jpy: 500, kwd: 1.5}}}
              storage-yearly: {product: storage, interval: year, pricing: {per_unit: {usd: 50, jpy: 5000, kwd: 15}}}
            """);
    private static final List<Plan> TIERS = CATALOG.plans().stream()
            .filter(plan -> !plan.product().addOn())
            .sorted(Comparator.comparing(plan -> plan.key().value()))
            .toList();

    @AutoClose
    private final Subscriber shop = new Subscriber(CATALOG);

    private final Map<String, Boolean> meteredPrices = new HashMap<>();
    private final SubscriptionService subscriptions = shop.billing().subscriptions();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2027, 424_242, 65_537})
    @DisplayName(
            "C15 every line and every sum of the invoices that follow a confirmed change is what was shown, to the cent")
    void previewIsCharge(long seed) {
        Random random = new Random(seed);
        List<String> vats = List.of(shop.taxRate("19", false), shop.taxRate("7.7", true));
        int charged = 0;
        int renewed = 0;
        int measured = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String as = "seed " + seed + " round " + round;
            Subscriber.Account account = shop.open(AccountRef.of("user", seed + "-" + round));
            Subscription current = anySubscription(random, account, vats);
            PlanChange change = anyChange(random);
            Optional<ChangePreview> shown = preview(account, change);
            if (shown.isPresent()) {
                ChangePreview preview = shown.get();
                measured += measured(preview) ? 1 : 0;
                as += " " + Subscriber.lines(current) + " to " + change;
                List<JsonNode> before = account.invoices();
                shop.simulator().advance(Duration.ofSeconds(random.nextInt(840)));

                subscriptions.confirm(account.ref(), preview.token());

                List<JsonNode> made = account.invoices();
                assertThat(made).as(as).hasSize(before.size() + (preview.now() == null ? 0 : 1));
                if (preview.now() != null) {
                    charged++;
                    assertSame(as, made.get(0), preview.now());
                    assertThat(made.get(0).path("amount_paid").longValue())
                            .as(as)
                            .isEqualTo(preview.dueNow().minorUnits());
                } else if (preview.next() != null) {
                    renewed++;
                    shop.simulator().advanceTo(preview.next().at().plus(Duration.ofHours(2)));
                    assertRenewal(as, account.invoices().get(0), preview.next());
                }
            }
            shop.delete("/v1/customers/" + account.customer());
        }
        assertThat(charged).as("invoices made at once").isGreaterThan(ROUNDS / 5);
        assertThat(renewed).as("renewals").isGreaterThan(ROUNDS / 5);
        assertThat(measured).as("with measured use").isGreaterThan(ROUNDS / 10);
    }

    private static boolean measured(ChangePreview preview) {
        return Stream.of(preview.invoiceNow(), preview.nextInvoice())
                .flatMap(Optional::stream)
                .flatMap(estimate -> estimate.lines().stream())
                .anyMatch(line -> metered(line) && line.amount().minorUnits() > 0);
    }

    private Optional<ChangePreview> preview(Subscriber.Account account, PlanChange change) {
        try {
            return Optional.of(subscriptions.preview(account.ref(), change));
        } catch (ConversionException impossible) {
            return Optional.empty();
        }
    }

    private Subscription anySubscription(Random random, Subscriber.Account account, List<String> vats) {
        String currency = pick(random, List.of("usd", "usd", "jpy", "kwd"));
        Plan plan = pick(random, TIERS);
        List<String> order = new ArrayList<>(List.of(plan.key() + units(random, plan), "currency=" + currency));
        if (random.nextInt(3) == 0) {
            order.add("storage" + interval(plan) + " × " + (1 + random.nextInt(4)));
        }
        if (random.nextInt(3) == 0) {
            order.add("calls" + interval(plan));
        }
        if (random.nextInt(2) == 0) {
            order.add("default_tax_rates[0]=" + pick(random, vats));
        }
        if (random.nextInt(5) == 0) {
            order.add("trial_period_days=" + (40 + random.nextInt(20)));
        }
        if (random.nextInt(3) == 0) {
            shop.post(
                    "/v1/customers/" + account.customer() + "/balance_transactions",
                    "amount=" + (random.nextInt(30_000) - 20_000),
                    "currency=" + currency);
        }
        Subscription made = account.subscribe(order.toArray(String[]::new));
        discount(random, account, made, currency);
        shop.simulator().advance(Duration.ofMinutes(random.nextInt(27 * 24 * 60)));
        use(random, account);
        return account.synced();
    }

    private static String interval(Plan plan) {
        return plan.interval().equals(BillingInterval.MONTHLY) ? "-monthly" : "-yearly";
    }

    /** What is used after a preview is not promised, so all is used before. */
    private void use(Random random, Subscriber.Account account) {
        for (String meter : List.of("calls", "requests")) {
            shop.post(
                    "/v1/billing/meter_events",
                    "event_name=" + meter,
                    "payload[stripe_customer_id]=" + account.customer(),
                    "payload[value]=" + random.nextInt(20_000));
        }
        shop.simulator().advance(Duration.ofMinutes(1));
    }

    private void discount(Random random, Subscriber.Account account, Subscription subscription, String currency) {
        int what = random.nextInt(4);
        if (what > 1) {
            return;
        }
        String coupon = account.ref().id();
        shop.post(
                "/v1/coupons",
                "id=" + coupon,
                random.nextBoolean()
                        ? "percent_off=" + (1 + random.nextInt(60))
                        : "amount_off=" + 10 * (1 + random.nextInt(250)) + "&currency=" + currency,
                "duration=forever");
        if (what == 0) {
            shop.post("/v1/subscriptions/" + subscription.id(), "discounts[0][coupon]=" + coupon);
        } else {
            shop.simulator().discountCustomer(account.customer(), coupon);
        }
    }

    private static PlanChange anyChange(Random random) {
        Plan plan = pick(random, TIERS);
        PlanChange change = PlanChange.to(plan.key());
        if (plan.pricing().takesUnits() && random.nextBoolean()) {
            change = change.withUnits(1 + random.nextInt(20));
        }
        return random.nextInt(3) == 0 ? change : change.at(pick(random, List.of(Timing.values())));
    }

    private static String units(Random random, Plan plan) {
        return !plan.pricing().takesUnits() ? "" : " × " + (1 + random.nextInt(15));
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Measured use is billed by the renewal, whether it was shown or not; where it was not, the sums contain it. */
    private void assertRenewal(String as, JsonNode invoice, Estimate shown) {
        List<String> billed = new ArrayList<>();
        List<String> rest = new ArrayList<>();
        for (JsonNode line : invoice.path("lines").path("data")) {
            (metered(line) ? billed : rest).add(amount(line));
        }
        List<String> foreseen = new ArrayList<>();
        List<String> promised = new ArrayList<>();
        for (InvoiceLine line : shown.lines()) {
            (metered(line) ? foreseen : promised)
                    .add(line.units() + " × " + line.amount().minorUnits());
        }
        assertThat(promised).as(as).containsExactlyInAnyOrderElementsOf(rest);
        if (foreseen.size() == billed.size() && foreseen.containsAll(billed)) {
            assertSame(as, invoice, shown);
        }
    }

    private boolean metered(JsonNode line) {
        String price = line.at("/pricing/price_details/price").textValue();
        return meteredPrices.computeIfAbsent(
                price,
                id -> "metered"
                        .equals(shop.get("/v1/prices/" + id)
                                .at("/recurring/usage_type")
                                .textValue()));
    }

    private static String amount(JsonNode line) {
        return number(line, "quantity") + " × " + number(line, "amount");
    }

    private static boolean metered(InvoiceLine line) {
        return line.plan() != null && CATALOG.getPlan(line.plan()).pricing() instanceof Pricing.Metered;
    }

    private static void assertSame(String as, JsonNode invoice, Estimate shown) {
        List<String> charged = new ArrayList<>();
        invoice.path("lines").path("data").forEach(line -> charged.add(line(line)));
        assertThat(shown.lines().stream().map(PreviewIsChargeTest::line))
                .as(as)
                .containsExactlyInAnyOrderElementsOf(charged);
        assertThat(shown.totals().subtotal().minorUnits()).as(as).isEqualTo(number(invoice, "subtotal"));
        assertThat(shown.totals().discount().minorUnits())
                .as(as)
                .isEqualTo(sum(invoice.path("total_discount_amounts")));
        assertThat(shown.totals().tax().minorUnits()).as(as).isEqualTo(sum(invoice.path("total_taxes")));
        assertThat(shown.totals().total().minorUnits()).as(as).isEqualTo(number(invoice, "total"));
        assertThat(shown.totals().due().minorUnits()).as(as).isEqualTo(number(invoice, "amount_due"));
        assertThat(shown.totals().credit().minorUnits())
                .as(as)
                .isEqualTo(number(invoice, "total") - number(invoice, "amount_due"));
    }

    private static String line(InvoiceLine line) {
        return "%d × %d, discount %d, tax %d%s"
                .formatted(
                        line.units(),
                        line.amount().minorUnits(),
                        line.discount().minorUnits(),
                        line.tax().minorUnits(),
                        line.proration() ? ", proration" : "");
    }

    private static String line(JsonNode line) {
        JsonNode details = line.path("parent").path("subscription_item_details");
        return "%d × %d, discount %d, tax %d%s"
                .formatted(
                        number(line, "quantity"),
                        number(line, "amount"),
                        sum(line.path("discount_amounts")),
                        sum(line.path("taxes")),
                        details.path("proration").booleanValue() ? ", proration" : "");
    }

    private static long number(JsonNode object, String field) {
        return object.path(field).longValue();
    }

    private static long sum(JsonNode parts) {
        long sum = 0;
        for (JsonNode part : parts) {
            sum += number(part, "amount");
        }
        return sum;
    }
}
