package dev.billhook.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.ProviderScope;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout.Kind;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.spi.store.CheckoutStore.Page;
import dev.billhook.spi.store.CheckoutStore.Visit;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every checkout store does. */
abstract class CheckoutStoreContract extends StoreContract {
    @Test
    @DisplayName("B6 A visit comes back as it was written, by its id and by the session of its page")
    void roundTrip() {
        Visit claimed = visit("v_1", ALICE, NOW);
        Visit card = new Visit("v_2", Kind.CARD_UPDATE, ALICE, null, 0, "offer-2", CheckoutStatus.OPEN, null, NOW);

        stores.checkouts().save(claimed);
        stores.checkouts().save(card);

        assertThat(stores.checkouts().find("v_1")).contains(claimed);
        assertThat(stores.checkouts().find("v_2")).contains(card);
        assertThat(stores.checkouts().find("v_3")).isEmpty();
        assertThat(stores.checkouts().findBySession("cs_v_1")).isEmpty();

        Visit opened = opened(claimed);
        stores.checkouts().save(opened);

        assertThat(stores.checkouts().find("v_1")).contains(opened);
        assertThat(stores.checkouts().findBySession("cs_v_1")).contains(opened);
    }

    @Test
    @DisplayName("Saving a visit again replaces it; also without a change")
    void replace() {
        Visit open = opened(visit("v_1", ALICE, NOW));
        stores.checkouts().save(open);
        stores.checkouts().save(open);

        stores.checkouts().save(open.withStatus(CheckoutStatus.COMPLETE));

        assertThat(stores.checkouts().find("v_1")).contains(open.withStatus(CheckoutStatus.COMPLETE));
    }

    @Test
    @DisplayName("B9 The account's newest visits of a kind are found, not those of others")
    void newest() {
        stores.checkouts().save(visit("v_2", ALICE, NOW));
        stores.checkouts().save(visit("v_1", ALICE, NOW.plusSeconds(1)));
        stores.checkouts().save(visit("v_3", ALICE, NOW.minusSeconds(1)));
        stores.checkouts().save(visit("v_4", BOB, NOW.plusSeconds(9)));

        assertThat(stores.checkouts().newest(ALICE, Kind.PLAN, 2))
                .extracting(Visit::id)
                .containsExactly("v_1", "v_2");
        assertThat(stores.checkouts().newest(ALICE, Kind.CARD_UPDATE, 2)).isEmpty();
        assertThat(stores.checkouts().newest(AccountRef.of("user", "nobody"), Kind.PLAN, 2))
                .isEmpty();
    }

    @Test
    @DisplayName("D13 Scopes never see each other's visits")
    void scopes() {
        BillingStores live = stores(new ProviderScope(stores.scope().account(), true));
        Visit visit = opened(visit("v_1", ALICE, NOW));
        stores.checkouts().save(visit);

        assertThat(live.checkouts().find("v_1")).isEmpty();
        assertThat(live.checkouts().findBySession("cs_v_1")).isEmpty();
        assertThat(live.checkouts().newest(ALICE, Kind.PLAN, 9)).isEmpty();
        live.checkouts().save(visit.withStatus(CheckoutStatus.EXPIRED));

        assertThat(stores.checkouts().find("v_1")).contains(visit);
    }

    private static Visit visit(String id, AccountRef account, Instant createdAt) {
        return new Visit(
                id, Kind.PLAN, account, PlanKey.of("pro-monthly"), 7, "offer-1", CheckoutStatus.OPEN, null, createdAt);
    }

    private static Visit opened(Visit visit) {
        URI url = URI.create("https://pay.example.org/c/" + visit.id() + "#" + "x".repeat(1500));
        return visit.opened(
                new Page("cs_" + visit.id(), url, visit.createdAt().plusSeconds(86400)), CheckoutStatus.OPEN);
    }
}
