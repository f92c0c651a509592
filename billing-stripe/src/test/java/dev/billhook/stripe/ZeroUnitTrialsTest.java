package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static dev.billhook.stripe.testing.SimulatedShop.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.event.BillingEvent;
import dev.billhook.stripe.testing.SimulatedShop;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.trial.TrialException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C10 A trial nobody uses ends by itself, and adding a unit lifts that")
class ZeroUnitTrialsTest {
    @AutoClose
    private final SimulatedShop shop = new SimulatedShop("""
            products:
              team: {name: Team, tier: 20}
            plans:
              team-monthly:
                {product: team, interval: month, pricing: {per_unit: {usd: 12}}, units: {minimum: 0}, trial: {days: 14, card: required}}
            """, builder -> builder);

    @BeforeEach
    void customer() {
        shop.customer(ADA, "pm_card_visa");
    }

    private Subscription trial(long units) {
        return shop.subscribe(ADA, "team-monthly", units, "trial_period_days=14");
    }

    private void passTheEnd(Subscription trial) {
        shop.advanceTo(trial.periodEnd().orElseThrow().plus(Duration.ofHours(2)));
    }

    private void atStripe(Subscription trial, long units) {
        shop.post(
                "/v1/subscriptions/" + trial.id(),
                "items[0][id]=" + trial.items().get(0).id() + "&items[0][quantity]=" + units);
        shop.settle();
    }

    @Test
    @DisplayName("C10 it begins with no unit: it ends with the trial, and nothing is charged")
    void endsByItself() {
        Subscription trial = trial(0);

        assertThat(trial.status()).isEqualTo(SubscriptionStatus.TRIALING);
        assertThat(trial.pendingEnd()).isEqualTo(trial.periodEnd());
        assertThat(shop.events(BillingEvent.CancellationScheduled.class)).hasSize(1);
        passTheEnd(trial);
        assertThat(shop.billing().subscriptions().find(ADA)).isEmpty();
        assertThat(shop.paid()).isZero();
    }

    @Test
    @DisplayName("C10 a unit that is added lifts that, and is charged when the trial ends")
    void lifted() {
        Subscription trial = trial(0);
        shop.advance(Duration.ofDays(5));

        Subscription used = shop.billing().units().add(ADA, 1);

        assertThat(lines(used)).containsExactly("team-monthly × 1");
        assertThat(used.pendingEnd()).isEmpty();
        passTheEnd(trial);
        assertThat(shop.synced(ADA).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(shop.paid()).isEqualTo(1200);
    }

    @Test
    @DisplayName("C10 the last unit that goes during the trial lets it end, and so on")
    void backAndForth() {
        trial(2);

        assertThat(shop.billing().units().remove(ADA, 2).pendingEnd()).isPresent();
        assertThat(shop.billing().units().set(ADA, 3).pendingEnd()).isEmpty();
        assertThat(shop.billing().units().set(ADA, 0).pendingEnd()).isPresent();
        assertThat(shop.synced(ADA).pendingEnd()).isPresent();
    }

    @Test
    @DisplayName("C10 the same where units are changed at Stripe")
    void elsewhere() {
        Subscription trial = trial(1);

        atStripe(trial, 0);
        assertThat(shop.synced(ADA).pendingEnd()).isPresent();
        shop.advance(Duration.ofDays(1));
        atStripe(trial, 2);
        assertThat(shop.synced(ADA).pendingEnd()).isEmpty();
    }

    @Test
    @DisplayName("C10 a cancellation that is withdrawn without a unit is set again: the rule follows from the state")
    void withdrawn() {
        trial(0);

        shop.billing().subscriptions().uncancel(ADA);

        assertThat(shop.synced(ADA).pendingEnd()).isPresent();
    }

    @Test
    @DisplayName("C10 whoever cancels a trial with units stays cancelled when he changes them")
    void cancelled() {
        trial(2);
        shop.billing().subscriptions().cancel(ADA, Cancellation.atPeriodEnd());
        shop.settle();

        shop.billing().units().add(ADA, 1);

        assertThat(shop.synced(ADA).pendingEnd()).isPresent();
    }

    @Test
    @DisplayName("C10 a subscription that is paid for may have no unit for a while")
    void afterTheTrial() {
        passTheEnd(trial(1));

        shop.billing().units().set(ADA, 0);

        assertThat(shop.synced(ADA).pendingEnd()).isEmpty();
    }

    @Test
    @DisplayName("C10 a trial without units cannot be ended and charged")
    void notEndedNow() {
        trial(0);

        assertThatExceptionOfType(TrialException.class)
                .isThrownBy(() -> shop.billing().trials().endNow(ADA))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(TrialException.Reason.NO_UNITS));
    }
}
