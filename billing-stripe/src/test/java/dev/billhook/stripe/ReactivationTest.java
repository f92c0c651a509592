package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.Billing;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.error.ProviderUnavailableException;
import dev.billhook.lifecycle.Reactivation;
import dev.billhook.lifecycle.ReactivationException;
import dev.billhook.lifecycle.ReactivationException.Reason;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.simulator.api.Fault;
import dev.billhook.stripe.testing.Subscriber;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C17 An account that left comes back to what it had")
class ReactivationTest {
    private static final AccountRef ACCOUNT = Subscriber.ACCOUNT;
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              team: {name: Team, tier: 30}
              storage: {name: Storage, kind: add-on}
              calls: {name: Calls, kind: add-on}
            plans:
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12}}, trial: {days: 14}}
              storage-monthly: {product: storage, interval: month, pricing: {per_unit: {usd: 5}}}
              calls-monthly: {product: calls, interval: month, pricing: {metered: {meter: calls, amounts: {usd: 0.10}}}}
            """);

    @AutoClose
    private final Subscriber subscriber = new Subscriber(CATALOG);

    private final SubscriptionService subscriptions = subscriber.billing().subscriptions();

    private Subscription left(String... plans) {
        Subscription had = subscriber.subscribe(plans);
        subscriptions.cancel(ACCOUNT, Cancellation.now());
        subscriber.after(Duration.ofDays(90));
        return had;
    }

    private void refused(Reason reason) {
        assertThatExceptionOfType(ReactivationException.class)
                .isThrownBy(() -> subscriptions.reactivate(ACCOUNT, Reactivation.atOldPrices()))
                .satisfies(e -> {
                    assertThat(e.reason()).isEqualTo(reason);
                    assertThat(e).hasMessageContaining(e.remedy());
                });
    }

    @Test
    @DisplayName("C17 with the lines, quantities and add-ons it had, charged at once, without a trial")
    void again() {
        Subscription had = left("team-monthly × 4", "storage-monthly × 2", "calls-monthly");

        Subscription again = subscriptions.reactivate(ACCOUNT, Reactivation.atOldPrices());

        assertThat(again.id()).isNotEqualTo(had.id());
        assertThat(again.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(again.trialEnd()).isNull();
        assertThat(Subscriber.lines(again))
                .containsExactly("calls-monthly × 0", "storage-monthly × 2", "team-monthly × 4");
        assertThat(again.cancellation()).isNull();
        assertThat(subscriber.paid()).isEqualTo(2 * (4 * 1200 + 2 * 500));
        assertThat(subscriber.synced()).isEqualTo(again);
        assertThat(subscriptions.find(ACCOUNT)).contains(again);
        assertThat(subscriber.renewed().id()).isEqualTo(again.id());
    }

    @Test
    @DisplayName(
            "C17 at the old price as long as it is sold, else at the present one; or at present prices as the policy says")
    void prices() {
        left("team-monthly × 2");
        String old = subscriber.price("team-monthly");
        subscriber.reprice("team-monthly", 1500);

        Subscription kept = subscriptions.reactivate(ACCOUNT, Reactivation.atOldPrices());
        assertThat(kept.items().get(0).priceId()).isEqualTo(old);
        subscriptions.cancel(ACCOUNT, Cancellation.now());
        subscriber.after(Duration.ofMinutes(2));

        Subscription present = subscriptions.reactivate(ACCOUNT, Reactivation.atPresentPrices());
        assertThat(present.items().get(0).priceId()).isEqualTo(subscriber.price("team-monthly"));
        assertThat(subscriber.paid()).isEqualTo(2400 + 2400 + 3000);
    }

    @Test
    @DisplayName("C17 a price that was archived is replaced by the plan's present one")
    void archived() {
        left("team-monthly × 2");
        String old = subscriber.price("team-monthly");
        subscriber.reprice("team-monthly", 1500);
        subscriber.post("/v1/prices/" + old, "active=false");

        Subscription again = subscriptions.reactivate(ACCOUNT, Reactivation.atOldPrices());

        assertThat(again.items().get(0).priceId()).isEqualTo(subscriber.price("team-monthly"));
        assertThat(again.plans()).containsExactly(PlanKey.of("team-monthly"));
    }

    @Test
    @DisplayName("C17 tax and collection are as they were, discounts are not")
    void terms() {
        subscriber.post("/v1/coupons", "id=HALF", "percent_off=50", "duration=forever");
        String vat = subscriber.taxRate("20", false);
        left(
                "team-monthly × 1",
                "discounts[0][coupon]=HALF",
                "default_tax_rates[0]=" + vat,
                "collection_method=send_invoice",
                "days_until_due=10");

        Subscription again = subscriptions.reactivate(ACCOUNT, Reactivation.atOldPrices());

        assertThat(again.terms().collection()).isEqualTo(CollectionMethod.invoice(10));
        assertThat(again.terms().discounts()).isEmpty();
        subscriber.after(Duration.ofHours(2));
        assertThat(subscriber.invoices().get(0).path("amount_due").longValue()).isEqualTo(1440);
    }

    @Test
    @DisplayName("C17 what it had of several times is what it had last")
    void last() {
        left("team-monthly × 2");
        left("team-monthly × 7");

        assertThat(Subscriber.lines(subscriptions.reactivate(ACCOUNT, Reactivation.atOldPrices())))
                .containsExactly("team-monthly × 7");
    }

    @Test
    @DisplayName("C17 refused while it has a subscription, also one that is about to end")
    void stillSubscribed() {
        subscriber.subscribe("team-monthly × 2");
        refused(Reason.STILL_SUBSCRIBED);
        subscriptions.cancel(ACCOUNT, Cancellation.atPeriodEnd());
        refused(Reason.STILL_SUBSCRIBED);
    }

    @Test
    @DisplayName("C17 refused if it never had one")
    void neverSubscribed() {
        refused(Reason.NOTHING_ENDED);
    }

    @Test
    @DisplayName("C17 refused without a payment method; the one it has by now counts, not the one of then")
    void noPaymentMethod() {
        left("team-monthly × 2");
        String card = subscriber
                .get("/v1/customers/" + subscriber.customer())
                .at("/invoice_settings/default_payment_method")
                .textValue();
        subscriber.post("/v1/payment_methods/" + card + "/detach");
        refused(Reason.NO_PAYMENT_METHOD);

        subscriber.pay("pm_card_mastercard");
        assertThat(subscriptions.reactivate(ACCOUNT, Reactivation.atOldPrices()).status())
                .isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    @DisplayName("C17 refused if what it had is neither sold any more nor in the catalog")
    void notSold() {
        left("team-monthly × 2");
        String product = subscriber
                .get("/v1/prices/" + subscriber.price("team-monthly"))
                .path("product")
                .textValue();
        String foreign = subscriber
                .post(
                        "/v1/prices",
                        "product=" + product,
                        "currency=usd",
                        "unit_amount=700",
                        "recurring[interval]=month")
                .path("id")
                .textValue();
        left("team-monthly × 1", "items[1][price]=" + foreign);
        subscriber.post("/v1/prices/" + foreign, "active=false");

        refused(Reason.NOT_SOLD);
    }

    @Test
    @DisplayName("C5 C17 a payment that is declined makes nothing, and another card makes it at once")
    void declined() {
        left("team-monthly × 2");
        subscriber.pay("pm_card_chargeCustomerFail");

        assertThatExceptionOfType(PaymentDeclinedException.class)
                .isThrownBy(() -> subscriptions.reactivate(ACCOUNT, Reactivation.atOldPrices()));
        subscriber.settle();
        assertThat(subscriptions.find(ACCOUNT)).isEmpty();

        subscriber.pay("pm_card_visa");
        assertThat(subscriptions.reactivate(ACCOUNT, Reactivation.atOldPrices()).status())
                .isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    @DisplayName("C17 two clicks, on two servers, make one subscription")
    void doubleClick() {
        left("team-monthly × 2");

        try (Billing other = subscriber.anotherServer()) {
            List<CompletableFuture<Subscription>> clicks = Stream.of(subscriptions, other.subscriptions())
                    .map(server ->
                            CompletableFuture.supplyAsync(() -> server.reactivate(ACCOUNT, Reactivation.atOldPrices())))
                    .toList();
            clicks.forEach(click -> click.handle((done, refused) -> 0).join());
        }

        assertThat(subscriber
                        .get("/v1/subscriptions?customer=" + subscriber.customer())
                        .path("data"))
                .hasSize(1);
        assertThat(subscriber.paid()).isEqualTo(2400 + 2400);
    }

    @Test
    @DisplayName("C5 C17 one that was begun although its answer was lost is answered by a later call, without a key")
    void answerLost() {
        left("team-monthly × 2");
        subscriber
                .simulator()
                .faults()
                .plan(100, Fault.error(500).afterwards().forMethod("POST").forPath("/v1/subscriptions"));
        assertThatExceptionOfType(ProviderUnavailableException.class)
                .isThrownBy(() -> subscriptions.reactivate(ACCOUNT, Reactivation.atOldPrices()));
        subscriber.simulator().faults().clear();
        assertThat(subscriptions.find(ACCOUNT)).as("nobody was told").isEmpty();
        subscriber.simulator().advance(Duration.ofMinutes(2));

        Subscription again = subscriptions.reactivate(ACCOUNT, Reactivation.atOldPrices());

        assertThat(again.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(subscriber.synced()).isEqualTo(again);
        assertThat(subscriber
                        .get("/v1/subscriptions?customer=" + subscriber.customer())
                        .path("data"))
                .hasSize(1);
        assertThat(subscriber.paid()).isEqualTo(2400 + 2400);
    }
}
