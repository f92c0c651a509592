package dev.billhook.torture.life;

import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.Tier;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.money.MinorUnits;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is for sale. */
public final class Shop {
    /** Main plans of which a subscription has one. */
    static final List<String> PLANS =
            List.of("starter-monthly", "pro-monthly", "pro-yearly", "team-quarterly", "tiered-monthly");

    /** A plan for three accounts; nobody's life brings him there by chance. */
    public static final PlanKey FOUNDER = PlanKey.of("founder-monthly");

    static final String TRIAL = "trial-monthly";
    static final String ADD_ON = "storage-monthly";
    static final String METERED = "calls-metered";

    private static final Currency USD = MinorUnits.currency("usd");
    private static final String FOREIGN = "somebody else's";
    private static final String COUPON = "TWO-MONTHS";

    private final SimulatorApi api;
    private final Map<String, String> made = new HashMap<>();

    Shop(SimulatorApi api) {
        this.api = api;
    }

    /** The catalog of every host of these tests. */
    public static Catalog catalog() {
        Product pro = new Product("pro", "Pro", null, 20, Set.of(), Map.of());
        Product starter = new Product("starter", "Starter", null, 10, Set.of(), Map.of());
        Product more = new Product("more", "More", null, 0, Set.of(), Map.of());
        BillingInterval monthly = BillingInterval.MONTHLY;
        BillingInterval quarterly = new BillingInterval(BillingInterval.Unit.MONTH, 3);
        BillingInterval yearly = new BillingInterval(BillingInterval.Unit.YEAR, 1);
        return Catalog.of(List.of(
                plan("starter-monthly", starter, monthly, flat(900), null),
                plan(FOUNDER.value(), starter, monthly, flat(500), null).limitedTo(Plan.Limited.of(3)),
                plan("pro-monthly", pro, monthly, perUnit(1500), null),
                plan("pro-yearly", pro, yearly, perUnit(15_000), null),
                plan("team-quarterly", pro, quarterly, perUnit(4000), null),
                plan("tiered-monthly", pro, monthly, tiered(), null),
                plan(TRIAL, starter, monthly, flat(1100), new TrialTerms(14, true)),
                plan(ADD_ON, more, monthly, perUnit(300), null),
                plan(METERED, more, monthly, new Pricing.Metered("calls", Map.of(USD, new BigDecimal("2.5"))), null)));
    }

    /** The price of a plan, made by the catalog's publisher. */
    String price(String plan) {
        return made.computeIfAbsent(
                plan,
                key -> api.read("/v1/prices", "lookup_keys[0]=" + key)
                        .at("/data/0/id")
                        .asText());
    }

    /** A price that is not the catalog's. */
    String foreignPrice() {
        return made.computeIfAbsent(
                FOREIGN,
                key -> api.make(
                        "/v1/prices",
                        "currency=usd",
                        "unit_amount=700",
                        "recurring[interval]=month",
                        "product_data[name]=Handmade"));
    }

    /** A coupon that ends by itself. */
    String coupon() {
        return made.computeIfAbsent(
                COUPON,
                id -> api.make(
                        "/v1/coupons", "id=" + id, "percent_off=20", "duration=repeating", "duration_in_months=2"));
    }

    private static Plan plan(
            String key, Product product, BillingInterval interval, Pricing pricing, @Nullable TrialTerms trial) {
        return new Plan(PlanKey.of(key), product, interval, pricing, trial, UnitTerms.ANY);
    }

    private static Pricing flat(long amount) {
        return new Pricing.Flat(Map.of(USD, amount));
    }

    private static Pricing perUnit(long amount) {
        return new Pricing.PerUnit(Map.of(USD, amount));
    }

    private static Pricing tiered() {
        return new Pricing.Graduated(Map.of(
                USD, List.of(new Tier(3L, new BigDecimal("1000"), 0), new Tier(null, new BigDecimal("800"), 0))));
    }
}
