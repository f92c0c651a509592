package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.AsOf;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Plan.Limited;
import dev.billhook.catalog.Plan.Returned;
import dev.billhook.catalog.PlanKey;
import dev.billhook.offer.PlaceRules;
import dev.billhook.offer.PlaceRules.Standing;
import dev.billhook.purchase.Purchase;
import dev.billhook.spi.store.offer.OfferStore.Hold;
import dev.billhook.spi.store.purchase.PurchaseStore;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store of limited plans does. */
abstract class OfferStoreContract extends StoreContract {
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final PlanKey OTHER = PlanKey.of("other");
    private static final AccountRef CAROL = AccountRef.of("user", "carol");
    private static final Instant SOON = NOW.plusSeconds(1800);

    private Standing standing() {
        return stores.offers().standing(PRO, Returned.RESOLD, NOW);
    }

    @Test
    @DisplayName("D4 of a plan nobody wanted yet all places are free")
    void empty() {
        assertThat(standing()).isEqualTo(new Standing(0, 0, 0, null));
        assertThat(stores.offers().overdue(PRO, Returned.RESOLD, NOW)).isEmpty();
        assertThat(stores.offers().taken(PRO, Returned.RESOLD, ALICE)).isFalse();
        assertThat(stores.offers().find(PRO, ALICE)).isEmpty();
    }

    @Test
    @DisplayName("D4 an account with the plan takes one place, whatever it holds and however many units it has")
    void taken() {
        insert(row(ALICE, "sub_1", day(0)));
        insert(row(ALICE, "sub_2", day(0)));
        hold("v_1", ALICE, SOON);

        assertThat(standing()).isEqualTo(new Standing(1, 0, 0, null));
        assertThat(stores.offers().taken(PRO, Returned.RESOLD, ALICE)).isTrue();
        assertThat(stores.offers().taken(PRO, Returned.RESOLD, BOB)).isFalse();
        assertThat(stores.offers().taken(OTHER, Returned.RESOLD, ALICE)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(SubscriptionStatus.class)
    @DisplayName("D4 a place comes back when the subscription ends, unless it is kept and was paid")
    void ended(SubscriptionStatus status) {
        MirroredSubscription row = row(ALICE, "sub_1", day(0));
        Subscription state = Subscription.builder("sub_1", status, day(0))
                .items(row.subscription().items())
                .build();
        insert(new MirroredSubscription(ALICE, "cus_1", state, row.asOf(), NOW, 1));

        assertThat(stores.offers().taken(PRO, Returned.RESOLD, ALICE)).isEqualTo(!status.ended());
        assertThat(stores.offers().standing(PRO, Returned.RESOLD, NOW).taken()).isEqualTo(status.ended() ? 0 : 1);
        assertThat(stores.offers().taken(PRO, Returned.KEPT, ALICE))
                .isEqualTo(status != SubscriptionStatus.INCOMPLETE_EXPIRED);
    }

    @ParameterizedTest
    @EnumSource(Purchase.Reason.class)
    @DisplayName(
            "D4 what was bought once takes a place, until it is paid back; while a bank looks into it the place is nobody else's")
    void bought(Purchase.Reason reason) {
        buy("cs_1", null);
        buy("cs_2", null);

        assertThat(standing()).isEqualTo(new Standing(1, 0, 0, null));
        assertThat(stores.offers().taken(PRO, Returned.RESOLD, ALICE)).isTrue();
        hold("v_1", ALICE, NOW);
        assertThat(standing()).isEqualTo(new Standing(1, 0, 0, null));

        buy("cs_1", new Purchase.Revocation(reason, day(1)));
        assertThat(standing().taken()).isEqualTo(1);
        buy("cs_2", new Purchase.Revocation(reason, day(1)));

        boolean takes = reason == Purchase.Reason.DISPUTED;
        assertThat(standing()).isEqualTo(new Standing(takes ? 1 : 0, 0, takes ? 0 : 1, null));
        assertThat(stores.offers().taken(PRO, Returned.RESOLD, ALICE)).isEqualTo(takes);
        assertThat(stores.offers().taken(PRO, Returned.KEPT, ALICE)).isTrue();
        assertThat(stores.offers().standing(PRO, Returned.KEPT, NOW).taken()).isEqualTo(1);
    }

    @Test
    @DisplayName("D4 a visit holds a place until its time is over; then it must be looked at, the oldest first")
    void held() {
        hold("v_1", ALICE, SOON);
        Hold bobs = hold("v_2", BOB, NOW);
        Hold carols = hold("v_3", CAROL, NOW.minusSeconds(1));

        assertThat(standing()).isEqualTo(new Standing(0, 1, 2, SOON));
        assertThat(stores.offers().overdue(PRO, Returned.RESOLD, NOW)).contains(carols);
        assertThat(stores.offers().find(PRO, CAROL)).contains(carols);

        insert(row(CAROL, "sub_1", day(0)));

        assertThat(standing()).isEqualTo(new Standing(1, 1, 1, SOON));
        assertThat(stores.offers().overdue(PRO, Returned.RESOLD, NOW)).contains(bobs);
        assertThat(stores.offers().standing(OTHER, Returned.RESOLD, NOW)).isEqualTo(new Standing(0, 0, 0, null));
    }

    @Test
    @DisplayName("D4 an account holds one place, by the visit it began last; only that one gives it up")
    void oneHoldAnAccount() {
        hold("v_1", ALICE, NOW);
        Hold latest = hold("v_2", ALICE, SOON);
        stores.offers().release(PRO, ALICE, "v_1");
        stores.offers().release(PRO, BOB, "v_2");
        stores.offers().release(OTHER, ALICE, "v_2");

        assertThat(stores.offers().find(PRO, ALICE)).contains(latest);
        assertThat(standing()).isEqualTo(new Standing(0, 1, 0, SOON));

        stores.offers().extend(new Hold(PRO, ALICE, "v_1", NOW));
        assertThat(stores.offers().find(PRO, ALICE)).contains(latest);
        Hold longer = new Hold(PRO, ALICE, "v_2", SOON.plusSeconds(9));
        stores.offers().extend(longer);
        assertThat(stores.offers().find(PRO, ALICE)).contains(longer);

        stores.offers().release(PRO, ALICE, "v_2");
        stores.offers().extend(longer);

        assertThat(stores.offers().find(PRO, ALICE)).isEmpty();
        assertThat(standing()).isEqualTo(new Standing(0, 0, 0, null));
    }

    @Test
    @DisplayName("D13 scopes never see each other's places")
    void scopes() {
        BillingStores live = stores(new ProviderScope(stores.scope().account(), true));
        hold("v_1", ALICE, SOON);
        hold("v_2", BOB, NOW);
        insert(row(CAROL, "sub_1", day(0)));

        assertThat(live.offers().standing(PRO, Returned.RESOLD, NOW)).isEqualTo(new Standing(0, 0, 0, null));
        assertThat(live.offers().overdue(PRO, Returned.RESOLD, NOW)).isEmpty();
        assertThat(live.offers().taken(PRO, Returned.RESOLD, CAROL)).isFalse();
        assertThat(live.offers().find(PRO, ALICE)).isEmpty();
        live.offers().release(PRO, ALICE, "v_1");
        assertThat(standing()).isEqualTo(new Standing(1, 1, 1, SOON));
    }

    @Test
    @DisplayName("D4 of 64 accounts that want one of three places at once on several nodes, three get one")
    void neverTooMany() throws Exception {
        Limited limited = Limited.of(3);
        ExecutorService threads = Executors.newFixedThreadPool(12);
        List<Future<Boolean>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                BillingStores node = i % 2 == 0 ? stores : otherNode();
                AccountRef buyer = AccountRef.of("buyer", "b" + i);
                answers.add(threads.submit(() -> node.transactor().inTransaction(() -> admit(node, limited, buyer))));
            }
            int admitted = 0;
            for (Future<Boolean> answer : answers) {
                admitted += answer.get() ? 1 : 0;
            }
            assertThat(admitted).isEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
        assertThat(standing().held()).isEqualTo(3);
    }

    private static boolean admit(BillingStores node, Limited limited, AccountRef buyer) {
        node.offers().lock(PRO);
        boolean free = PlaceRules.judge(limited, node.offers().standing(PRO, limited.returned(), NOW))
                == PlaceRules.Verdict.FREE;
        if (free) {
            node.offers().hold(new Hold(PRO, buyer, "v_" + buyer.id(), SOON));
        }
        return free;
    }

    private void buy(String id, Purchase.@Nullable Revocation revocation) {
        Purchase purchase = new Purchase(id, ALICE, PRO, 1, "pi_" + id, day(0), revocation);
        stores.transactor()
                .run(() -> stores.purchases()
                        .write(List.of(new PurchaseStore.Row(purchase, "cus_alice", AsOf.at(day(0)), NOW, 1))));
    }

    private Hold hold(String visit, AccountRef account, Instant until) {
        Hold hold = new Hold(PRO, account, visit, until);
        stores.offers().hold(hold);
        return hold;
    }
}
