package dev.billhook.internal;

import static dev.billhook.testing.BillingFixture.ACCOUNT;
import static dev.billhook.testing.BillingFixture.PRO;
import static dev.billhook.testing.BillingFixture.TEAM;
import static dev.billhook.testing.BillingFixture.YEARLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.InvalidStateException;
import dev.billhook.conversion.ConversionException;
import dev.billhook.error.ProviderException;
import dev.billhook.event.BillingEvent;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.subscription.Timing;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C2 C5 C7 C16 Commands on a subscription")
class SubscriptionCommandsTest {
    private static final Instant T = SubscriptionStates.START;
    private static final Subscription ACTIVE = SubscriptionStates.active("sub_1", "pro-monthly", 1);

    private final BillingFixture fixture = new BillingFixture();

    @BeforeEach
    void subscribe() {
        fixture.atProvider(ACTIVE);
        fixture.deliver(ACTIVE, T);
        fixture.clock.advance(Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName("C16 cancel at period end is in the mirror when the call returns, and its webhook adds nothing")
    void cancel() {
        Subscription cancelled = fixture.billing.subscriptions().cancel(ACCOUNT, Cancellation.atPeriodEnd());

        assertThat(cancelled.pendingEnd()).contains(SubscriptionStates.PERIOD_END);
        assertThat(fixture.mirrored("sub_1")).isEqualTo(cancelled);
        fixture.deliver(cancelled, T.plusSeconds(10));
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated", "CancellationScheduled");
        assertThat(fixture.provider.fetches()).isZero();
    }

    @Test
    @DisplayName("C16 a cancellation is withdrawn")
    void uncancel() {
        fixture.billing.subscriptions().cancel(ACCOUNT, Cancellation.at(SubscriptionStates.PERIOD_END));

        Subscription running = fixture.billing.subscriptions().uncancel(ACCOUNT);

        assertThat(running.pendingEnd()).isEmpty();
        assertThat(fixture.eventNames()).endsWith("CancellationWithdrawn");
    }

    @Test
    @DisplayName("C16 cancelled now, there is no subscription any more")
    void cancelNow() {
        fixture.billing.subscriptions().cancel(ACCOUNT, Cancellation.now());

        assertThat(fixture.billing.subscriptions().find(ACCOUNT)).isEmpty();
        assertThat(fixture.billing.subscriptions().list(ACCOUNT))
                .extracting(Subscription::status)
                .containsExactly(SubscriptionStatus.CANCELED);
        assertThatThrownBy(() -> fixture.billing.subscriptions().cancel(ACCOUNT, Cancellation.now()))
                .isInstanceOf(InvalidStateException.class);
    }

    @Test
    @DisplayName("C2 C7 plan and units change at the provider first and then in the mirror")
    void planAndUnits() {
        fixture.billing.subscriptions().changePlan(ACCOUNT, TEAM);
        Subscription changed = fixture.billing.subscriptions().setUnits(ACCOUNT, 5);

        assertThat(changed.itemOf(TEAM).orElseThrow().quantity()).isEqualTo(5);
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated", "PlanChanged", "UnitsChanged");
        assertThat(fixture.billing
                        .entitlements()
                        .resolve(ACCOUNT)
                        .limits()
                        .get("seats")
                        .value())
                .isEqualTo(5L);
    }

    @Test
    @DisplayName("what is so already is not sent")
    void nothingToDo() {
        fixture.billing.subscriptions().changePlan(ACCOUNT, PRO);

        assertThat(fixture.provider.calls()).allMatch(call -> call.startsWith("fetch"));
    }

    @Test
    @DisplayName("C2 a downgrade waits for the renewal, is told once, and can be withdrawn")
    void downgrade() {
        fixture.billing.subscriptions().changePlan(ACCOUNT, TEAM);

        Subscription scheduled = fixture.billing.subscriptions().changePlan(ACCOUNT, PRO);

        assertThat(scheduled.plans()).containsExactly(TEAM);
        assertThat(scheduled.scheduledChange()).hasValueSatisfying(change -> {
            assertThat(change.at()).isEqualTo(SubscriptionStates.PERIOD_END);
            assertThat(change.plans()).containsExactly(PRO);
        });
        Subscription withdrawn = fixture.billing.subscriptions().withdrawScheduledChange(ACCOUNT);
        assertThat(withdrawn.scheduledChange()).isEmpty();
        assertThat(fixture.eventNames())
                .containsExactly("SubscriptionActivated", "PlanChanged", "PlanChangeScheduled", "PlanChangeWithdrawn");
        assertThat(fixture.billing.subscriptions().withdrawScheduledChange(ACCOUNT))
                .isEqualTo(withdrawn);
    }

    @Test
    @DisplayName("C2 choosing the present plan again withdraws what is scheduled")
    void changedHisMind() {
        fixture.billing.subscriptions().changePlan(ACCOUNT, TEAM);
        fixture.billing.subscriptions().changePlan(ACCOUNT, PRO);

        Subscription stays = fixture.billing.subscriptions().changePlan(ACCOUNT, TEAM);

        assertThat(stays.schedule()).isNull();
        assertThat(stays.plans()).containsExactly(TEAM);
    }

    @Test
    @DisplayName("C7 a change of units changes what is scheduled too")
    void unitsOfScheduled() {
        fixture.billing.subscriptions().changePlan(ACCOUNT, TEAM);
        fixture.billing
                .subscriptions()
                .changePlan(ACCOUNT, PlanChange.to(YEARLY).at(Timing.AT_RENEWAL));

        Subscription changed = fixture.billing.subscriptions().setUnits(ACCOUNT, 7);

        assertThat(changed.itemOf(TEAM).orElseThrow().quantity()).isEqualTo(7);
        assertThat(changed.scheduledChange().orElseThrow().lines())
                .extracting(ScheduledChange.Line::quantity)
                .containsExactly(7L);
    }

    @Test
    @DisplayName("C5 if an upgrade is not paid, what was scheduled stays")
    void declined() {
        fixture.billing.subscriptions().changePlan(ACCOUNT, TEAM);
        Subscription scheduled = fixture.billing.subscriptions().changePlan(ACCOUNT, PRO);
        fixture.provider.refuseNextChange(
                ProviderException.of(ProviderException.Category.PAYMENT_DECLINED, "no", "req_2", null));

        assertThatThrownBy(() -> fixture.billing.subscriptions().changePlan(ACCOUNT, YEARLY))
                .isInstanceOf(ProviderException.class);

        assertThat(fixture.mirrored("sub_1")).isEqualTo(scheduled);
    }

    @Test
    @DisplayName("C16 cancelling takes off what is scheduled: Stripe refuses it otherwise")
    void cancelScheduled() {
        fixture.billing.subscriptions().changePlan(ACCOUNT, TEAM);
        fixture.billing.subscriptions().changePlan(ACCOUNT, PRO);

        Subscription ending = fixture.billing.subscriptions().cancel(ACCOUNT, Cancellation.atPeriodEnd());

        assertThat(ending.schedule()).isNull();
        assertThat(ending.pendingEnd()).contains(SubscriptionStates.PERIOD_END);
        assertThat(fixture.provider.calls()).endsWith("release", "cancel AtPeriodEnd[]");
        assertThatThrownBy(() -> fixture.billing.subscriptions().changePlan(ACCOUNT, PRO))
                .isInstanceOfSatisfying(
                        ConversionException.class,
                        e -> assertThat(e.reason()).isEqualTo(ConversionException.Reason.ENDING));
    }

    @Test
    @DisplayName("C7 units a plan does not allow are refused before anything is called")
    void wrongUnits() {
        assertThatThrownBy(() -> fixture.billing.subscriptions().setUnits(ACCOUNT, 2))
                .isInstanceOf(IllegalArgumentException.class);
        fixture.billing.subscriptions().changePlan(ACCOUNT, TEAM);
        assertThatThrownBy(() -> fixture.billing.subscriptions().setUnits(ACCOUNT, 101))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(fixture.billing.subscriptions().setUnits(ACCOUNT, 1).itemOf(TEAM))
                .isPresent();
    }

    @Test
    @DisplayName("C5 if the provider refuses, nothing changes here")
    void refused() {
        fixture.provider.failWith(
                ProviderException.of(ProviderException.Category.INVALID_REQUEST, "no", "req_2", null));

        assertThatThrownBy(() -> fixture.billing.subscriptions().cancel(ACCOUNT, Cancellation.atPeriodEnd()))
                .isInstanceOf(ProviderException.class);
        assertThat(fixture.mirrored("sub_1")).isEqualTo(ACTIVE);
        assertThat(fixture.eventNames()).containsExactly("SubscriptionActivated");
    }

    @Test
    @DisplayName("C5 an event id names the change: the same change seen twice has the same id")
    void stableIds() {
        try (BillingFixture other = new BillingFixture()) {
            other.deliver(ACTIVE, T);
            assertThat(other.inTransaction)
                    .extracting(BillingEvent::id)
                    .containsExactly(fixture.inTransaction.get(0).id());
        }
    }
}
