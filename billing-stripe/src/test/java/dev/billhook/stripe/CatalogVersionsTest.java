package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static dev.billhook.stripe.testing.SimulatedShop.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.Billing;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.migration.MigrationRequest;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.stripe.testing.SimulatedShop;
import dev.billhook.subscription.Timing;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C21 the catalog changes while accounts are subscribed")
class CatalogVersionsTest {
    private static final String BEFORE = """
            products:
              pro: {name: Pro, tier: 20, features: [player, transcripts], limits: {episodes: unlimited}}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29.00}}}
            """;

    private static final String AFTER =
            BEFORE.replace("transcripts", "chapters").replace("unlimited", "20");

    private static final String PINNED = AFTER.replace(
            "{flat: {usd: 29.00}}",
            "{flat: {usd: 29.00}}, version: '2027', "
                    + "versions: {first: {features: [player, transcripts], limits: {episodes: unlimited}}}");

    @AutoClose
    private final SimulatedShop shop = new SimulatedShop(BEFORE, builder -> builder);

    @Test
    @DisplayName(
            "C21 without versions a changed catalog counts for those who subscribed before, too, and no price is made")
    void followsAtOnce() {
        subscribe(ADA);

        try (Billing changed = billing(AFTER)) {
            assertThat(changed.catalogPublisher().plan().empty()).isTrue();
            Entitlements ada = changed.entitlements().resolve(ADA);
            assertThat(ada.features()).containsExactlyInAnyOrder("player", "chapters");
            assertThat(ada.remaining("episodes", 0)).isEqualTo(20);
        }
    }

    @Test
    @DisplayName(
            "C21 D2 a catalog that is replaced while the billing runs counts at once for those who subscribed, and for what is sold")
    void replaced() {
        subscribe(ADA);
        SubscriptionService subscriptions = shop.billing().subscriptions();
        assertThat(shop.billing().entitlements().resolve(ADA).features())
                .containsExactlyInAnyOrder("player", "transcripts");

        shop.billing().replaceCatalog(CatalogReader.readYaml(AFTER + """
                  pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290.00}}}
                """));
        assertThat(shop.billing().entitlements().resolve(ADA).features())
                .containsExactlyInAnyOrder("player", "chapters");

        shop.billing().catalogPublisher().apply();
        assertThat(subscriptions.changePlan(ADA, PlanKey.of("pro-yearly")).plans())
                .containsExactly(PlanKey.of("pro-yearly"));
    }

    @Test
    @DisplayName(
            "C21 B4 a version of another name makes a new price; who bought before keeps what the older one has, until he is moved")
    void pinned() {
        subscribe(ADA);
        try (Billing changed = billing(PINNED)) {
            assertThat(changed.catalogPublisher().plan().describe())
                    .isEqualTo("~ price   pro-monthly (new price, takes over the lookup key)");
            changed.catalogPublisher().apply();
            assertThat(changed.catalogPublisher().plan().empty()).isTrue();
            subscribe(BOB);

            Entitlements ada = changed.entitlements().resolve(ADA);
            Entitlements bob = changed.entitlements().resolve(BOB);
            assertThat(ada.plans()).containsExactly(PlanKey.of("pro-monthly")).isEqualTo(bob.plans());
            assertThat(ada.features()).containsExactlyInAnyOrder("player", "transcripts");
            assertThat(ada.remaining("episodes", 1_000_000)).isEqualTo(Long.MAX_VALUE);
            assertThat(bob.features()).containsExactlyInAnyOrder("player", "chapters");
            assertThat(bob.remaining("episodes", 5)).isEqualTo(15);
            assertThat(changed.reconciler()
                            .sweep(SweepRequest.dryRun().fromTheBeginning().pause(Duration.ZERO))
                            .drifts())
                    .as("the mirror tells what Stripe does")
                    .isEmpty();

            changed.migrations().run(MigrationRequest.named("to-2027").at(Timing.NOW_WITHOUT_PRORATION), step -> {});
            assertThat(changed.entitlements().resolve(ADA).features()).containsExactlyInAnyOrder("player", "chapters");
        }
    }

    private void subscribe(AccountRef account) {
        shop.customer(account, "pm_card_visa");
        shop.subscribe(account, "pro-monthly", 1);
    }

    /** The same host after it was started with another catalog. */
    private Billing billing(String catalog) {
        return Billing.builder(CatalogReader.readYaml(catalog), shop.stripe(), shop.stores())
                .clock(shop.simulator().instantSource())
                .withoutBackgroundWork()
                .build();
    }
}
