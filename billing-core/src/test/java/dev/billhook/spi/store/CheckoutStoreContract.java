package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.ProviderScope;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutStatus;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every checkout store does. */
abstract class CheckoutStoreContract extends StoreContract {
    @Test
    @DisplayName("B6 A visit comes back as it was written")
    void roundTrip() {
        Checkout written = checkout("cs_1", ALICE, NOW);

        stores.checkouts().save(written);

        assertThat(stores.checkouts().find("cs_1")).contains(written);
        assertThat(stores.checkouts().find("cs_2")).isEmpty();
    }

    @Test
    @DisplayName("Saving a visit again replaces it; also without a change")
    void replace() {
        Checkout open = checkout("cs_1", ALICE, NOW);
        stores.checkouts().save(open);
        stores.checkouts().save(open);

        stores.checkouts().save(open.withStatus(CheckoutStatus.COMPLETE));

        assertThat(stores.checkouts().find("cs_1")).contains(open.withStatus(CheckoutStatus.COMPLETE));
    }

    @Test
    @DisplayName("B9 The account's newest visit is found, not that of others")
    void findLatest() {
        stores.checkouts().save(checkout("cs_2", ALICE, NOW));
        stores.checkouts().save(checkout("cs_1", ALICE, NOW.plusSeconds(1)));
        stores.checkouts().save(checkout("cs_3", ALICE, NOW.minusSeconds(1)));
        stores.checkouts().save(checkout("cs_4", BOB, NOW.plusSeconds(9)));

        assertThat(stores.checkouts().findLatest(ALICE))
                .get()
                .extracting(Checkout::id)
                .isEqualTo("cs_1");
        assertThat(stores.checkouts().findLatest(AccountRef.of("user", "nobody")))
                .isEmpty();
    }

    @Test
    @DisplayName("D13 Scopes never see each other's visits")
    void scopes() {
        BillingStores live = stores(new ProviderScope(stores.scope().account(), true));
        Checkout visit = checkout("cs_1", ALICE, NOW);
        stores.checkouts().save(visit);

        assertThat(live.checkouts().find("cs_1")).isEmpty();
        assertThat(live.checkouts().findLatest(ALICE)).isEmpty();
        live.checkouts().save(visit.withStatus(CheckoutStatus.EXPIRED));

        assertThat(stores.checkouts().find("cs_1")).contains(visit);
    }

    private static Checkout checkout(String id, AccountRef account, Instant createdAt) {
        return new Checkout(
                id,
                account,
                PlanKey.of("pro-monthly"),
                7,
                CheckoutStatus.OPEN,
                URI.create("https://pay.example.org/c/" + id + "#" + "x".repeat(1500)),
                createdAt,
                createdAt.plusSeconds(86400));
    }
}
