package dev.billhook.stripe;

import static dev.billhook.stripe.testing.MirroredShop.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.entitlement.AccessState;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.PurchaseException;
import dev.billhook.stripe.testing.MirroredShop;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D4 B6 Plans that are bought once and paid by a bank that answers days later")
class DelayedPurchaseTest {
    private static final PlanKey LIFETIME = PlanKey.of("lifetime");
    private static final String PAYS = "000123456789";
    private static final String INSUFFICIENT_FUNDS = "000222222227";
    private static final Duration ANSWER = Duration.ofDays(5);

    @AutoClose
    private final MirroredShop shop = MirroredShop.of(ADA);

    private Checkout start() {
        return shop.visit(ADA, LIFETIME);
    }

    private CheckoutStatus back() {
        return shop.billing().checkout().confirmReturn(ADA).orElseThrow().status();
    }

    private AccessState access() {
        return shop.billing().entitlements().resolve(ADA).state();
    }

    private void assertNothingGiven() {
        assertThat(access()).isEqualTo(AccessState.NONE);
        assertThat(shop.billing().purchases().list(ADA)).isEmpty();
        assertThat(shop.kinds(ADA)).doesNotContainKey("PurchaseMade");
    }

    @Test
    @DisplayName(
            "D4 B7 while the money is on its way the visit is pending, nothing is given, and no second page is opened")
    void pending() {
        String page = start().id();

        shop.payLater(page, PAYS);

        assertThat(shop.get("/v1/checkout/sessions/" + page).path("status").textValue())
                .isEqualTo("complete");
        assertThat(back()).isEqualTo(CheckoutStatus.PENDING);
        assertNothingGiven();
        assertThat(shop.kinds(ADA)).doesNotContainKey("PurchaseFailed");
        assertThatExceptionOfType(PurchaseException.class)
                .isThrownBy(this::start)
                .extracting(PurchaseException::reason)
                .isEqualTo(PurchaseException.Reason.PAYMENT_PENDING);
    }

    @Test
    @DisplayName("D4 once the money came there is one purchase, told once, and its access")
    void succeeded() {
        String page = start().id();
        shop.payLater(page, PAYS);
        assertThat(back()).isEqualTo(CheckoutStatus.PENDING);

        shop.advance(ANSWER);

        assertThat(back()).isEqualTo(CheckoutStatus.COMPLETE);
        assertThat(shop.billing().purchases().list(ADA))
                .singleElement()
                .matches(Purchase::valid)
                .extracting(Purchase::id)
                .isEqualTo(page);
        assertThat(access()).isEqualTo(AccessState.ACTIVE);
        assertThat(shop.kinds(ADA)).containsEntry("PurchaseMade", 1L).doesNotContainKey("PurchaseFailed");
    }

    @Test
    @DisplayName("D4 if the money does not come nothing is given, that is told once, and the plan can be bought again")
    void failed() {
        String page = start().id();
        shop.payLater(page, INSUFFICIENT_FUNDS);
        assertThat(back()).isEqualTo(CheckoutStatus.PENDING);

        shop.advance(ANSWER);

        assertNothingGiven();
        assertThat(shop.kinds(ADA)).containsEntry("PurchaseFailed", 1L);
        Checkout again = start();
        assertThat(again.id()).isNotEqualTo(page);
        shop.payLater(again.id(), PAYS);
        shop.advance(ANSWER);
        assertThat(access()).isEqualTo(AccessState.ACTIVE);
    }
}
