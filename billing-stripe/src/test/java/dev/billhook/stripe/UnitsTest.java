package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static dev.billhook.stripe.testing.SimulatedShop.BOB;
import static dev.billhook.stripe.testing.SimulatedShop.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.ConversionException;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.event.BillingEvent;
import dev.billhook.stripe.testing.SimulatedShop;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import dev.billhook.unit.UnitChange;
import dev.billhook.unit.UnitDrifts;
import dev.billhook.unit.UnitService;
import dev.billhook.unit.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C7 Units: bought, given back, sold in advance, and in step with the host's count")
class UnitsTest {
    private static final String CATALOG = """
            products:
              pro: {name: Pro, tier: 10}
              team: {name: Team, tier: 20}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 31}}, units: {minimum: 2, maximum: 20}}
              team-yearly:
                {product: team, interval: year, pricing: {per_unit: {usd: 365}}, units: {included: 10, beyond: prorate}}
              team-prepaid:
                {product: team, interval: year, pricing: {per_unit: {usd: 365}}, units: {included: 10, beyond: invoice_now}}
              team-fixed:
                {product: team, interval: year, pricing: {per_unit: {usd: 365}}, units: {included: 10, beyond: refuse}}
            """;

    private final Map<AccountRef, Long> members = new ConcurrentHashMap<>();

    @AutoClose
    private final SimulatedShop shop = new SimulatedShop(
            CATALOG,
            builder -> builder.unitSource(account ->
                    members.containsKey(account) ? OptionalLong.of(members.get(account)) : OptionalLong.empty()));

    private final UnitService units = shop.billing().units();

    private Subscription subscribed(String plan, long quantity) {
        shop.customer(ADA, "pm_card_visa");
        return shop.subscribe(ADA, plan, quantity);
    }

    private void renew() {
        Subscription subscription = shop.billing().subscriptions().find(ADA).orElseThrow();
        shop.advanceTo(subscription.periodEnd().orElseThrow().plus(Duration.ofHours(2)));
    }

    @Test
    @DisplayName("C7 units are added, removed and set; the rest of the month is on the next invoice")
    void addRemoveSet() {
        subscribed("team-monthly", 4);

        assertThat(lines(units.add(ADA, 3))).containsExactly("team-monthly × 7");
        assertThat(lines(units.remove(ADA, 1))).containsExactly("team-monthly × 6");
        assertThat(lines(units.set(ADA, 5))).containsExactly("team-monthly × 5");

        assertThat(units.find(ADA)).map(Units::bought).hasValue(5L);
        assertThat(shop.paid()).as("nothing but the first month so far").isEqualTo(4 * 3100);
        renew();
        assertThat(shop.paid())
                .as("the next month of 5, and one more for the whole month that went by")
                .isEqualTo(4 * 3100 + 5 * 3100 + 3100);
        assertThat(shop.events(BillingEvent.UnitsChanged.class))
                .extracting("after")
                .containsExactly(7L, 6L, 5L);
    }

    @Test
    @DisplayName("C7 a call chooses the proration: at once, not at all, or at renewal")
    void timing() {
        subscribed("team-monthly", 4);

        units.change(ADA, UnitChange.add(2).at(Timing.NOW_INVOICE));
        shop.settle();
        assertThat(shop.paid()).isEqualTo(6 * 3100);

        units.change(ADA, UnitChange.add(1).at(Timing.NOW_WITHOUT_PRORATION));
        units.change(ADA, UnitChange.remove(3).at(Timing.AT_RENEWAL));
        assertThat(lines(shop.synced(ADA))).containsExactly("team-monthly × 7");
        renew();
        assertThat(lines(shop.synced(ADA))).containsExactly("team-monthly × 4");
        assertThat(shop.paid()).isEqualTo(6 * 3100 + 4 * 3100);
    }

    @Test
    @DisplayName("C7 what is given back at renewal counts from what there will be then")
    void atRenewalTwice() {
        subscribed("team-monthly", 9);

        units.change(ADA, UnitChange.remove(3).at(Timing.AT_RENEWAL));
        units.change(ADA, UnitChange.remove(2).at(Timing.AT_RENEWAL));

        renew();
        assertThat(lines(shop.synced(ADA))).containsExactly("team-monthly × 4");
    }

    @Test
    @DisplayName("C7 units given back at renewal leave a downgrade that is scheduled alone")
    void atRenewalOfAnotherPlan() {
        subscribed("team-prepaid", 12);
        shop.billing()
                .subscriptions()
                .changePlan(ADA, PlanChange.to(PlanKey.of("team-monthly")).at(Timing.AT_RENEWAL));

        units.change(ADA, UnitChange.remove(5).at(Timing.AT_RENEWAL));

        renew();
        assertThat(lines(shop.synced(ADA))).containsExactly("team-monthly × 7");
    }

    @Test
    @DisplayName("C7 a plan's bounds hold; nothing is called beyond them")
    void bounds() {
        subscribed("team-monthly", 4);

        assertThatThrownBy(() -> units.remove(ADA, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot have 1 units");
        assertThatThrownBy(() -> units.add(ADA, 17)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> units.add(ADA, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(lines(shop.synced(ADA))).containsExactly("team-monthly × 4");
    }

    @Test
    @DisplayName(
            "C7 a plan that is not sold by the unit has none to change, and an account without subscription neither")
    void notByTheUnit() {
        subscribed("pro-monthly", 1);

        assertThat(units.find(ADA)).isEmpty();
        assertThatThrownBy(() -> units.add(ADA, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> units.add(BOB, 1)).isInstanceOf(InvalidStateException.class);
    }

    @Test
    @DisplayName("C7 a year sold in advance: up to the included units nothing changes and nothing is charged")
    void withinIncluded() {
        subscribed("team-prepaid", 10);

        for (long used = 1; used <= 10; used++) {
            assertThat(lines(units.set(ADA, used))).containsExactly("team-prepaid × 10");
        }
        shop.settle();

        assertThat(shop.paid()).isEqualTo(10 * 36500);
        assertThat(shop.events(BillingEvent.UnitsChanged.class)).isEmpty();
    }

    @Test
    @DisplayName("C7 beyond them: invoiced at once, for the rest of the year")
    void beyondInvoiced() {
        subscribed("team-prepaid", 10);
        shop.advance(Duration.ofDays(73));

        units.set(ADA, 12);
        shop.settle();

        assertThat(shop.paid()).as("two units for 292 of 365 days").isEqualTo(10 * 36500 + 2 * 29200);
    }

    @Test
    @DisplayName("C7 beyond them, and the card is declined: nothing changes")
    void beyondDeclined() {
        subscribed("team-prepaid", 10);
        shop.pay(ADA, "pm_card_chargeCustomerFail");

        assertThatExceptionOfType(PaymentDeclinedException.class).isThrownBy(() -> units.set(ADA, 12));

        assertThat(lines(shop.synced(ADA))).containsExactly("team-prepaid × 10");
        shop.pay(ADA, "pm_card_visa");
        assertThat(lines(units.set(ADA, 11))).containsExactly("team-prepaid × 11");
    }

    @Test
    @DisplayName("C7 beyond them: prorated, on the next invoice")
    void beyondProrated() {
        subscribed("team-yearly", 10);

        units.set(ADA, 12);
        shop.settle();

        assertThat(shop.paid()).isEqualTo(10 * 36500);
        renew();
        assertThat(shop.paid()).isEqualTo(10 * 36500 + 12 * 36500 + 2 * 36500);
    }

    @Test
    @DisplayName("C7 beyond them: refused, except at renewal")
    void beyondRefused() {
        subscribed("team-fixed", 10);

        assertThatExceptionOfType(ConversionException.class)
                .isThrownBy(() -> units.set(ADA, 11))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(ConversionException.Reason.UNITS_FIXED));
        units.change(ADA, UnitChange.set(11).at(Timing.AT_RENEWAL));
        renew();

        assertThat(lines(shop.synced(ADA))).containsExactly("team-fixed × 11");
    }

    @Test
    @DisplayName("C7 a command that is repeated with its key counts once, also after others came between")
    void repeated() {
        subscribed("team-monthly", 4);
        RequestKey key = RequestKey.random();

        units.change(ADA, UnitChange.add(2).with(key));
        units.change(ADA, UnitChange.add(2).with(key));
        units.add(ADA, 1);
        Subscription again = units.change(ADA, UnitChange.add(2).with(key));

        assertThat(lines(again)).containsExactly("team-monthly × 7");
        assertThat(lines(shop.synced(ADA))).containsExactly("team-monthly × 7");
    }

    @Test
    @DisplayName("C7 the mirror may be behind: a change starts from what Stripe has")
    void staleMirror() {
        Subscription subscription = subscribed("team-monthly", 4);
        shop.post(
                "/v1/subscriptions/" + subscription.id(),
                "items[0][id]=" + subscription.items().get(0).id() + "&items[0][quantity]=9");

        assertThat(lines(units.add(ADA, 1))).containsExactly("team-monthly × 10");
    }

    @Test
    @DisplayName("C7 units follow the host's own count of members")
    void sync() {
        subscribed("team-monthly", 4);

        members.put(ADA, 6L);
        assertThat(lines(units.sync(ADA))).containsExactly("team-monthly × 6");
        assertThat(units.find(ADA).orElseThrow().free()).hasValue(0);
        members.put(ADA, 1L);
        assertThat(lines(units.sync(ADA))).as("the plan's minimum").containsExactly("team-monthly × 2");
        members.put(ADA, 21L);
        assertThatThrownBy(() -> units.sync(ADA)).isInstanceOf(IllegalArgumentException.class);
        members.remove(ADA);
        assertThat(lines(units.sync(ADA))).as("not counted").containsExactly("team-monthly × 2");
    }

    @Test
    @DisplayName("C7 the drift check finds the accounts whose count differs, page by page")
    void drift() {
        List<AccountRef> accounts = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            AccountRef account = AccountRef.of("team", "t" + i);
            accounts.add(account);
            shop.customer(account, "pm_card_visa");
            shop.subscribe(account, "team-monthly", 5);
            members.put(account, i % 2 == 0 ? 5L : 7L);
        }
        subscribed("pro-monthly", 1);
        members.put(ADA, 3L);

        List<UnitDrifts.Drift> found = new ArrayList<>();
        String next = null;
        do {
            UnitDrifts page = units.drift(next, 3);
            found.addAll(page.drifts());
            next = page.next();
        } while (next != null);

        assertThat(found)
                .extracting(UnitDrifts.Drift::account)
                .containsExactlyInAnyOrder(accounts.get(1), accounts.get(3), accounts.get(5));
        found.forEach(drift -> units.sync(drift.account()));
        assertThat(units.drift(null, 100).drifts()).isEmpty();
        assertThatThrownBy(() -> units.drift("nowhere", 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("C7 without a count there is nothing to follow, and that is said")
    void withoutSource() {
        try (SimulatedShop plain = new SimulatedShop(CATALOG, builder -> builder)) {
            assertThatThrownBy(() -> plain.billing().units().sync(ADA))
                    .isInstanceOf(InvalidStateException.class)
                    .hasMessageContaining("unitSource");
            assertThatThrownBy(() -> plain.billing().units().drift(null, 10)).isInstanceOf(InvalidStateException.class);
        }
    }
}
