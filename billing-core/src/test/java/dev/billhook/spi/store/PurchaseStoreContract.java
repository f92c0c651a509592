package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.AsOf;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessFacts;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.Purchase.Reason;
import dev.billhook.purchase.Purchase.Revocation;
import dev.billhook.spi.store.purchase.PurchaseStore.Row;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of purchases does. */
abstract class PurchaseStoreContract extends StoreContract {
    @Test
    @DisplayName("D4 a purchase comes back as it was written, by its id and by its payment")
    void roundTrip() {
        Row paid = row("cs_1", ALICE, "pi_1", day(0), null, 1);
        Row free = row("cs_2", ALICE, null, day(1), null, 1);

        stores.purchases().write(List.of(paid, free));

        assertThat(stores.purchases().find("cs_1")).contains(paid);
        assertThat(stores.purchases().find("cs_2")).contains(free);
        assertThat(stores.purchases().find("cs_3")).isEmpty();
        assertThat(stores.purchases().findByPayment("pi_1")).contains(paid);
        assertThat(stores.purchases().findByPayment("pi_2")).isEmpty();
        assertThat(stores.purchases().list(ALICE)).containsExactly(free.purchase(), paid.purchase());
        assertThat(stores.purchases().list(BOB)).isEmpty();
    }

    @Test
    @DisplayName("D4 a purchase that is revoked takes the place of its row")
    void revoked() {
        stores.purchases().write(List.of(row("cs_1", ALICE, "pi_1", day(0), null, 1)));
        Row revoked = row("cs_1", ALICE, "pi_1", day(0), new Revocation(Reason.REFUNDED, day(5)), 2);

        stores.purchases().write(List.of(revoked));

        assertThat(stores.purchases().find("cs_1")).contains(revoked);
        assertThat(stores.purchases().list(ALICE)).containsExactly(revoked.purchase());
    }

    @Test
    @DisplayName("D2 D4 access is told of the account's purchases, together with the rest")
    void facts() {
        Row older = row("cs_1", ALICE, "pi_1", day(0), new Revocation(Reason.DISPUTED, day(1)), 2);
        Row newer = row("cs_2", ALICE, "pi_2", day(2), null, 1);
        stores.purchases().write(List.of(older, newer, row("cs_3", BOB, "pi_3", day(1), null, 1)));
        MirroredSubscription subscription = row(ALICE, "sub_1", day(1));
        insert(subscription);

        assertThat(stores.access().facts(ALICE))
                .isEqualTo(new AccessFacts(
                        List.of(subscription.subscription()), List.of(newer.purchase(), older.purchase()), List.of()));
    }

    @Test
    @DisplayName("D4 a fact that is dated as far ahead as can be is never forgotten, others are by their time")
    void lastingFacts() {
        Instant never = Instant.parse("9999-01-01T00:00:00Z");
        stores.transactor().run(() -> {
            stores.mirror().remember(Set.of("lasting"), never);
            stores.mirror().remember(Set.of("passing"), day(0));
        });

        stores.transactor().run(() -> stores.mirror().forget(day(36_500)));

        assertThat(stores.mirror().remembered(Set.of("lasting", "passing"))).containsExactly("lasting");
        assertThat(stores.transactor().inTransaction(() -> stores.mirror().remember(Set.of("lasting"), day(0))))
                .isEmpty();
    }

    @Test
    @DisplayName("D13 scopes never see each other's purchases")
    void scopes() {
        BillingStores live = stores(new ProviderScope(stores.scope().account(), true));
        stores.purchases().write(List.of(row("cs_1", ALICE, "pi_1", day(0), null, 1)));

        assertThat(live.purchases().find("cs_1")).isEmpty();
        assertThat(live.purchases().findByPayment("pi_1")).isEmpty();
        assertThat(live.purchases().list(ALICE)).isEmpty();
    }

    private static Row row(
            String id,
            AccountRef account,
            @Nullable String payment,
            Instant boughtAt,
            @Nullable Revocation revocation,
            long version) {
        Purchase purchase = new Purchase(id, account, PlanKey.of("pro-lifetime"), 2, payment, boughtAt, revocation);
        return new Row(purchase, "cus_1", AsOf.at(boughtAt), boughtAt.plusSeconds(1), version);
    }
}
