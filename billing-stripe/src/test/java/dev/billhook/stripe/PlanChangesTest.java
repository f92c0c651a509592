package dev.billhook.stripe;

import static dev.billhook.stripe.testing.Subscriber.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.conversion.ConversionException;
import dev.billhook.error.ProviderException;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.stripe.testing.Subscriber;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.Timing;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C2 Plan changes against a Stripe that remembers")
class PlanChangesTest {
    private static final AccountRef ACCOUNT = Subscriber.ACCOUNT;
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
              team: {name: Team, tier: 30}
              storage: {name: Storage, kind: add-on}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12}}, units: {minimum: 2}}
              storage-monthly: {product: storage, interval: month, pricing: {per_unit: {usd: 5}}}
              storage-yearly: {product: storage, interval: year, pricing: {per_unit: {usd: 50}}}
            """);
    private static final PlanKey HOBBY = PlanKey.of("hobby-monthly");
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final PlanKey PRO_YEARLY = PlanKey.of("pro-yearly");
    private static final PlanKey TEAM = PlanKey.of("team-monthly");

    @AutoClose
    private final Subscriber subscriber = new Subscriber(CATALOG);

    private final SubscriptionService subscriptions = subscriber.billing().subscriptions();

    /** What was told of plans and units. */
    private List<String> told() {
        return subscriber.told().stream()
                .filter(name -> name.startsWith("Plan") || name.startsWith("Units"))
                .toList();
    }

    @Test
    @DisplayName("C2 an upgrade is had and paid at once")
    void upgrade() {
        subscriber.subscribe("pro-monthly");

        Subscription upgraded =
                subscriptions.changePlan(ACCOUNT, PlanChange.to(TEAM).withUnits(5));
        subscriber.synced();

        assertThat(lines(upgraded)).containsExactly("team-monthly × 5");
        assertThat(subscriber.paid())
                .as("29 for the month, then 60 less the 29")
                .isEqualTo(6000);
        assertThat(told()).containsExactly("PlanChanged");
    }

    @Test
    @DisplayName("C5 an upgrade that is not paid changes nothing, and what was scheduled stays")
    void declined() {
        subscriber.subscribe("pro-monthly");
        subscriptions.changePlan(ACCOUNT, HOBBY);
        subscriber.pay("pm_card_chargeCustomerFail");

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() ->
                        subscriptions.changePlan(ACCOUNT, PlanChange.to(TEAM).withUnits(5)))
                .satisfies(e -> assertThat(e.category()).isEqualTo(ProviderException.Category.PAYMENT_DECLINED));

        Subscription now = subscriber.synced();
        assertThat(lines(now)).containsExactly("pro-monthly × 1");
        assertThat(now.scheduledChange().orElseThrow().plans()).containsExactly(HOBBY);
    }

    @Test
    @DisplayName(
            "C2 a downgrade happens when the paid period ends, costs nothing before, and is told when it is scheduled and made")
    void downgrade() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        Instant renewal = pro.periodEnd().orElseThrow();

        Subscription scheduled = subscriptions.changePlan(ACCOUNT, HOBBY);

        assertThat(lines(scheduled)).containsExactly("pro-monthly × 1");
        assertThat(scheduled.scheduledChange()).hasValueSatisfying(change -> {
            assertThat(change.at()).isEqualTo(renewal);
            assertThat(change.plans()).containsExactly(HOBBY);
        });
        assertThat(subscriber.synced()).isEqualTo(scheduled);
        Subscription hobby = subscriber.renewed();
        assertThat(lines(hobby)).containsExactly("hobby-monthly × 1");
        assertThat(hobby.scheduledChange()).isEmpty();
        assertThat(subscriber.renewed().plans()).containsExactly(HOBBY);
        assertThat(subscriber.paid()).isEqualTo(2900 + 900 + 900);
        assertThat(told()).containsExactly("PlanChangeScheduled", "PlanChanged");
    }

    @Test
    @DisplayName("C2 a scheduled downgrade can be withdrawn, replaced, and overtaken by an upgrade")
    void changesOfMind() {
        subscriber.subscribe("team-monthly × 4");
        subscriptions.changePlan(ACCOUNT, PRO);
        subscriptions.changePlan(ACCOUNT, HOBBY);
        assertThat(subscriber.synced().scheduledChange().orElseThrow().plans()).containsExactly(HOBBY);

        assertThat(subscriptions.withdrawScheduledChange(ACCOUNT).schedule()).isNull();
        Subscription still = subscriber.renewed();
        assertThat(lines(still)).containsExactly("team-monthly × 4");

        subscriptions.changePlan(ACCOUNT, PRO);
        subscriber.renewed();
        subscriptions.changePlan(ACCOUNT, HOBBY);
        Subscription back =
                subscriptions.changePlan(ACCOUNT, PlanChange.to(TEAM).withUnits(3));
        assertThat(back.schedule()).isNull();
        assertThat(lines(subscriber.renewed())).containsExactly("team-monthly × 3");
    }

    @Test
    @DisplayName("C22 a year takes the add-ons along, at once and at renewal back to the month")
    void addOns() {
        subscriber.subscribe("pro-monthly", "storage-monthly × 3");

        Subscription yearly = subscriptions.changePlan(ACCOUNT, PRO_YEARLY);

        assertThat(lines(yearly)).containsExactly("pro-yearly × 1", "storage-yearly × 3");
        assertThat(yearly.items().stream().map(SubscriptionItem::periodEnd).distinct())
                .hasSize(1);
        subscriber.synced();
        assertThat(subscriber.paid()).as("the month is credited, the year paid").isEqualTo(29000 + 3 * 5000);

        Subscription scheduled = subscriptions.changePlan(ACCOUNT, PRO);

        assertThat(lines(scheduled)).containsExactly("pro-yearly × 1", "storage-yearly × 3");
        Subscription monthly = subscriber.renewed();
        assertThat(lines(monthly)).containsExactly("pro-monthly × 1", "storage-monthly × 3");
        assertThat(subscriber.paid()).isEqualTo(29000 + 3 * 5000 + 2900 + 3 * 500);
    }

    @Test
    @DisplayName("C7 a change of units counts for what is scheduled too")
    void units() {
        subscriber.subscribe("team-monthly × 4", "storage-monthly × 2");
        subscriptions.changePlan(ACCOUNT, PlanChange.to(TEAM).withUnits(3).at(Timing.AT_RENEWAL));

        Subscription more = subscriptions.setUnits(ACCOUNT, 6);

        assertThat(lines(more)).containsExactly("storage-monthly × 2", "team-monthly × 6");
        Subscription next = subscriber.renewed();
        assertThat(lines(next)).containsExactly("storage-monthly × 2", "team-monthly × 6");
    }

    @Test
    @DisplayName("C7 units that are set to what was scheduled leave nothing scheduled")
    void sameUnits() {
        subscriber.subscribe("team-monthly × 4");
        subscriptions.changePlan(ACCOUNT, PRO);
        assertThat(subscriptions
                        .setUnits(ACCOUNT, 6)
                        .scheduledChange()
                        .orElseThrow()
                        .plans())
                .containsExactly(PRO);
        subscriptions.changePlan(ACCOUNT, PlanChange.to(TEAM).withUnits(3).at(Timing.AT_RENEWAL));

        assertThat(subscriptions.setUnits(ACCOUNT, 3).schedule()).isNull();
    }

    @Test
    @DisplayName("C16 a subscription with a scheduled change can be cancelled, and then has no renewal to change at")
    void cancel() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        subscriptions.changePlan(ACCOUNT, HOBBY);

        Subscription ending = subscriptions.cancel(ACCOUNT, Cancellation.atPeriodEnd());

        assertThat(ending.pendingEnd()).isEqualTo(pro.periodEnd());
        assertThat(subscriber.synced()).isEqualTo(ending);
        assertThatExceptionOfType(ConversionException.class)
                .isThrownBy(() -> subscriptions.changePlan(ACCOUNT, HOBBY))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(ConversionException.Reason.ENDING));
        assertThat(subscriptions.uncancel(ACCOUNT).pendingEnd()).isEmpty();
        assertThat(told()).containsExactly("PlanChangeScheduled", "PlanChangeWithdrawn");
    }

    @Test
    @DisplayName("C19 a discount goes on through a change at renewal")
    void discounts() {
        subscriber.post("/v1/coupons", "id=half", "percent_off=50", "duration=forever");
        Subscription pro = subscriber.subscribe("pro-monthly");
        subscriber.post("/v1/subscriptions/" + pro.id(), "discounts[0][coupon]=half");
        assertThat(subscriber.synced().terms().discounts()).extracting("coupon").containsExactly("half");

        subscriptions.changePlan(ACCOUNT, HOBBY);
        Subscription hobby = subscriber.renewed();

        assertThat(hobby.terms().discounts()).extracting("coupon").containsExactly("half");
        assertThat(subscriber.paid()).isEqualTo(2900 + 450);
    }
}
