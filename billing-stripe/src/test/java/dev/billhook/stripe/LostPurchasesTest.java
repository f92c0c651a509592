package dev.billhook.stripe;

import static dev.billhook.stripe.testing.MirroredShop.ADA;
import static dev.billhook.stripe.testing.MirroredShop.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessState;
import dev.billhook.purchase.Purchase;
import dev.billhook.reconcile.Drift;
import dev.billhook.reconcile.DriftReport;
import dev.billhook.reconcile.SweepProgress;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.stripe.testing.MirroredShop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C5 D4 Purchases whose webhooks never came are found by the sweep")
class LostPurchasesTest {
    private static final SweepRequest LOOK =
            SweepRequest.dryRun().fromTheBeginning().pause(Duration.ZERO);
    private static final SweepRequest REPAIR = SweepRequest.repairing().pause(Duration.ZERO);

    @AutoClose
    private final MirroredShop shop = MirroredShop.of(ADA, BOB);

    private String page(AccountRef account, String plan) {
        return shop.visit(account, PlanKey.of(plan)).id();
    }

    /** From now on no webhook comes. */
    private void goDeaf() {
        shop.get("/v1/webhook_endpoints")
                .path("data")
                .forEach(endpoint -> shop.delete(
                        "/v1/webhook_endpoints/" + endpoint.path("id").textValue()));
    }

    private DriftReport sweep(SweepRequest request) {
        return shop.billing().reconciler().sweep(request);
    }

    private AccessState access(AccountRef account) {
        return shop.billing().entitlements().resolve(account).state();
    }

    private Purchase bought(AccountRef account) {
        List<Purchase> purchases = shop.billing().purchases().list(account);
        assertThat(purchases).hasSize(1);
        return purchases.get(0);
    }

    @Test
    @DisplayName(
            "C5 D4 a paid page nobody told of is MISSING_HERE; looking changes nothing, repairing makes the purchase once")
    void missed() {
        String session = page(ADA, "lifetime");
        page(BOB, "lifetime");
        goDeaf();
        shop.pay(session);

        DriftReport seen = sweep(LOOK);
        assertThat(seen.drifts())
                .extracting(Drift::kind, Drift::objectId, Drift::account, Drift::repaired)
                .containsExactly(tuple(Drift.Kind.MISSING_HERE, session, ADA, false));
        assertThat(shop.billing().purchases().list(ADA)).isEmpty();
        assertThat(access(ADA)).isEqualTo(AccessState.NONE);

        DriftReport repaired = sweep(REPAIR);
        assertThat(repaired.clean()).isTrue();
        assertThat(repaired.counts().purchases()).isEqualTo(1);
        assertThat(bought(ADA).id()).isEqualTo(session);
        assertThat(access(ADA)).isEqualTo(AccessState.ACTIVE);
        assertThat(access(BOB)).isEqualTo(AccessState.NONE);
        shop.settle();
        assertThat(sweep(REPAIR).drifts()).isEmpty();
        assertThat(shop.kinds(ADA)).containsEntry("PurchaseMade", 1L);
    }

    @Test
    @DisplayName(
            "C5 D4 one that was paid back or disputed unheard is DIFFERENT, and is revoked as if the webhook had come")
    void revokedUnheard() {
        shop.pay(page(ADA, "lifetime"));
        shop.pay(page(BOB, "lifetime"));
        assertThat(sweep(LOOK).drifts()).isEmpty();
        goDeaf();
        shop.post("/v1/refunds", "payment_intent=" + bought(ADA).payment());
        shop.simulator().dispute(bought(BOB).payment());
        assertThat(access(ADA)).isEqualTo(AccessState.ACTIVE);

        DriftReport report = sweep(REPAIR);

        assertThat(report.drifts())
                .extracting(Drift::kind, Drift::account, Drift::repaired)
                .containsExactlyInAnyOrder(
                        tuple(Drift.Kind.DIFFERENT, ADA, true), tuple(Drift.Kind.DIFFERENT, BOB, true));
        assertThat(report.drifts())
                .allSatisfy(drift ->
                        assertThat(drift.fields()).extracting(Drift.Field::name).containsExactly("revocation"));
        assertThat(bought(ADA).revocation().reason()).isEqualTo(Purchase.Reason.REFUNDED);
        assertThat(bought(BOB).revocation().reason()).isEqualTo(Purchase.Reason.DISPUTED);
        assertThat(access(ADA)).isEqualTo(AccessState.READ_ONLY);
        shop.advance(Duration.ofDays(1));
        assertThat(sweep(LOOK).drifts()).isEmpty();
    }

    @Test
    @DisplayName(
            "C5 D4 a paid page that does not fit and nobody told of is MISSING_HERE until it was told, which is done once")
    void mismatchMissed() {
        String session = shop.stickerPage(shop.customer(ADA));
        goDeaf();
        shop.pay(session);

        DriftReport seen = sweep(LOOK);
        assertThat(seen.drifts()).singleElement().satisfies(drift -> {
            assertThat(drift.kind()).isEqualTo(Drift.Kind.MISSING_HERE);
            assertThat(drift.objectId()).isEqualTo(session);
            assertThat(drift.account()).isEqualTo(ADA);
            assertThat(drift.fields()).containsExactly(new Drift.Field("mismatch", "untold", "OTHER_PLAN"));
        });
        assertThat(shop.kinds(ADA)).doesNotContainKey("PurchaseMismatched");

        assertThat(sweep(REPAIR).drifts()).extracting(Drift::repaired).containsExactly(true);
        assertThat(shop.kinds(ADA)).containsEntry("PurchaseMismatched", 1L);
        shop.billing().reconciler().replay();
        shop.settle();
        assertThat(sweep(REPAIR).drifts()).isEmpty();
        assertThat(shop.kinds(ADA)).containsEntry("PurchaseMismatched", 1L).doesNotContainKey("PurchaseMade");
    }

    @Test
    @DisplayName("C5 D4 what was told once is not told again when its events are long forgotten")
    void mismatchForgotten() {
        try (MirroredShop forgetful = new MirroredShop(webhook -> webhook, b -> b.retention(Duration.ofDays(30)))) {
            String customer = forgetful.customer(ADA);
            forgetful.pay(forgetful.stickerPage(customer));
            assertThat(forgetful.kinds(ADA)).containsEntry("PurchaseMismatched", 1L);

            forgetful.advance(Duration.ofDays(100));

            assertThat(forgetful.received()).as("events that are remembered").isEmpty();
            assertThat(forgetful.billing().reconciler().sweep(REPAIR).drifts()).isEmpty();
            assertThat(forgetful.kinds(ADA)).containsEntry("PurchaseMismatched", 1L);
        }
    }

    @Test
    @DisplayName("C5 D4 of a customer of no known account it is UNLINKED: there is nobody whose news it is")
    void mismatchUnlinked() {
        String customer = shop.post("/v1/customers").path("id").textValue();
        goDeaf();
        shop.pay(shop.stickerPage(customer));

        assertThat(sweep(REPAIR).drifts())
                .extracting(Drift::kind, Drift::repaired)
                .containsExactly(tuple(Drift.Kind.UNLINKED, false));
        assertThat(shop.told()).noneMatch(event -> event.contains("PurchaseMismatched["));
    }

    @Test
    @DisplayName("C5 a page of the list that sold subscriptions only ends nothing: older purchases are found behind it")
    void behindSubscriptions() {
        String session = page(ADA, "lifetime");
        goDeaf();
        shop.pay(session);
        for (int i = 0; i < 101; i++) {
            AccountRef account = AccountRef.of("user", "subscriber-" + i);
            shop.billing().accounts().register(account, AccountProfile.empty());
            shop.leaveCard(page(account, "pro-monthly"), "4242424242424242");
        }

        DriftReport report = sweep(LOOK);

        assertThat(report.drifts()).extracting(Drift::objectId).contains(session);
        assertThat(report.counts().purchases()).isEqualTo(1);
    }

    @Test
    @DisplayName("C5 a sweep that fails after the purchases does not compare them again")
    void resumed() {
        shop.pay(page(ADA, "lifetime"));
        SweepRequest failing = REPAIR.onProgress(LostPurchasesTest::failAmongCustomers);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> sweep(failing));
        goDeaf();
        shop.post("/v1/refunds", "payment_intent=" + bought(ADA).payment());

        DriftReport rest = sweep(REPAIR);

        assertThat(rest.drifts()).isEmpty();
        assertThat(rest.counts().purchases()).isEqualTo(1);
        assertThat(bought(ADA).valid()).isTrue();
        assertThat(sweep(REPAIR).drifts()).extracting(Drift::repaired).containsExactly(true);
        assertThat(bought(ADA).valid()).isFalse();
    }

    private static void failAmongCustomers(SweepProgress progress) {
        if (progress.customers() > 0) {
            throw new IllegalStateException("the node goes down");
        }
    }
}
