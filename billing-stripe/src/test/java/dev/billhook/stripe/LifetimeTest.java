package dev.billhook.stripe;

import static dev.billhook.stripe.testing.MirroredShop.ADA;
import static dev.billhook.stripe.testing.MirroredShop.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.NotFoundException;
import dev.billhook.RequestKey;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.credit.Refund;
import dev.billhook.entitlement.AccessReason;
import dev.billhook.entitlement.AccessState;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.money.Money;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.PurchaseException;
import dev.billhook.purchase.PurchaseRefund;
import dev.billhook.stripe.testing.MirroredShop;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D4 B6 Plans that are bought once, against a Stripe that remembers")
class LifetimeTest {
    private static final PlanKey LIFETIME = PlanKey.of("lifetime");
    private static final PlanKey PRO = PlanKey.of("pro-monthly");

    @AutoClose
    private final MirroredShop shop = MirroredShop.of(ADA);

    private Checkout start(PlanKey plan) {
        return shop.visit(ADA, plan);
    }

    private Purchase buy() {
        shop.pay(start(LIFETIME).id());
        return bought();
    }

    private Purchase bought() {
        List<Purchase> purchases = shop.billing().purchases().list(ADA);
        assertThat(purchases).hasSize(1);
        return purchases.get(0);
    }

    private Entitlements access() {
        return shop.billing().entitlements().resolve(ADA);
    }

    @Test
    @DisplayName("B6 D4 the page takes one payment, and once it is made the plan's access is there for ever")
    void boughtOnce() {
        Checkout page = start(LIFETIME);
        JsonNode session = shop.get("/v1/checkout/sessions/" + page.id());
        assertThat(session.path("mode").textValue()).isEqualTo("payment");
        assertThat(session.path("amount_total").longValue()).isEqualTo(29900);
        assertThat(session.at("/metadata/billhook_plan").textValue()).isEqualTo("lifetime");
        assertThat(access().state()).isEqualTo(AccessState.NONE);

        shop.pay(page.id());

        Purchase purchase = bought();
        assertThat(purchase.id()).isEqualTo(page.id());
        assertThat(purchase.plan()).isEqualTo(LIFETIME);
        assertThat(purchase.units()).isEqualTo(1);
        assertThat(purchase.valid()).isTrue();
        assertThat(shop.billing().purchases().find(ADA, page.id())).contains(purchase);
        assertThat(shop.billing().purchases().find(BOB, page.id())).isEmpty();
        assertThat(shop.kinds(ADA)).containsEntry("PurchaseMade", 1L);
        shop.advance(Duration.ofDays(800));
        assertThat(access().state()).isEqualTo(AccessState.ACTIVE);
        assertThat(access().reason()).isEqualTo(AccessReason.PURCHASED);
        assertThat(access().validUntil()).isNull();
    }

    @Test
    @DisplayName("B7 the browser comes back before, while and after the webhook comes: one purchase, told once")
    void returns() throws Exception {
        Checkout page = start(LIFETIME);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<CheckoutStatus> back = () ->
                    shop.billing().checkout().confirmReturn(ADA).orElseThrow().status();
            Future<?> paid = threads.submit(() -> shop.pay(page.id()));
            while (!paid.isDone()) {
                for (Future<CheckoutStatus> each : threads.invokeAll(List.of(back, back, back))) {
                    if (each.get() == CheckoutStatus.COMPLETE) {
                        assertThat(access().state()).isEqualTo(AccessState.ACTIVE);
                    }
                }
            }
            paid.get();
            assertThat(back.call()).isEqualTo(CheckoutStatus.COMPLETE);
        } finally {
            threads.shutdownNow();
        }
        assertThat(bought().valid()).isTrue();
        assertThat(shop.kinds(ADA)).containsEntry("PurchaseMade", 1L);
    }

    @Test
    @DisplayName("D4 who owns the tier is sent to pay for it neither again nor by the month")
    void ownedAlready() {
        buy();

        for (PlanKey plan : List.of(LIFETIME, PRO)) {
            assertThatExceptionOfType(PurchaseException.class)
                    .isThrownBy(() -> start(plan))
                    .withMessageContaining("owns plan 'lifetime'")
                    .extracting(PurchaseException::reason)
                    .isEqualTo(PurchaseException.Reason.OWNED_ALREADY);
        }
    }

    @Test
    @DisplayName("D4 partial refunds change nothing until they add up to all; who was paid back may buy again")
    void refunds() {
        Purchase purchase = buy();
        RequestKey key = new RequestKey("refund-1");
        PurchaseRefund part = PurchaseRefund.amount(Money.of(10000, "usd"));

        Refund.Part first = shop.billing().purchases().refund(ADA, purchase.id(), part, key);
        assertThat(first.amount()).isEqualTo(Money.of(10000, "usd"));
        assertThat(shop.billing().purchases().refund(ADA, purchase.id(), part, key))
                .isEqualTo(first);
        shop.settle();
        assertThat(bought().valid()).isTrue();

        shop.post("/v1/refunds", "payment_intent=" + purchase.payment(), "amount=9900");
        assertThat(bought().valid()).isTrue();
        assertThat(access().state()).isEqualTo(AccessState.ACTIVE);

        Refund.Part rest = shop.billing().purchases().refund(ADA, purchase.id(), PurchaseRefund.whole());
        assertThat(rest.amount()).isEqualTo(Money.of(10000, "usd"));
        assertThat(bought().revocation().reason()).isEqualTo(Purchase.Reason.REFUNDED);
        assertThat(access().state()).isEqualTo(AccessState.READ_ONLY);
        assertThat(access().reason()).isEqualTo(AccessReason.REVOKED);
        shop.settle();
        assertThat(shop.kinds(ADA)).containsEntry("PurchaseRevoked", 1L).containsEntry("RefundIssued", 3L);
        assertThatExceptionOfType(PurchaseException.class)
                .isThrownBy(() -> shop.billing().purchases().refund(ADA, purchase.id(), PurchaseRefund.whole()))
                .extracting(PurchaseException::reason)
                .isEqualTo(PurchaseException.Reason.NOTHING_TO_REFUND);
        assertThat(start(LIFETIME).status()).isEqualTo(CheckoutStatus.OPEN);
    }

    @Test
    @DisplayName("D4 nobody gives back more than was paid, or another account's purchase")
    void refusedRefunds() {
        Purchase purchase = buy();

        assertThatExceptionOfType(PurchaseException.class)
                .isThrownBy(() -> shop.billing()
                        .purchases()
                        .refund(ADA, purchase.id(), PurchaseRefund.amount(Money.of(29901, "usd"))))
                .extracting(PurchaseException::reason)
                .isEqualTo(PurchaseException.Reason.AMOUNT);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> shop.billing().purchases().refund(BOB, purchase.id(), PurchaseRefund.whole()));
        assertThat(bought().valid()).isTrue();
    }

    @Test
    @DisplayName("D4 a refund that fails in the end gives the access again")
    void failedRefund() {
        shop.leaveCard(start(LIFETIME).id(), "4000000000005126");
        shop.settle();

        shop.billing().purchases().refund(ADA, bought().id(), PurchaseRefund.whole());
        assertThat(bought().valid()).isFalse();
        shop.advance(Duration.ofDays(10));

        assertThat(bought().valid()).isTrue();
        assertThat(shop.kinds(ADA)).containsEntry("PurchaseRevoked", 1L).containsEntry("PurchaseRestored", 1L);
    }

    @Test
    @DisplayName("D4 a dispute takes the access while the bank looks into it; won it comes back, lost it stays away")
    void disputes() {
        Purchase purchase = buy();

        String dispute = shop.simulator().dispute(purchase.payment());
        shop.settle();
        assertThat(bought().revocation().reason()).isEqualTo(Purchase.Reason.DISPUTED);
        assertThat(access().state()).isEqualTo(AccessState.READ_ONLY);

        shop.simulator().decideDispute(dispute, true);
        shop.settle();
        assertThat(bought().valid()).isTrue();
        assertThat(access().state()).isEqualTo(AccessState.ACTIVE);
        assertThat(shop.kinds(ADA)).containsAllEntriesOf(Map.of("PurchaseRevoked", 1L, "PurchaseRestored", 1L));
    }

    @Test
    @DisplayName("D4 a dispute that is lost takes the access away for good")
    void lostDispute() {
        Purchase purchase = buy();

        String dispute = shop.simulator().dispute(purchase.payment());
        shop.settle();
        shop.simulator().decideDispute(dispute, false);
        shop.settle();

        assertThat(bought().revocation().reason()).isEqualTo(Purchase.Reason.DISPUTED);
        assertThat(shop.kinds(ADA)).containsEntry("PurchaseRevoked", 1L).doesNotContainKey("PurchaseRestored");
    }

    @Test
    @DisplayName(
            "D4 a subscriber who buys the plan for life keeps his access, and gets the unused time back where it came from")
    void replacesSubscription() {
        shop.pay(start(PRO).id());
        Subscription before = shop.billing().subscriptions().find(ADA).orElseThrow();
        shop.advance(Duration.ofDays(15));

        buy();

        Subscription after = shop.billing().subscriptions().list(ADA).get(0);
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(access().state()).isEqualTo(AccessState.ACTIVE);
        long back = 0;
        for (JsonNode refund : shop.get("/v1/refunds").path("data")) {
            back += refund.path("amount").longValue();
        }
        assertThat(back).isBetween(1400L, 1600L);
        assertThat(shop.kinds(ADA)).containsEntry("SubscriptionEnded", 1L);
    }

    @Test
    @DisplayName("D4 what the page was not opened for gives nothing, and is told")
    void otherPlan() {
        String session = shop.stickerPage(shop.customer(BOB));
        shop.pay(session);

        assertThat(shop.billing().purchases().list(BOB)).isEmpty();
        assertThat(shop.told())
                .anyMatch(event -> event.contains("PurchaseMismatched[")
                        && event.contains(session)
                        && event.contains("OTHER_PLAN"));
    }

    @Test
    @DisplayName(
            "D4 a page the host opened by itself sells the plan too, by its reference; what is none of the catalog's is let be")
    void hostsOwnPage() {
        String customer = shop.customer(BOB);
        for (String price : List.of(shop.priceOf("lifetime"), sticker())) {
            shop.pay(shop.post(
                            "/v1/checkout/sessions",
                            "mode=payment",
                            "customer=" + customer,
                            "client_reference_id=" + BOB,
                            "success_url=https://shop.example/back",
                            "line_items[0][price]=" + price,
                            "line_items[0][quantity]=1")
                    .path("id")
                    .textValue());
        }

        assertThat(shop.billing().purchases().list(BOB))
                .extracting(Purchase::plan)
                .containsExactly(LIFETIME);
        assertThat(shop.kinds(BOB)).containsEntry("PurchaseMade", 1L).doesNotContainKey("PurchaseMismatched");
    }

    private String sticker() {
        return shop.post("/v1/prices", "currency=usd", "unit_amount=300", "product_data[name]=Sticker")
                .path("id")
                .textValue();
    }
}
