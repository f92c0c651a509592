package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static dev.billhook.stripe.testing.SimulatedShop.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.RequestKey;
import dev.billhook.addon.AddOn;
import dev.billhook.addon.AddOnException;
import dev.billhook.addon.AddOnException.Reason;
import dev.billhook.addon.AddOnPolicy;
import dev.billhook.addon.AddOnPolicy.MainEnd;
import dev.billhook.addon.AddOnRequest;
import dev.billhook.addon.AddOnRequest.Placement;
import dev.billhook.addon.AddOnService;
import dev.billhook.addon.RemovalPreview;
import dev.billhook.catalog.PlanKey;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.event.BillingEvent;
import dev.billhook.money.Money;
import dev.billhook.stripe.testing.SimulatedShop;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.subscription.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C22 Add-ons: lines of the subscription, or subscriptions beside it")
class AddOnsTest {
    private static final PlanKey STORAGE = PlanKey.of("storage-monthly");
    private static final PlanKey STORAGE_YEARLY = PlanKey.of("storage-yearly");
    private static final PlanKey PHONE = PlanKey.of("phone-monthly");
    private static final String CATALOG = """
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
              storage: {name: Storage, kind: add-on}
              phone: {name: Phone, kind: add-on, on: [pro]}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 10}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 30}}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 300}}}
              storage-monthly: {product: storage, interval: month, pricing: {per_unit: {usd: 5}}, units: {maximum: 10}}
              storage-yearly: {product: storage, interval: year, pricing: {per_unit: {usd: 50}}}
              phone-monthly: {product: phone, interval: month, pricing: {flat: {usd: 8}}}
              pro-euro: {product: pro, interval: month, pricing: {flat: {eur: 30}}}
            """;

    private SimulatedShop shop = new SimulatedShop(CATALOG, builder -> builder);

    @AfterEach
    void close() {
        shop.close();
    }

    private AddOnService addOns() {
        return shop.billing().addOns();
    }

    private Subscription subscribed(String plan, String... form) {
        shop.customer(ADA, "pm_card_visa");
        return shop.subscribe(ADA, plan, 1, form);
    }

    private Subscription main() {
        return shop.synced(ADA);
    }

    private Subscription beside() {
        shop.settle();
        return shop.billing().subscriptions().list(ADA).stream()
                .filter(each ->
                        each.plans().stream().anyMatch(plan -> plan.equals(STORAGE) || plan.equals(STORAGE_YEARLY)))
                .filter(each -> each.items().size() == 1)
                .findFirst()
                .orElseThrow();
    }

    private void renew() {
        shop.advanceTo(main().periodEnd().orElseThrow().plus(Duration.ofHours(2)));
    }

    private void refusedBy(Reason reason, Runnable change) {
        assertThatExceptionOfType(AddOnException.class)
                .isThrownBy(change::run)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.getMessage()).endsWith(e.remedy()));
    }

    @Test
    @DisplayName("C22 as a line: added now and prorated, changed, and removed at renewal")
    void line() {
        Subscription pro = subscribed("pro-monthly");

        assertThat(addOns().add(ADA, STORAGE, 2))
                .containsExactly(new AddOn(STORAGE, 2, false, pro.periodEnd().orElseThrow(), null));
        assertThat(addOns().setUnits(ADA, STORAGE, 4, Timing.NOW_INVOICE))
                .extracting(AddOn::units)
                .containsExactly(4L);
        shop.settle();
        assertThat(shop.paid())
                .as("two for the month with the third and fourth")
                .isEqualTo(3000 + 2000);

        List<AddOn> ending = addOns().remove(ADA, STORAGE);
        assertThat(ending)
                .extracting(AddOn::endsAt)
                .containsExactly(pro.periodEnd().orElseThrow());
        renew();
        assertThat(lines(main())).containsExactly("pro-monthly × 1");
        assertThat(addOns().list(ADA)).isEmpty();
        assertThat(shop.paid()).isEqualTo(3000 + 2000 + 3000);
    }

    @Test
    @DisplayName("C22 a line is removed now, with or without its unused time credited")
    void lineRemovedNow() {
        subscribed("pro-monthly");
        addOns().add(ADA, AddOnRequest.of(STORAGE).at(Timing.NOW_INVOICE));
        addOns().add(ADA, AddOnRequest.of(PHONE).at(Timing.NOW_INVOICE));

        addOns().remove(ADA, STORAGE, Timing.NOW_PRORATE);
        addOns().remove(ADA, PHONE, Timing.NOW_WITHOUT_PRORATION);

        renew();
        assertThat(lines(main())).containsExactly("pro-monthly × 1");
        assertThat(shop.paid()).isEqualTo(3000 + 500 + 800 + 3000 - 500);
    }

    @Test
    @DisplayName("C22 lines change at renewal one after the other, beside a plan that is scheduled")
    void linesAtRenewal() {
        subscribed("pro-monthly");
        addOns().add(ADA, STORAGE, 3);
        addOns().add(ADA, AddOnRequest.of(PHONE));
        addOns().setUnits(ADA, STORAGE, 2, Timing.AT_RENEWAL);
        addOns().remove(ADA, PHONE);
        shop.billing()
                .subscriptions()
                .changePlan(ADA, PlanChange.to(PlanKey.of("pro-monthly")).at(Timing.NOW_PRORATE));
        addOns().remove(ADA, PHONE);
        addOns().setUnits(ADA, STORAGE, 2, Timing.AT_RENEWAL);

        renew();

        assertThat(lines(main())).containsExactly("pro-monthly × 1", "storage-monthly × 2");
    }

    @Test
    @DisplayName("C22 an add-on that is added or changed keeps a downgrade that is scheduled")
    void besideScheduledPlan() {
        subscribed("pro-monthly");
        shop.billing().subscriptions().changePlan(ADA, PlanKey.of("hobby-monthly"));

        addOns().add(ADA, STORAGE, 1);
        addOns().setUnits(ADA, STORAGE, 3, Timing.NOW_PRORATE);

        assertThat(lines(main())).containsExactly("pro-monthly × 1", "storage-monthly × 3");
        renew();
        assertThat(lines(main())).containsExactly("hobby-monthly × 1", "storage-monthly × 3");
    }

    @Test
    @DisplayName("C22 an add-on can begin at renewal")
    void addedAtRenewal() {
        subscribed("pro-monthly");

        assertThat(addOns().add(ADA, AddOnRequest.of(STORAGE).withUnits(2).at(Timing.AT_RENEWAL)))
                .isEmpty();

        renew();
        assertThat(lines(main())).containsExactly("pro-monthly × 1", "storage-monthly × 2");
        assertThat(shop.paid()).isEqualTo(3000 + 4000);
    }

    @Test
    @DisplayName(
            "C22 one that is only to begin with the renewal can be removed before, and a downgrade beside it stays")
    void withdrawnBeforeItBegan() {
        subscribed("pro-monthly");
        shop.billing().subscriptions().changePlan(ADA, PlanKey.of("hobby-monthly"));
        addOns().add(ADA, AddOnRequest.of(STORAGE).at(Timing.AT_RENEWAL));

        addOns().remove(ADA, STORAGE);

        renew();
        assertThat(lines(main())).containsExactly("hobby-monthly × 1");
    }

    @Test
    @DisplayName("C22 with another interval it is a subscription of its own, billed on the same day of the month")
    void ownSubscription() {
        shop.advanceTo(Instant.parse("2027-01-31T09:30:00Z"));
        subscribed("pro-yearly");
        shop.advance(Duration.ofDays(10));

        addOns().add(ADA, STORAGE, 2);

        assertThat(beside().periodEnd()).hasValue(Instant.parse("2027-02-28T09:30:00Z"));
        assertThat(main().plans()).containsExactly(PlanKey.of("pro-yearly"));
        shop.advanceTo(Instant.parse("2027-03-01T00:00:00Z"));
        assertThat(beside().periodEnd()).hasValue(Instant.parse("2027-03-31T09:30:00Z"));
        assertThat(addOns().list(ADA)).extracting(AddOn::ownSubscription).containsExactly(true);
        assertThat(shop.events(BillingEvent.DuplicateSubscriptionDetected.class))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "C22 a yearly add-on beside a monthly plan is billed with one of its months; the time before is charged, or not")
    void yearlyBesideMonthly() {
        Subscription pro = subscribed("pro-monthly");
        Instant renewal = pro.periodEnd().orElseThrow();

        addOns().add(ADA, AddOnRequest.of(STORAGE_YEARLY).at(Timing.NOW_WITHOUT_PRORATION));

        assertThat(beside().periodEnd()).hasValue(renewal);
        shop.settle();
        assertThat(shop.paid()).isEqualTo(3000);
        renew();
        assertThat(shop.paid()).isEqualTo(3000 + 3000 + 5000);
        assertThat(beside().periodEnd()).hasValue(Instant.parse("2028-02-10T10:00:00Z"));
    }

    @Test
    @DisplayName("C22 on request it is a subscription of its own also with the same interval")
    void onRequest() {
        Subscription pro = subscribed("pro-monthly");
        shop.advance(Duration.ofDays(3));

        addOns().add(ADA, AddOnRequest.of(STORAGE).in(Placement.OWN_SUBSCRIPTION));

        assertThat(beside().periodEnd()).isEqualTo(pro.periodEnd());
        assertThat(addOns().setUnits(ADA, STORAGE, 3, Timing.NOW_PRORATE))
                .extracting(AddOn::units)
                .containsExactly(3L);
        assertThat(addOns().remove(ADA, STORAGE))
                .extracting(AddOn::endsAt)
                .containsExactly(pro.periodEnd().orElseThrow());
        renew();
        assertThat(addOns().list(ADA)).isEmpty();
        assertThat(main().status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    @DisplayName(
            "C22 removed now, its unused time goes to the balance, as the preview says; without credit nothing does")
    void ownRemovedNow() {
        Subscription pro = subscribed("pro-monthly");
        addOns().add(ADA, AddOnRequest.of(STORAGE).withUnits(2).in(Placement.OWN_SUBSCRIPTION));
        addOns().add(ADA, AddOnRequest.of(PHONE).in(Placement.OWN_SUBSCRIPTION));
        // Half of the 31 days.
        shop.advanceTo(pro.items().get(0).periodStart().plus(Duration.ofHours(31 * 12)));

        RemovalPreview shown = addOns().previewRemoval(ADA, STORAGE, Timing.NOW_PRORATE);
        assertThat(shown.credited()).isEqualTo(Money.of(500, "usd"));
        assertThat(shown.following().orElseThrow().lines())
                .extracting(line -> line.amount().minorUnits())
                .containsExactly(-500L);
        assertThat(addOns().list(ADA)).as("shown only").hasSize(2);
        assertThat(addOns().previewRemoval(ADA, PHONE, Timing.AT_RENEWAL))
                .isEqualTo(new RemovalPreview(pro.periodEnd().orElseThrow(), null, Money.of(0, "usd")));

        RequestKey key = RequestKey.random();
        assertThat(addOns().remove(ADA, STORAGE, Timing.NOW_PRORATE, key)).hasSize(1);
        assertThat(balance()).isEqualTo(-500);
        assertThat(addOns().remove(ADA, PHONE, Timing.NOW_WITHOUT_PRORATION)).isEmpty();
        assertThat(balance()).isEqualTo(-500);
        renew();
        assertThat(shop.paid()).as("the balance pays a part of the renewal").isEqualTo(3000 + 1000 + 800 + 3000 - 500);
    }

    @Test
    @DisplayName("C22 the preview of a removed line is the invoice that follows")
    void lineRemovalShown() {
        Subscription pro = subscribed("pro-monthly");
        addOns().add(ADA, AddOnRequest.of(STORAGE).withUnits(2).at(Timing.NOW_INVOICE));
        shop.advanceTo(pro.items().get(0).periodStart().plus(Duration.ofHours(31 * 12)));

        assertThat(due(Timing.NOW_PRORATE)).isEqualTo(3000 - 500);
        assertThat(due(Timing.NOW_WITHOUT_PRORATION)).isEqualTo(3000);
        assertThat(due(Timing.AT_RENEWAL)).isEqualTo(3000);
        assertThat(addOns().previewRemoval(ADA, STORAGE, Timing.AT_RENEWAL).endsAt())
                .isEqualTo(pro.periodEnd().orElseThrow());

        addOns().remove(ADA, STORAGE, Timing.NOW_PRORATE);
        renew();
        assertThat(shop.paid()).isEqualTo(3000 + 1000 + 2500);
    }

    private long due(Timing timing) {
        return addOns().previewRemoval(ADA, STORAGE, timing)
                .following()
                .orElseThrow()
                .totals()
                .due()
                .minorUnits();
    }

    private long balance() {
        return Long.parseLong(shop.get("/v1/customers/" + shop.customerOf(ADA))
                .replaceFirst("(?s).*\"balance\"\\s*:\\s*(-?\\d+).*", "$1"));
    }

    @Test
    @DisplayName("C22 one whose units change at renewal can be removed at renewal all the same")
    void removedWhileChanging() {
        subscribed("pro-monthly");
        addOns().add(ADA, AddOnRequest.of(STORAGE).withUnits(2).in(Placement.OWN_SUBSCRIPTION));
        addOns().setUnits(ADA, STORAGE, 1, Timing.AT_RENEWAL);

        addOns().remove(ADA, STORAGE);

        renew();
        assertThat(addOns().list(ADA)).isEmpty();
    }

    @Test
    @DisplayName("C22 in the trial both are free until its end")
    void inTrial() {
        Subscription trial = subscribed("pro-monthly", "trial_period_days=14");

        addOns().add(ADA, STORAGE, 1);
        addOns().add(ADA, AddOnRequest.of(PHONE).in(Placement.OWN_SUBSCRIPTION));

        shop.settle();
        assertThat(shop.paid()).isZero();
        shop.advanceTo(trial.periodEnd().orElseThrow().plus(Duration.ofHours(2)));
        assertThat(shop.paid()).isEqualTo(3000 + 500 + 800);
    }

    @Test
    @DisplayName("C22 the end of the main subscription takes it along, and so does its going on; also from the portal")
    void followsTheMain() {
        Subscription pro = subscribed("pro-yearly");
        addOns().add(ADA, STORAGE, 1);
        Instant end = pro.periodEnd().orElseThrow();

        shop.billing().subscriptions().cancel(ADA, Cancellation.atPeriodEnd());
        assertThat(beside().pendingEnd()).hasValue(end);
        shop.billing().subscriptions().uncancel(ADA);
        assertThat(beside().pendingEnd()).isEmpty();

        shop.post("/v1/subscriptions/" + pro.id(), "cancel_at_period_end=true");
        assertThat(beside().pendingEnd()).hasValue(end);
        shop.post("/v1/subscriptions/" + pro.id(), "cancel_at_period_end=false");
        assertThat(beside().pendingEnd()).isEmpty();

        shop.billing().subscriptions().cancel(ADA, Cancellation.now());
        assertThat(beside().status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(addOns().list(ADA)).isEmpty();
    }

    @Test
    @DisplayName("C22 one that was removed by itself stays removed when the main subscription goes on after all")
    void removedByItself() {
        subscribed("pro-yearly");
        addOns().add(ADA, STORAGE, 1);
        addOns().remove(ADA, STORAGE);
        Instant end = beside().pendingEnd().orElseThrow();

        shop.billing().subscriptions().cancel(ADA, Cancellation.atPeriodEnd());
        shop.billing().subscriptions().uncancel(ADA);

        assertThat(beside().pendingEnd()).hasValue(end);
    }

    @Test
    @DisplayName("C22 by policy it goes on alone, and the account can subscribe anew")
    void goesOn() {
        shop.close();
        shop = new SimulatedShop(
                CATALOG, builder -> builder.addOnPolicy(AddOnPolicy.standard().with(MainEnd.GO_ON)));
        subscribed("pro-yearly");
        addOns().add(ADA, STORAGE, 1);

        shop.billing().subscriptions().cancel(ADA, Cancellation.now());

        assertThat(beside().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(shop.billing().subscriptions().find(ADA)).isEmpty();
    }

    @Test
    @DisplayName("C22 one that is added while the main subscription is ending ends with it")
    void addedToOneThatEnds() {
        Subscription pro = subscribed("pro-yearly");
        shop.billing().subscriptions().cancel(ADA, Cancellation.atPeriodEnd());

        addOns().add(ADA, STORAGE, 1);

        assertThat(beside().pendingEnd()).isEqualTo(pro.periodEnd());
    }

    @Test
    @DisplayName("C22 where there is no renewal nothing changes at it")
    void noRenewal() {
        subscribed("pro-monthly");
        shop.billing().subscriptions().cancel(ADA, Cancellation.atPeriodEnd());

        refusedBy(
                Reason.ENDING, () -> addOns().add(ADA, AddOnRequest.of(STORAGE).at(Timing.AT_RENEWAL)));
    }

    @Test
    @DisplayName("C22 what cannot be had is refused with a reason")
    void refused() {
        subscribed("hobby-monthly");

        refusedBy(Reason.NOT_AN_ADD_ON, () -> addOns().add(ADA, PlanKey.of("pro-monthly"), 1));
        refusedBy(Reason.NOT_WITH_TIER, () -> addOns().add(ADA, PHONE, 1));
        refusedBy(Reason.UNITS_NOT_ALLOWED, () -> addOns().add(ADA, STORAGE, 11));
        refusedBy(
                Reason.OTHER_INTERVAL,
                () -> addOns().add(ADA, AddOnRequest.of(STORAGE_YEARLY).in(Placement.LINE)));
        refusedBy(
                Reason.BEGINS_NOW,
                () -> addOns().add(ADA, AddOnRequest.of(STORAGE_YEARLY).at(Timing.AT_RENEWAL)));
        refusedBy(Reason.MISSING, () -> addOns().remove(ADA, STORAGE));
        addOns().add(ADA, STORAGE, 1);
        refusedBy(Reason.PRESENT, () -> addOns().add(ADA, STORAGE_YEARLY, 1));
    }

    @Test
    @DisplayName("C22 a payment that is declined adds nothing")
    void declined() {
        subscribed("pro-yearly");
        shop.pay(ADA, "pm_card_chargeCustomerFail");

        assertThatExceptionOfType(PaymentDeclinedException.class).isThrownBy(() -> addOns().add(ADA, STORAGE, 1));

        shop.settle();
        assertThat(addOns().list(ADA)).isEmpty();
    }

    @Test
    @DisplayName("C22 a request that is repeated with its key adds once")
    void repeated() {
        subscribed("pro-yearly");
        RequestKey key = RequestKey.random();

        addOns().add(ADA, AddOnRequest.of(STORAGE), key);
        assertThat(addOns().add(ADA, AddOnRequest.of(STORAGE), key)).hasSize(1);
        shop.settle();

        assertThat(addOns().list(ADA)).hasSize(1);
    }
}
