package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.coupon.Reduction;
import dev.billhook.discount.ReferralRequest;
import dev.billhook.entitlement.AccessState;
import dev.billhook.event.BillingEvent;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.PurchaseException;
import dev.billhook.purchase.PurchaseRefund;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.stripe.testing.ProCatalog;
import dev.billhook.stripe.testing.SimulatedShop;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Source: Stripe, "No-cost orders": a session of mode payment that costs nothing has no payment, and none is required. */
@DisplayName("D4 C19 A lifetime plan that a code makes free")
class FreeLifetimeTest {
    private static final URI APP = URI.create("https://app.example/");

    private final SimulatedShop shop = new SimulatedShop(ProCatalog.WITH_LIFETIME, builder -> builder);

    @AfterEach
    void close() {
        shop.close();
    }

    private Purchase takeForFree() {
        shop.billing()
                .discounts()
                .createReferral(ReferralRequest.of(Reduction.percent(100)).withCode("FRIENDS"));
        Checkout page = shop.billing()
                .checkout()
                .start(CheckoutRequest.builder(ADA, PlanKey.of("lifetime"), APP, APP)
                        .promotionCode("FRIENDS")
                        .build());
        assertThat(shop.payAt(page.id())).isTrue();
        assertThat(shop.get("/v1/checkout/sessions/" + page.id()))
                .containsPattern("\"payment_status\"\\s*:\\s*\"no_payment_required\"")
                .containsPattern("\"payment_intent\"\\s*:\\s*null");
        shop.settle();
        List<Purchase> purchases = shop.billing().purchases().list(ADA);
        assertThat(purchases).hasSize(1);
        return purchases.get(0);
    }

    /** The account subscribed half a month ago; answers what it paid with. */
    private String halfAMonth() {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro", 1);
        shop.advance(Duration.ofDays(15));
        return shop.get("/v1/payment_intents?limit=1").replaceFirst("(?s).*?\"id\"\\s*:\\s*\"(pi_[^\"]+)\".*", "$1");
    }

    private AccessState access() {
        return shop.billing().entitlements().resolve(ADA).state();
    }

    @Test
    @DisplayName("D4 gives access for ever although nothing was paid, told once, and the sweep finds nothing amiss")
    void taken() {
        shop.customer(ADA);

        Purchase purchase = takeForFree();

        assertThat(purchase.valid()).isTrue();
        assertThat(purchase.payment()).isNull();
        assertThat(shop.billing().checkout().confirmReturn(ADA).orElseThrow().status())
                .isEqualTo(CheckoutStatus.COMPLETE);
        shop.advance(Duration.ofDays(400));
        assertThat(access()).isEqualTo(AccessState.ACTIVE);
        assertThat(shop.events(BillingEvent.PurchaseMade.class)).hasSize(1);
        assertThat(shop.billing()
                        .reconciler()
                        .sweep(SweepRequest.dryRun().fromTheBeginning().pause(Duration.ZERO))
                        .drifts())
                .isEmpty();
    }

    @Test
    @DisplayName("D4 has nothing to give back, and what becomes of the account's other payments does not take it away")
    void otherPayments() {
        String payment = halfAMonth();

        Purchase purchase = takeForFree();

        assertThat(shop.events(BillingEvent.SubscriptionEnded.class)).hasSize(1);
        shop.post("/v1/refunds", "payment_intent=" + payment);
        shop.settle();
        assertThat(shop.events(BillingEvent.RefundIssued.class))
                .as("the unused half of the month, and then the rest")
                .hasSize(2);
        assertThat(access()).isEqualTo(AccessState.ACTIVE);
        assertThatExceptionOfType(PurchaseException.class)
                .isThrownBy(() -> shop.billing().purchases().refund(ADA, purchase.id(), PurchaseRefund.whole()))
                .extracting(PurchaseException::reason)
                .isEqualTo(PurchaseException.Reason.NOTHING_TO_REFUND);
        assertThat(shop.billing().purchases().list(ADA)).containsExactly(purchase);
    }

    @Test
    @DisplayName("D4 a dispute about another payment of the account is told, and leaves it as it is")
    void disputed() {
        String payment = halfAMonth();
        Purchase purchase = takeForFree();

        String dispute = shop.simulator().dispute(payment);
        shop.settle();
        shop.simulator().decideDispute(dispute, false);
        shop.settle();

        assertThat(shop.events(BillingEvent.DisputeClosed.class)).hasSize(1);
        assertThat(shop.billing().purchases().list(ADA)).containsExactly(purchase);
        assertThat(access()).isEqualTo(AccessState.ACTIVE);
    }
}
