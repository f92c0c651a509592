package dev.billhook.internal;

import static dev.billhook.testing.BillingFixture.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.Customer;
import dev.billhook.account.PaymentMethod;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.AccessReason;
import dev.billhook.entitlement.NextStep;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.grant.Grant;
import dev.billhook.grant.GrantRequest;
import dev.billhook.mirror.CustomerSnapshot;
import dev.billhook.mirror.Notice;
import dev.billhook.notice.NoticeKind;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.notice.Told;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.spi.store.notice.NoticeStore;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D3 what time brings is told by the timer")
class NoticesInMemoryTest {
    private static final Instant T = SubscriptionStates.START;
    private static final Instant END = SubscriptionStates.PERIOD_END;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Subscription ACTIVE = SubscriptionStates.active("sub_1", "pro-monthly", 1);
    private static final Subscription ENDING = SubscriptionStates.cancelled(ACTIVE, Cancellation.atPeriodEnd());
    private static final Set<String> TIMED = Set.of(
            "TrialEnding",
            "RenewalUpcoming",
            "CardExpiring",
            "AccessLimitApproaching",
            "AccessLimited",
            "AccessRestored",
            "ClosureApproaching",
            "AccountClosed");

    private final InMemoryStores stores = InMemoryStores.create(ProviderScope.test());
    private final AtomicBoolean broken = new AtomicBoolean();
    private BillingFixture host = host(builder -> builder);

    private BillingFixture host(UnaryOperator<BillingBuilder> settings) {
        return new BillingFixture(
                stores,
                builder -> settings.apply(builder.accessPolicy(AccessPolicy.STANDARD.withReadOnly(DAY.multipliedBy(30)))
                        .listener(BillingListener.named("fragile", ListenerPhase.IN_TRANSACTION, event -> {
                            if (broken.get()) {
                                throw new IllegalStateException("out of order");
                            }
                        }))));
    }

    @AfterEach
    void close() {
        host.close();
    }

    private void advanceTo(Instant time) {
        host.clock.advance(Duration.between(host.clock.instant(), time));
        host.drain();
    }

    private List<String> told() {
        return host.eventNames().stream().filter(TIMED::contains).toList();
    }

    private <E extends BillingEvent> E only(Class<E> kind) {
        List<E> found = host.afterCommit.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    @DisplayName(
            "D3 access that ends is told ahead, when it is limited, before it is closed, when it is closed, and when it is back")
    void access() {
        host.deliver(ACTIVE, T);
        host.deliver(ENDING, T.plusSeconds(60));
        advanceTo(END.minus(DAY.multipliedBy(4)));
        assertThat(told()).isEmpty();

        advanceTo(END.minus(DAY.multipliedBy(3)));
        assertThat(only(BillingEvent.AccessLimitApproaching.class))
                .returns(END, BillingEvent.AccessLimitApproaching::at)
                .returns(AccessReason.ENDED, BillingEvent.AccessLimitApproaching::reason)
                .returns(NextStep.CHOOSE_PLAN, BillingEvent.AccessLimitApproaching::nextStep)
                .returns(List.of(BillingFixture.PRO), BillingEvent.AccessLimitApproaching::plans)
                .returns(null, BillingEvent.AccessLimitApproaching::bill)
                .returns(ACCOUNT, BillingEvent::account);

        advanceTo(END);
        Instant closes = END.plus(DAY.multipliedBy(30));
        assertThat(only(BillingEvent.AccessLimited.class))
                .returns(AccessReason.ENDED, BillingEvent.AccessLimited::reason)
                .returns(closes, BillingEvent.AccessLimited::closesAt);
        advanceTo(closes.minus(DAY.multipliedBy(7)));
        assertThat(only(BillingEvent.ClosureApproaching.class).at()).isEqualTo(closes);
        advanceTo(closes.plus(DAY));
        assertThat(only(BillingEvent.AccountClosed.class).nextStep()).isEqualTo(NextStep.CHOOSE_PLAN);

        host.deliver(
                SubscriptionStates.created(SubscriptionStates.active("sub_2", "team-monthly", 2), closes.plus(DAY)),
                closes.plus(DAY));
        host.drain();
        assertThat(only(BillingEvent.AccessRestored.class).plans()).contains(BillingFixture.TEAM);
        assertThat(told()).hasSize(5);
        assertThat(stores.notices().find(ACCOUNT).orElseThrow().told().changes())
                .isEqualTo(3);
    }

    @Test
    @DisplayName("D3 a cancellation that is withdrawn takes the notice with it")
    void withdrawn() {
        host.deliver(ACTIVE, T);
        host.deliver(ENDING, T.plusSeconds(60));
        host.deliver(ACTIVE, T.plusSeconds(120));

        advanceTo(END.plus(DAY));

        assertThat(told()).isEmpty();
        assertThat(stores.notices().find(ACCOUNT)).as("nothing to remember").isEmpty();
    }

    @Test
    @DisplayName("D3 a clock that jumps months ahead and back again tells nothing twice")
    void jumps() {
        host.deliver(ACTIVE, T);
        host.deliver(ENDING, T.plusSeconds(60));
        for (Instant time : List.of(
                END.minus(DAY),
                END.plus(DAY),
                END.minus(DAY.multipliedBy(2)),
                END.plus(DAY.multipliedBy(400)),
                T,
                END,
                END.plus(DAY.multipliedBy(500)))) {
            advanceTo(time);
        }

        assertThat(told()).containsExactly("AccessLimitApproaching", "AccessLimited", "AccountClosed");
        assertThat(host.inTransaction).extracting(BillingEvent::id).doesNotHaveDuplicates();
        assertThat(host.afterCommit).extracting(BillingEvent::id).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("D3 a grant that ends or is taken back is told as any other loss of access")
    void grants() {
        Grant grant = host.billing
                .grants()
                .give(GrantRequest.ofPlan(ACCOUNT, BillingFixture.TEAM, "root", "press")
                        .until(END));
        advanceTo(END.minus(DAY.multipliedBy(3)));
        assertThat(told()).containsExactly("AccessLimitApproaching");

        host.billing.grants().revoke(ACCOUNT, grant.id(), "root", "mistake");
        host.drain();
        assertThat(told()).containsExactly("AccessLimitApproaching", "AccessLimited");
    }

    @Test
    @DisplayName("D3 a card of a subscriber that expires is told, of nobody else's")
    void cards() {
        PaymentMethod card = new PaymentMethod("pm_1", "card", "visa", "4242", 2, 2026);
        Customer customer = new Customer("cus_1", "usd", false, card, false);
        EventContent state = new EventContent.State(new CustomerSnapshot(customer, true, ACCOUNT, false));
        host.deliver("evt_card", "customer.updated", state, T);
        advanceTo(T.plus(DAY));
        assertThat(told()).isEmpty();

        host.deliver(ACTIVE, T.plus(DAY));
        host.drain();

        assertThat(only(BillingEvent.CardExpiring.class))
                .returns(card, BillingEvent.CardExpiring::paymentMethod)
                .returns(Instant.parse("2026-03-01T00:00:00Z"), BillingEvent.CardExpiring::expiresAt);
    }

    @Test
    @DisplayName("D3 Stripe's reminder of an object on a test clock counts in Stripe's time, once")
    void reminder() {
        Instant trialEnd = T.plus(DAY.multipliedBy(30));
        Subscription trial = SubscriptionStates.withStatus(ACTIVE, SubscriptionStatus.TRIALING).toBuilder()
                .trialEnd(trialEnd)
                .build();
        host.deliver(trial, T);
        host.drain();
        assertThat(told()).isEmpty();
        EventContent reminder = new EventContent.Noted(new Notice.Reminder("cus_1", "sub_1"));

        for (int i = 0; i < 2; i++) {
            host.deliver(
                    "evt_" + i, "customer.subscription.trial_will_end", reminder, trialEnd.minus(DAY.multipliedBy(3)));
            host.drain();
        }
        advanceTo(trialEnd.minus(DAY));

        assertThat(only(BillingEvent.TrialEnding.class))
                .returns(trialEnd, BillingEvent.TrialEnding::trialEnd)
                .returns(true, BillingEvent.TrialEnding::goesOn);
    }

    @Test
    @DisplayName("D3 an account that cannot be told waits some minutes, and holds up nobody")
    void failure() {
        AccountRef other = AccountRef.of("user", "43");
        host.billing.accounts().register(other, AccountProfile.empty());
        for (AccountRef account : List.of(ACCOUNT, other)) {
            host.billing
                    .grants()
                    .give(GrantRequest.ofPlan(account, BillingFixture.PRO, "root", "press")
                            .until(END));
        }
        broken.set(true);
        advanceTo(END);
        assertThat(stores.outbox().size()).as("told nothing").isZero();

        broken.set(false);
        host.drain();
        assertThat(host.afterCommit).isEmpty();
        advanceTo(END.plus(Duration.ofMinutes(5)));

        assertThat(host.afterCommit)
                .extracting(event -> event.account() + " " + event.getClass().getSimpleName())
                .containsExactlyInAnyOrder(ACCOUNT + " AccessLimited", other + " AccessLimited");
    }

    @Test
    @DisplayName("D3 nothing is told where the policy tells nothing, and once it does, what is over is no news")
    void policies() {
        host.close();
        host = host(builder -> builder.noticePolicy(NoticePolicy.NONE));
        host.deliver(ACTIVE, T);
        host.deliver(SubscriptionStates.cancelled(ACTIVE, Cancellation.now()), T.plusSeconds(60));
        AccountRef other = AccountRef.of("user", "43");
        host.billing.accounts().register(other, AccountProfile.empty());
        host.billing
                .grants()
                .give(GrantRequest.ofPlan(other, BillingFixture.PRO, "root", "press")
                        .until(T.plus(DAY.multipliedBy(6))));
        advanceTo(T.plus(DAY));
        assertThat(told()).isEmpty();
        assertThat(stores.notices().due(END.plus(DAY.multipliedBy(999)), 10)).isEmpty();

        host.close();
        host = host(builder -> builder);
        advanceTo(T.plus(DAY.multipliedBy(2)));
        assertThat(told()).isEmpty();

        host.close();
        host = host(builder ->
                builder.noticePolicy(NoticePolicy.STANDARD.with(NoticeKind.LIMIT_APPROACHING, DAY.multipliedBy(5))));
        advanceTo(T.plus(DAY.multipliedBy(2)));
        assertThat(only(BillingEvent.AccessLimitApproaching.class).account()).isEqualTo(other);
        assertThat(told()).hasSize(1);
    }

    @Test
    @DisplayName("D3 what a shell changed is looked at in time, whatever the host's policy is")
    void shell() {
        host.close();
        host = host(builder ->
                builder.noticePolicy(NoticePolicy.STANDARD.with(NoticeKind.LIMIT_APPROACHING, DAY.multipliedBy(20))));
        host.deliver(ACTIVE, T);
        host.drain();
        try (BillingFixture shell =
                new BillingFixture(stores, builder -> builder.noticePolicy(NoticePolicy.WATCHFUL))) {
            shell.deliver("evt_shell", ENDING, T.plusSeconds(60));
        }
        advanceTo(END.minus(DAY.multipliedBy(20)));

        assertThat(told()).containsExactly("AccessLimitApproaching");
    }

    @Test
    @DisplayName("D3 subscriptions that had ended before the mirror knew of them tell nothing")
    void imported() {
        host.deliver(SubscriptionStates.withStatus(ACTIVE, SubscriptionStatus.CANCELED), END);
        advanceTo(END.plus(DAY));
        assertThat(told()).isEmpty();

        advanceTo(END.plus(DAY.multipliedBy(23)));
        assertThat(told()).containsExactly("ClosureApproaching");
    }

    @Test
    @DisplayName("D3 an account that is gone is forgotten")
    void gone() {
        AccountRef gone = AccountRef.of("user", "gone");
        stores.notices().mark(List.of(new NoticeStore.Mark(gone, T, Told.NOTHING)));

        host.drain();

        assertThat(stores.notices().find(gone)).isEmpty();
        assertThat(host.billing.runDueWork()).isZero();
    }

    @Test
    @DisplayName("D3 a tick looks at a bounded number of accounts, and the next one goes on")
    void bounded() {
        for (int i = 0; i < 250; i++) {
            AccountRef account = AccountRef.of("user", "many" + i);
            host.billing.accounts().register(account, AccountProfile.empty());
            host.billing
                    .grants()
                    .give(GrantRequest.ofPlan(account, BillingFixture.PRO, "root", "press")
                            .until(END));
        }
        host.drain();
        host.clock.advance(Duration.between(T, END));
        try (Billing timer = Billing.builder(BillingFixture.catalog(), host.provider, stores)
                .clock(host.clock)
                .withoutBackgroundWork()
                .build()) {
            assertThat(timer.runDueWork()).isEqualTo(100);
            assertThat(timer.runDueWork()).isEqualTo(100);
        }
        List<String> accounts = new CopyOnWriteArrayList<>();
        host.drain();
        host.inTransaction.forEach(event -> accounts.add(event.account().id()));
        assertThat(accounts).hasSize(50);
    }
}
