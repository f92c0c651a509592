package dev.billhook.stripe.testing;

import static dev.billhook.stripe.testing.OneBuyer.BUYER;

import dev.billhook.addon.AddOnRequest;
import dev.billhook.addon.AddOnRequest.Placement;
import dev.billhook.catalog.PlanKey;
import dev.billhook.quote.QuoteRequest;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Timing;
import java.net.URI;
import java.time.Duration;

/** What a shop sells in tests of all commands, and how it may be with its buyer when one is given. */
final class Situations {
    static final String CATALOG = """
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
              team: {name: Team, tier: 30}
              support: {name: Support, kind: add-on}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12}}, units: {minimum: 2}}
              support-monthly: {product: support, interval: month, pricing: {flat: {usd: 5}}}
            """;
    static final PlanKey HOBBY = PlanKey.of("hobby-monthly");
    static final PlanKey PRO = PlanKey.of("pro-monthly");
    static final PlanKey TEAM = PlanKey.of("team-monthly");
    static final PlanKey SUPPORT = PlanKey.of("support-monthly");
    static final URI BACK = URI.create("https://shop.example/back");

    private Situations() {}

    static void paused(OneBuyer shop) {
        pro(shop);
        shop.billing().subscriptions().pause(BUYER, CollectionPause.with(CollectionPause.Behavior.VOID));
    }

    static void gone(OneBuyer shop) {
        pro(shop);
        shop.billing().subscriptions().cancel(BUYER, Cancellation.now());
    }

    static void trial(OneBuyer shop) {
        shop.pay("pm_card_visa");
        shop.subscribe("pro-monthly", "&trial_period_days=14");
    }

    static void supported(OneBuyer shop) {
        pro(shop);
        shop.billing().addOns().add(BUYER, SUPPORT, 1);
    }

    static void offered(OneBuyer shop) {
        pro(shop);
        shop.billing().quotes().create(BUYER, QuoteRequest.of(TEAM).withUnits(5));
    }

    static void pro(OneBuyer shop) {
        shop.pay("pm_card_visa");
        shop.subscribe("pro-monthly", "");
    }

    static void team(OneBuyer shop) {
        shop.pay("pm_card_visa");
        shop.subscribe("team-monthly", "&items[0][quantity]=3");
    }

    static void ending(OneBuyer shop) {
        pro(shop);
        shop.billing().subscriptions().cancel(BUYER, Cancellation.atPeriodEnd());
    }

    static void changing(OneBuyer shop) {
        pro(shop);
        shop.billing().subscriptions().changePlan(BUYER, HOBBY);
    }

    static void proWithCode(OneBuyer shop) {
        pro(shop);
        shop.post("/v1/coupons", "id=TEN&percent_off=10&duration=forever");
        shop.post("/v1/promotion_codes", "promotion[type]=coupon&promotion[coupon]=TEN&code=TENOFF");
    }

    static void discounted(OneBuyer shop) {
        proWithCode(shop);
        shop.billing().discounts().apply(BUYER, "TENOFF");
    }

    static void unpaid(OneBuyer shop) {
        shop.pay("pm_card_chargeCustomerFail");
        shop.subscribe("pro-monthly", "");
        shop.pay("pm_card_visa");
    }

    /** A downgrade is scheduled, and a code can be redeemed. */
    static void changingWithCode(OneBuyer shop) {
        proWithCode(shop);
        shop.billing().subscriptions().changePlan(BUYER, HOBBY);
    }

    /** Fewer units are scheduled. */
    static void shrinking(OneBuyer shop) {
        team(shop);
        shop.billing()
                .subscriptions()
                .changePlan(BUYER, PlanChange.to(TEAM).withUnits(2).at(Timing.AT_RENEWAL));
    }

    /** Two invoices of the running period, the second a day later. */
    static void grown(OneBuyer shop) {
        team(shop);
        shop.advanceTo(shop.simulator().instantSource().instant().plus(Duration.ofDays(1)));
        shop.billing()
                .subscriptions()
                .changePlan(BUYER, PlanChange.to(TEAM).withUnits(9).at(Timing.NOW_INVOICE));
        shop.advanceTo(shop.simulator().instantSource().instant().plus(Duration.ofDays(1)));
    }

    /** An add-on beside the plan, and a code for both. */
    static void besideWithCode(OneBuyer shop) {
        proWithCode(shop);
        shop.billing().addOns().add(BUYER, AddOnRequest.of(SUPPORT).in(Placement.OWN_SUBSCRIPTION));
    }

    /** An add-on beside the plan, a day later. */
    static void beside(OneBuyer shop) {
        pro(shop);
        shop.billing().addOns().add(BUYER, AddOnRequest.of(SUPPORT).in(Placement.OWN_SUBSCRIPTION));
        shop.advanceTo(shop.simulator().instantSource().instant().plus(Duration.ofDays(1)));
    }

    /** A plan with an add-on's line, both with a downgrade ahead. */
    static void supportedAndChanging(OneBuyer shop) {
        supported(shop);
        shop.billing().subscriptions().changePlan(BUYER, HOBBY);
    }
}
