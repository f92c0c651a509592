package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static dev.billhook.stripe.testing.SimulatedShop.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.Billing;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.event.BillingEvent;
import dev.billhook.offer.Offer;
import dev.billhook.offer.SoldOutException;
import dev.billhook.stripe.testing.SimulatedShop;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D4 a lifetime deal limited to so many accounts")
class LimitedLifetimeTest {
    private static final PlanKey LIFETIME = PlanKey.of("lifetime");
    private static final URI APP = URI.create("https://app.example/");
    private static final String CATALOG = """
            products: {pro: {name: Pro, tier: 20}}
            plans:
              pro: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
              lifetime: {product: pro, interval: once, pricing: {one_time: {usd: 299}}, limited: {places: 1}}
            """;

    @AutoClose
    private final SimulatedShop shop = new SimulatedShop(CATALOG, builder -> builder);

    private Checkout open(AccountRef account) {
        shop.billing().accounts().register(account, AccountProfile.ofEmail(account.id() + "@example.com"));
        return shop.billing().checkout().start(CheckoutRequest.of(account, LIFETIME, APP, APP));
    }

    private Offer offer() {
        return shop.billing().offers().find(LIFETIME).orElseThrow();
    }

    @Test
    @DisplayName("D4 is held in Checkout, taken with the payment, and free again when it is paid back in full")
    void boughtAndPaidBack() {
        Checkout page = open(ADA);
        assertThat(offer()).isEqualTo(new Offer(LIFETIME, 1, 0, 1));
        assertThat(page.expiresAt()).isEqualTo(page.createdAt().plus(Duration.ofMinutes(32)));
        assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> open(BOB));

        assertThat(shop.payAt(page.id())).isTrue();
        shop.settle();

        assertThat(offer()).isEqualTo(new Offer(LIFETIME, 1, 1, 0));
        assertThatExceptionOfType(SoldOutException.class)
                .isThrownBy(() -> open(BOB))
                .satisfies(refusal -> assertThat(refusal.freeAt()).isEmpty());

        payBack(50_00);
        assertThat(offer().taken()).isEqualTo(1);
        payBack(249_00);

        assertThat(offer()).isEqualTo(new Offer(LIFETIME, 1, 0, 0));
        try (Billing strict = shop.serverOf(CATALOG.replace("places: 1", "places: 1, returned: kept"))) {
            assertThat(strict.offers().find(LIFETIME)).contains(new Offer(LIFETIME, 1, 1, 0));
        }
        shop.payAt(open(BOB).id());
        shop.settle();
        assertThat(offer()).isEqualTo(new Offer(LIFETIME, 1, 1, 0));
        assertThat(shop.events(BillingEvent.OfferOversold.class)).isEmpty();
    }

    @Test
    @DisplayName("D4 of which nobody heard that it was paid is found before its place is sold again")
    void paidUnheard() {
        shop.payAt(open(ADA).id());
        shop.simulator().advance(Duration.ofHours(1));

        assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> open(BOB));

        assertThat(offer()).isEqualTo(new Offer(LIFETIME, 1, 1, 0));
    }

    private void payBack(long amount) {
        String payment = shop.events(BillingEvent.PurchaseMade.class).stream()
                .flatMap(made -> shop.stores().purchases().find(made.purchaseId()).stream())
                .map(row -> row.purchase().payment())
                .findFirst()
                .orElseThrow();
        shop.post("/v1/refunds", "payment_intent=" + payment + "&amount=" + amount);
        shop.settle();
    }
}
