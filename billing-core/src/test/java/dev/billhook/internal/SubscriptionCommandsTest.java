package dev.billhook.internal;

import static dev.billhook.testing.BillingFixture.ACCOUNT;
import static dev.billhook.testing.BillingFixture.PRO;
import static dev.billhook.testing.BillingFixture.TEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.InvalidStateException;
import dev.billhook.ProviderException;
import dev.billhook.event.BillingEvent;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
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

        assertThat(fixture.provider.calls()).isEmpty();
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
                new ProviderException(ProviderException.Category.INVALID_REQUEST, "no", "req_2", null));

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
