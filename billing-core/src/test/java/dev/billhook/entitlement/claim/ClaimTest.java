package dev.billhook.entitlement.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.SubscriptionStates;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("D2 What a subscription says about access")
class ClaimTest {
    private static final Subscription ACTIVE = SubscriptionStates.active("sub_1", "pro-monthly", 2);

    @ParameterizedTest
    @EnumSource(names = {"ACTIVE", "TRIALING", "UNPAID", "PAUSED", "INCOMPLETE"})
    @DisplayName("D2 stays as it is when the subscription renews")
    void renewal(SubscriptionStatus status) {
        Subscription before = ACTIVE.toBuilder().status(status).build();

        assertThat(Claim.of(renewed(before))).isEqualTo(Claim.of(before));
    }

    @Test
    @DisplayName("D2 is another when a late one renews, for grace counts from the start of the period")
    void lateRenewal() {
        Subscription late =
                ACTIVE.toBuilder().status(SubscriptionStatus.PAST_DUE).build();

        assertThat(Claim.of(renewed(late))).isNotEqualTo(Claim.of(late));
    }

    @Test
    @DisplayName("D2 tells of a pause only in good standing: nobody else had something to lose by it")
    void pause() {
        CollectionPause pause = new CollectionPause(CollectionPause.Behavior.VOID, null);
        Subscription paused = ACTIVE.toBuilder().pause(pause).build();
        Subscription unpaid =
                ACTIVE.toBuilder().status(SubscriptionStatus.UNPAID).build();

        assertThat(Claim.of(paused)).isNotEqualTo(Claim.of(ACTIVE));
        assertThat(Claim.of(unpaid.toBuilder().pause(pause).build())).isEqualTo(Claim.of(unpaid));
    }

    private static Subscription renewed(Subscription subscription) {
        Duration month = Duration.ofDays(31);
        return subscription.toBuilder()
                .items(subscription.items().stream()
                        .map(item -> new SubscriptionItem(
                                item.id(),
                                item.priceId(),
                                item.plan(),
                                item.quantity(),
                                item.periodStart().plus(month),
                                item.periodEnd().plus(month),
                                item.priceVersion()))
                        .toList())
                .build();
    }
}
