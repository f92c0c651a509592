package dev.billhook.internal.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.ProviderScope;
import dev.billhook.StoreException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.AccessRules;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.internal.event.EventPublisher;
import dev.billhook.internal.notice.NoticeLooks;
import dev.billhook.mirror.ApplyResult;
import dev.billhook.mirror.Basis;
import dev.billhook.mirror.MirrorChange;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.notice.NoticeRules;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.spi.store.MirrorStore;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C5 The door, where another node has written between its reading and its lock")
class DefaultMirrorWriterTest {
    private static final Instant NOW = SubscriptionStates.START;
    private static final AccountRef ALICE = AccountRef.of("user", "alice");

    private final InMemoryStores stores = InMemoryStores.create(ProviderScope.test());
    private final List<BillingEvent> told = new ArrayList<>();
    private final DefaultMirrorWriter door = new DefaultMirrorWriter(
            stores,
            new EventPublisher(
                    stores,
                    List.of(BillingListener.named("recorder", ListenerPhase.IN_TRANSACTION, told::add)),
                    () -> NOW,
                    () -> {}),
            () -> NOW,
            () -> {},
            plan -> true,
            accounts -> {},
            this::noLooks);

    private NoticeLooks noLooks() {
        AccessRules access = new AccessRules(BillingFixture.catalog(), AccessPolicy.STANDARD);
        NoticeRules rules = new NoticeRules(access, BillingFixture.catalog(), NoticePolicy.NONE);
        return new NoticeLooks(rules, NoticePolicy.NONE, stores.notices(), () -> NOW);
    }

    @BeforeEach
    void register() {
        stores.accounts().insertIfAbsent(BillingAccount.registered(ALICE, AccountProfile.empty(), NOW));
    }

    private static List<MirrorChange> changes(String subscription, int afterSeconds) {
        return List.of(new MirrorChange.State(
                SubscriptionStates.snapshot(SubscriptionStates.active(subscription, "pro-monthly", 1), "cus_1", ALICE),
                new Basis.Event(NOW.plusSeconds(afterSeconds))));
    }

    private List<ApplyResult> applyOn(MirrorStore.Rows readBefore, List<MirrorChange> changes) {
        return stores.transactor().inTransaction(() -> door.applyAll(changes, readBefore));
    }

    @Test
    @DisplayName("a subscription that was new when it was read and is not any more is not written over:"
            + " the call fails, and is tried again")
    void appearedMeanwhile() {
        door.applyAll(changes("sub_1", 0));
        List<BillingEvent> once = List.copyOf(told);

        assertThatThrownBy(() -> applyOn(MirrorStore.Rows.NONE, changes("sub_1", 5)))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.retryable()).isTrue());

        assertThat(told).isEqualTo(once);
        assertThat(stores.subscriptions().find("sub_1").orElseThrow().version()).isEqualTo(1);
        assertThat(door.applyAll(changes("sub_1", 5))).containsExactly(ApplyResult.UNCHANGED);
    }

    @Test
    @DisplayName("a customer that was linked meanwhile is the account's")
    void linkedMeanwhile() {
        MirrorStore.Rows before =
                stores.transactor().inTransaction(() -> stores.mirror().lock(Set.of("cus_1"), Set.of("sub_2")));
        door.applyAll(changes("sub_1", 0));

        assertThat(applyOn(before, changes("sub_2", 0))).containsExactly(ApplyResult.APPLIED);

        assertThat(stores.subscriptions().list(ALICE)).hasSize(2);
        assertThat(told)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("SubscriptionActivated", "SubscriptionActivated", "DuplicateSubscriptionDetected");
    }
}
