package dev.billhook.stripe;

import static dev.billhook.stripe.testing.MirroredShop.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.BillingBuilder;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.entitlement.AccessState;
import dev.billhook.event.BillingEvent;
import dev.billhook.purchase.Purchase;
import dev.billhook.purchase.PurchasePolicy;
import dev.billhook.purchase.PurchasePolicy.Disputes;
import dev.billhook.stripe.testing.MirroredShop;
import dev.billhook.stripe.testing.Plans;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D4 What a lifetime purchase does to subscriptions, and a dispute to it, by policy")
class LifetimeRulesTest {
    private static final PlanKey LIFETIME = PlanKey.of("lifetime");
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final Plan HIGHER = new Plan(
            PlanKey.of("max-monthly"),
            new Product("max", "Max", "For the largest shows", 30, Set.of(), Map.of()),
            BillingInterval.MONTHLY,
            new Pricing.Flat(Map.of(Plans.USD, 9900L)),
            null,
            UnitTerms.SINGLE);

    private static MirroredShop shop(UnaryOperator<BillingBuilder> more) {
        MirroredShop shop = new MirroredShop(webhook -> webhook, more, HIGHER);
        shop.register(ADA);
        return shop;
    }

    private static void buy(MirroredShop shop, PlanKey plan) {
        shop.pay(shop.visit(ADA, plan).id());
    }

    private static Purchase bought(MirroredShop shop) {
        assertThat(shop.billing().purchases().list(ADA)).hasSize(1);
        return shop.billing().purchases().list(ADA).get(0);
    }

    private static AccessState access(MirroredShop shop) {
        return shop.billing().entitlements().resolve(ADA).state();
    }

    @Test
    @DisplayName("D4 with REVOKE_WHEN_LOST a dispute takes nothing while it is open, and the access once it is lost")
    void revokedWhenLost() {
        PurchasePolicy policy = PurchasePolicy.STANDARD.withDisputes(Disputes.REVOKE_WHEN_LOST);
        try (MirroredShop shop = shop(builder -> builder.purchasePolicy(policy))) {
            buy(shop, LIFETIME);

            String dispute = shop.simulator().dispute(bought(shop).payment());
            shop.settle();
            assertThat(bought(shop).valid()).isTrue();
            assertThat(access(shop)).isEqualTo(AccessState.ACTIVE);

            shop.simulator().decideDispute(dispute, false);
            shop.settle();
            assertThat(bought(shop).revocation().reason()).isEqualTo(Purchase.Reason.DISPUTED);
            assertThat(access(shop)).isEqualTo(AccessState.READ_ONLY);
            assertThat(shop.kinds(ADA)).containsEntry("PurchaseRevoked", 1L).doesNotContainKey("PurchaseRestored");
        }
    }

    @Test
    @DisplayName("D4 a subscription to a higher tier goes on beside the purchase, and nothing is paid back")
    void higherTierKept() {
        try (MirroredShop shop = shop(builder -> builder)) {
            buy(shop, HIGHER.key());
            shop.advance(Duration.ofDays(10));

            buy(shop, LIFETIME);

            assertThat(bought(shop).valid()).isTrue();
            assertThat(shop.billing().subscriptions().find(ADA))
                    .get()
                    .extracting(Subscription::status)
                    .isEqualTo(SubscriptionStatus.ACTIVE);
            assertThat(shop.get("/v1/refunds").path("data")).isEmpty();
            assertThat(shop.kinds(ADA)).doesNotContainKey("SubscriptionEnded");
        }
    }

    @Test
    @DisplayName("D4 a purchase that is told again after a crash ends the former subscription once, and pays back once")
    void endedOnce() {
        try (MirroredShop shop = shop(builder -> builder)) {
            buy(shop, PRO);
            shop.advance(Duration.ofDays(15));
            buy(shop, LIFETIME);
            assertThat(shop.kinds(ADA)).containsEntry("SubscriptionEnded", 1L);
            int refunds = shop.get("/v1/refunds").path("data").size();
            assertThat(refunds).isPositive();

            shop.deliverAgain(BillingEvent.PurchaseMade.class, "billhook");

            assertThat(shop.get("/v1/refunds").path("data")).hasSize(refunds);
            assertThat(shop.billing().subscriptions().list(ADA))
                    .singleElement()
                    .extracting(Subscription::status)
                    .isEqualTo(SubscriptionStatus.CANCELED);
            assertThat(shop.kinds(ADA)).containsEntry("SubscriptionEnded", 1L).containsEntry("PurchaseMade", 1L);
        }
    }
}
