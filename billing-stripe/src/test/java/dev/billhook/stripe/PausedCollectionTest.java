package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.event.BillingEvent;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.stripe.testing.Subscriber;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.CollectionPause.Behavior;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("C23 Collection is paused and resumed; disputes are visible")
class PausedCollectionTest {
    private static final AccountRef ACCOUNT = Subscriber.ACCOUNT;
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              pro: {name: Pro, tier: 20}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
            """);

    @AutoClose
    private final Subscriber subscriber = new Subscriber(CATALOG);

    private final SubscriptionService subscriptions = subscriber.billing().subscriptions();

    private String newestInvoice() {
        return subscriber.invoices().get(0).path("status").textValue();
    }

    @ParameterizedTest
    @CsvSource({"KEEP_AS_DRAFT, draft", "MARK_UNCOLLECTIBLE, uncollectible", "VOID, void"})
    @DisplayName("C23 while it is paused invoices are made as the host said and nothing is collected; then it goes on")
    void paused(Behavior behavior, String status) {
        subscriber.subscribe("pro-monthly");

        Subscription paused = subscriptions.pause(ACCOUNT, CollectionPause.with(behavior));

        assertThat(paused.pause()).isEqualTo(CollectionPause.with(behavior));
        assertThat(paused.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(subscriber.renewed().collectionPaused()).isTrue();
        assertThat(newestInvoice()).isEqualTo(status);
        assertThat(subscriber.paid()).isEqualTo(2900);

        assertThat(subscriptions.resume(ACCOUNT).pause()).isNull();
        subscriber.renewed();
        assertThat(newestInvoice()).isEqualTo("paid");
        assertThat(subscriber.paid()).isEqualTo(2 * 2900);
        assertThat(told("Collection")).containsExactly("CollectionPaused", "CollectionResumed");
    }

    @Test
    @DisplayName("C23 it resumes by itself when it was to, and the mirror learns it")
    void until() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        Instant end = pro.periodEnd().orElseThrow().plus(Duration.ofDays(10));

        Subscription paused =
                subscriptions.pause(ACCOUNT, CollectionPause.with(Behavior.VOID).until(end));

        assertThat(paused.pause().resumesAt()).isEqualTo(end);
        subscriber.renewed();
        assertThat(newestInvoice()).isEqualTo("void");
        assertThat(subscriber.after(Duration.ofDays(11)).pause()).isNull();
        subscriber.renewed();
        assertThat(newestInvoice()).isEqualTo("paid");
    }

    @Test
    @DisplayName("C23 pausing anew replaces what was said before, and an invoice that is open already stays open")
    void replaced() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        subscriber.pay("pm_card_chargeCustomerFail");
        subscriber.renewed();

        subscriptions.pause(ACCOUNT, CollectionPause.with(Behavior.KEEP_AS_DRAFT));
        Subscription again = subscriptions.pause(ACCOUNT, CollectionPause.with(Behavior.VOID));

        assertThat(again.pause()).isEqualTo(CollectionPause.with(Behavior.VOID));
        assertThat(again.id()).isEqualTo(pro.id());
        assertThat(newestInvoice()).isEqualTo("open");
        subscriber.synced();
        assertThat(told("Collection")).containsExactly("CollectionPaused");
    }

    @Test
    @DisplayName(
            "C23 a subscription whose trial ended without a card is resumed with one: a period begins and is charged")
    void afterTrial() {
        subscriber.subscribe(
                "pro-monthly", "trial_period_days=14", "trial_settings[end_behavior][missing_payment_method]=pause");
        String card = subscriber
                .get("/v1/customers/" + subscriber.customer())
                .at("/invoice_settings/default_payment_method")
                .textValue();
        subscriber.post("/v1/payment_methods/" + card + "/detach");
        assertThat(subscriber.after(Duration.ofDays(15)).status()).isEqualTo(SubscriptionStatus.PAUSED);
        assertThat(subscriber.told()).contains("SubscriptionPaused");
        subscriber.pay("pm_card_visa");

        Subscription resumed = subscriptions.resume(ACCOUNT);

        assertThat(resumed.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(resumed.periodStart())
                .contains(subscriber.simulator().instantSource().instant());
        assertThat(subscriber.paid()).isEqualTo(2900);
        assertThat(subscriber.synced()).isEqualTo(resumed);
    }

    @Test
    @DisplayName("C23 resuming what is not paused changes nothing")
    void nothingPaused() {
        Subscription pro = subscriber.subscribe("pro-monthly");

        assertThat(subscriptions.resume(ACCOUNT)).isEqualTo(pro);
    }

    @Test
    @DisplayName("C23 a dispute is told when it is opened and when it is closed, with its outcome")
    void disputes() {
        subscriber.subscribe("pro-monthly");
        subscriber.pay("pm_card_createDispute");
        subscriber.renewed();

        assertThat(subscriber.told(BillingEvent.DisputeOpened.class))
                .singleElement()
                .satisfies(opened -> assertThat(opened.amount().minorUnits()).isEqualTo(2900));
        assertThat(subscriber.told(BillingEvent.DisputeClosed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.won()).isFalse());
    }

    private Stream<String> told(String kind) {
        return subscriber.told().stream().filter(name -> name.startsWith(kind));
    }
}
