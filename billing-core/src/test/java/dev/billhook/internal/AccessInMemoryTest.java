package dev.billhook.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.Billing;
import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessReason;
import dev.billhook.entitlement.AccessState;
import dev.billhook.entitlement.EntitlementCaching;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.grant.Grant;
import dev.billhook.grant.GrantRequest;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D2, D9 access follows what changes it at once, and is remembered otherwise")
class AccessInMemoryTest {
    private static final Instant T = SubscriptionStates.START;
    private static final AccountRef ACCOUNT = BillingFixture.ACCOUNT;
    private static final Subscription ACTIVE = SubscriptionStates.active("sub_1", "pro-monthly", 1);

    private final List<AccessState> seenInTransaction = new ArrayList<>();
    private final List<AccessState> seenAfterCommit = new ArrayList<>();
    private final BillingFixture host = new BillingFixture(builder -> builder.listener(
                    BillingListener.named("inside", ListenerPhase.IN_TRANSACTION, event -> see(seenInTransaction)))
            .listener(BillingListener.named("after", ListenerPhase.AFTER_COMMIT, event -> see(seenAfterCommit))));

    private void see(List<AccessState> seen) {
        seen.add(host.billing.entitlements().resolve(ACCOUNT).state());
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    @DisplayName(
            "D2 an answer is remembered until an event changes it; then the new one is given at once, also to listeners")
    void followsEvents() {
        assertThat(state()).isEqualTo(AccessState.NONE);

        host.deliver(ACTIVE, T);
        assertThat(state()).isEqualTo(AccessState.ACTIVE);
        assertThat(resolve()).isSameAs(resolve());

        host.deliver(SubscriptionStates.cancelled(ACTIVE, Cancellation.now()), T.plusSeconds(9));
        assertThat(state()).isEqualTo(AccessState.READ_ONLY);
        host.drain();

        assertThat(seenInTransaction)
                .as("the last is told of the loss itself")
                .containsExactly(AccessState.ACTIVE, AccessState.READ_ONLY, AccessState.READ_ONLY);
        assertThat(seenAfterCommit).contains(AccessState.READ_ONLY);
    }

    @Test
    @DisplayName("D2 another node sees a change when its answer is five seconds old, or at once without a cache")
    void otherNodes() {
        try (Billing other = node(EntitlementCaching.STANDARD);
                Billing uncached = node(EntitlementCaching.NONE)) {
            assertThat(other.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.NONE);
            host.deliver(ACTIVE, T);

            assertThat(uncached.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.ACTIVE);
            assertThat(other.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.NONE);
            host.clock.advance(Duration.ofSeconds(5));
            assertThat(other.entitlements().resolve(ACCOUNT).state()).isEqualTo(AccessState.ACTIVE);
        }
    }

    private Billing node(EntitlementCaching caching) {
        return Billing.builder(BillingFixture.catalog(), host.provider, host.stores)
                .clock(host.clock)
                .entitlementCaching(caching)
                .withoutBackgroundWork()
                .build();
    }

    @Test
    @DisplayName("D9 access that is given counts at once and ends by itself")
    void grant() {
        assertThat(state()).isEqualTo(AccessState.NONE);
        Instant end = host.clock.instant().plus(Duration.ofDays(30));

        Grant grant = host.billing
                .grants()
                .give(GrantRequest.ofPlan(ACCOUNT, BillingFixture.TEAM, "root", "won the raffle")
                        .units(3)
                        .until(end));

        assertThat(resolve())
                .returns(AccessState.ACTIVE, Entitlements::state)
                .returns(AccessReason.GRANTED, Entitlements::reason)
                .returns(end, Entitlements::validUntil);
        assertThat(resolve().remaining("seats", 0)).isEqualTo(3);
        assertThat(host.billing.grants().list(ACCOUNT)).containsExactly(grant);
        assertThat(grant.audit()).isEqualTo(new Grant.Audit("root", "won the raffle", host.clock.instant()));

        host.clock.advance(Duration.ofDays(30));
        assertThat(state()).isEqualTo(AccessState.READ_ONLY);
    }

    @Test
    @DisplayName("D9 a grant is taken back once, with who and why, and stays in the list")
    void revoke() {
        Grant grant = host.billing.grants().give(GrantRequest.ofFeature(ACCOUNT, "roles", "root", "pilot"));
        assertThat(resolve().allows("roles")).isTrue();

        Grant revoked = host.billing.grants().revoke(ACCOUNT, grant.id(), "eve", "pilot is over");

        assertThat(resolve().allows("roles")).isFalse();
        assertThat(revoked.revoked()).isEqualTo(new Grant.Audit("eve", "pilot is over", host.clock.instant()));
        host.clock.advance(Duration.ofDays(1));
        assertThat(host.billing.grants().revoke(ACCOUNT, grant.id(), "bob", "again"))
                .isEqualTo(revoked);
        assertThat(host.billing.grants().list(ACCOUNT)).containsExactly(revoked);
    }

    @Test
    @DisplayName("D9 the same key gives once")
    void sameKey() {
        GrantRequest request = GrantRequest.ofPlan(ACCOUNT, BillingFixture.PRO, "root", "press")
                .key(new RequestKey("press-42"));

        Grant first = host.billing.grants().give(request);
        host.clock.advance(Duration.ofDays(1));

        assertThat(host.billing.grants().give(request)).isEqualTo(first);
        assertThat(host.billing.grants().list(ACCOUNT)).containsExactly(first);
    }

    @Test
    @DisplayName("D9 what cannot be given is refused with the reason")
    void refused() {
        AccountRef stranger = AccountRef.of("user", "stranger");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() ->
                        host.billing.grants().give(GrantRequest.ofPlan(stranger, BillingFixture.PRO, "root", "press")));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> host.billing
                        .grants()
                        .give(GrantRequest.ofPlan(ACCOUNT, PlanKey.of("golden"), "root", "press")));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> host.billing.grants().revoke(ACCOUNT, "none", "root", "mistake"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.billing
                        .grants()
                        .give(GrantRequest.ofPlan(ACCOUNT, BillingFixture.TEAM, "root", "press")
                                .units(101)))
                .withMessageContaining("101 units");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.billing.grants().give(GrantRequest.ofFeature(ACCOUNT, "rolls", "root", "press")))
                .withMessageContaining("'rolls'");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        host.billing.grants().give(GrantRequest.ofPlan(ACCOUNT, BillingFixture.PRO, "root", " ")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.billing
                        .grants()
                        .give(GrantRequest.ofPlan(ACCOUNT, BillingFixture.PRO, "root", "press")
                                .until(host.clock.instant())));
    }

    private Entitlements resolve() {
        return host.billing.entitlements().resolve(ACCOUNT);
    }

    private AccessState state() {
        return resolve().state();
    }
}
