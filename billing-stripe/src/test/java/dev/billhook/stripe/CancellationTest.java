package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.Billing;
import dev.billhook.InvalidStateException;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.error.ProviderException;
import dev.billhook.lifecycle.CancellationPreview;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.money.Money;
import dev.billhook.simulator.api.Fault;
import dev.billhook.stripe.testing.Subscriber;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Cancellation.Cause;
import dev.billhook.subscription.Cancellation.Feedback;
import dev.billhook.subscription.Cancellation.Settlement;
import dev.billhook.subscription.Cancellation.Told;
import dev.billhook.subscription.Cancellation.Why;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.subscription.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C16 Cancelling at the period's end, at a date, now with or without giving back, and withdrawing it")
class CancellationTest {
    private static final AccountRef ACCOUNT = Subscriber.ACCOUNT;
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              pro: {name: Pro, tier: 20}
              team: {name: Team, tier: 30}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 31}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 15.50}}}
            """);
    /** Of the 31 days from 10 January on; 10 days are used then, and two thirds and a bit of the money is not. */
    private static final Duration TEN_DAYS = Duration.ofDays(10);

    @AutoClose
    private final Subscriber subscriber = new Subscriber(CATALOG);

    private final SubscriptionService subscriptions = subscriber.billing().subscriptions();

    /** Cancels, and shows that what the preview said was given back: to the card, to the balance, and off what is to be paid. */
    private Subscription cancelled(Settlement settlement) {
        CancellationPreview shown = subscriptions.previewCancellation(ACCOUNT, Cancellation.now(settlement));
        long paid = subscriber.paid();
        long balance = subscriber.balance();
        long open = open();
        Subscription ended = subscriptions.cancel(ACCOUNT, Cancellation.now(settlement));
        assertThat(ended.status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(subscriber.synced()).isEqualTo(ended);
        assertThat(shown.endsAt()).isEqualTo(ended.endedAt());
        assertThat(shown.refunded().minorUnits()).as("refunded").isEqualTo(paid - subscriber.paid());
        assertThat(shown.credited().minorUnits()).as("credited").isEqualTo(balance - subscriber.balance());
        assertThat(shown.lowered().minorUnits()).as("lowered").isEqualTo(open - open());
        assertThat(shown.billed().minorUnits()).as("billed").isZero();
        return ended;
    }

    private long open() {
        return subscriber.invoices().stream()
                .mapToLong(invoice -> invoice.path("amount_remaining").longValue())
                .sum();
    }

    @Test
    @DisplayName("C16 shown before: the account of the end line by line; a later end and a trial give back nothing")
    void preview() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        subscriber.after(TEN_DAYS);

        CancellationPreview now = subscriptions.previewCancellation(ACCOUNT, Cancellation.now(Settlement.CREDIT));
        assertThat(now.givenBack()).isEqualTo(Money.of(2100, "usd"));
        assertThat(now.lastAccount().orElseThrow().lines()).singleElement().satisfies(line -> {
            assertThat(line.amount()).isEqualTo(Money.of(-2100, "usd"));
            assertThat(line.proration()).isTrue();
        });
        CancellationPreview later = subscriptions.previewCancellation(ACCOUNT, Cancellation.atPeriodEnd());
        assertThat(later.endsAt()).isEqualTo(pro.periodEnd().orElseThrow());
        assertThat(later.givenBack()).isEqualTo(Money.of(0, "usd"));
        assertThat(later.lastAccount()).isEmpty();
        Instant date = Instant.parse("2027-02-20T00:00:00Z");
        assertThat(subscriptions
                        .previewCancellation(ACCOUNT, Cancellation.at(date))
                        .endsAt())
                .isEqualTo(date);
        assertThat(subscriptions
                        .previewCancellation(ACCOUNT, Cancellation.now())
                        .givenBack())
                .isEqualTo(Money.of(0, "usd"));
        assertThat(subscriber.synced()).as("shown only").isEqualTo(pro);
    }

    @Test
    @DisplayName("C16 where more was used than paid for, the preview says what a last invoice bills, and it does")
    void usedMore() {
        subscriber.subscribe("pro-monthly");
        subscriber.post(
                "/v1/invoiceitems",
                "customer=" + subscriber.customer(),
                "subscription=" + subscriptions.find(ACCOUNT).orElseThrow().id(),
                "amount=5000",
                "currency=usd");
        subscriber.after(TEN_DAYS);

        CancellationPreview shown = subscriptions.previewCancellation(ACCOUNT, Cancellation.now(Settlement.REFUND));
        subscriptions.cancel(ACCOUNT, Cancellation.now(Settlement.REFUND));

        assertThat(shown.billed()).isEqualTo(Money.of(5000 - 2100, "usd"));
        assertThat(shown.givenBack()).isEqualTo(Money.of(0, "usd"));
        assertThat(subscriber.invoices().get(0).path("total").longValue()).isEqualTo(5000 - 2100);
    }

    @Test
    @DisplayName("C16 with the period: the end is visible, withdrawn it is gone, and without withdrawal it comes")
    void atPeriodEnd() {
        Subscription pro = subscriber.subscribe("pro-monthly");

        Subscription ending = subscriptions.cancel(ACCOUNT, Cancellation.atPeriodEnd());

        assertThat(ending.pendingEnd()).isEqualTo(pro.periodEnd());
        assertThat(ending.expiring()).isTrue();
        assertThat(subscriptions.uncancel(ACCOUNT).pendingEnd()).isEmpty();
        subscriptions.cancel(ACCOUNT, Cancellation.atPeriodEnd());
        assertThat(subscriber.renewed().status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(subscriber.paid()).isEqualTo(3100);
        assertThat(subscriber.told())
                .containsSubsequence(
                        "CancellationScheduled", "CancellationWithdrawn", "CancellationScheduled", "SubscriptionEnded");
    }

    @Test
    @DisplayName(
            "C16 at a date within a later period: renewed until then, and nothing is given back for what is cut off")
    void atDate() {
        subscriber.subscribe("pro-monthly");
        Instant end = Instant.parse("2027-02-20T00:00:00Z");

        Subscription ending = subscriptions.cancel(ACCOUNT, Cancellation.at(end));

        assertThat(ending.pendingEnd()).contains(end);
        assertThat(subscriber.renewed().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        subscriber.simulator().advanceTo(end.plusSeconds(60));
        assertThat(subscriber.synced().endedAt()).isEqualTo(end);
        assertThat(subscriber.balance()).isZero();
        assertThat(subscriptions.find(ACCOUNT)).isEmpty();
    }

    @Test
    @DisplayName("C16 the end set at a date, as the portal or another program does, is withdrawn like any other")
    void withdrawn() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        subscriber.post("/v1/subscriptions/" + pro.id(), "cancel_at=1803859200");
        assertThat(subscriber.synced().pendingEnd()).contains(Instant.ofEpochSecond(1_803_859_200));

        Subscription going = subscriptions.uncancel(ACCOUNT);

        assertThat(going.cancelAt()).isNull();
        assertThat(going.cancelAtPeriodEnd()).isFalse();
    }

    @Test
    @DisplayName("C16 why an account leaves goes to Stripe and back into the mirror, what it wrote only to Stripe")
    void why() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        Why why = new Why(Feedback.TOO_EXPENSIVE, "Sold my show to Ada Lovelace");

        Subscription ending = subscriptions.cancel(ACCOUNT, Cancellation.atPeriodEnd(), why);

        assertThat(ending.cancellation()).isEqualTo(new Told(Cause.CANCELLATION_REQUESTED, Feedback.TOO_EXPENSIVE));
        assertThat(subscriber
                        .get("/v1/subscriptions/" + pro.id())
                        .at("/cancellation_details/comment")
                        .textValue())
                .contains("Ada");
        assertThat(ending.toString() + why).doesNotContain("Ada");
        Subscription ended = subscriptions.cancel(ACCOUNT, Cancellation.now(), Why.of(Feedback.UNUSED));
        assertThat(ended.cancellation()).isEqualTo(new Told(Cause.CANCELLATION_REQUESTED, Feedback.UNUSED));
    }

    @Test
    @DisplayName("C16 now, with nothing given back")
    void nothing() {
        subscriber.subscribe("pro-monthly");
        subscriber.after(TEN_DAYS);

        cancelled(Settlement.NOTHING);

        assertThat(subscriber.paid()).isEqualTo(3100);
        assertThat(subscriber.balance()).isZero();
        assertThatExceptionOfType(InvalidStateException.class)
                .isThrownBy(() -> subscriptions.cancel(ACCOUNT, Cancellation.now()));
    }

    @Test
    @DisplayName("C16 now, with the unused 21 of 31 days refunded to the card")
    void refund() {
        subscriber.subscribe("pro-monthly");
        subscriber.after(TEN_DAYS);

        cancelled(Settlement.REFUND);

        assertThat(subscriber.paid()).isEqualTo(1000);
        assertThat(subscriber.balance()).isZero();
        assertThat(subscriber.told()).contains("RefundIssued", "SubscriptionEnded");
    }

    @Test
    @DisplayName("C16 now, with the unused time put on the credit balance, where it pays the next subscription")
    void credit() {
        subscriber.subscribe("pro-monthly");
        subscriber.after(TEN_DAYS);

        cancelled(Settlement.CREDIT);

        assertThat(subscriber.paid()).isEqualTo(3100);
        assertThat(subscriber.balance()).isEqualTo(-2100);
        subscriber.subscribe("pro-monthly");
        assertThat(subscriber.paid()).isEqualTo(3100 + 1000);
    }

    @Test
    @DisplayName("C16 after discount and tax the same share of what was paid goes back, tax included")
    void discountAndTax() {
        subscriber.post("/v1/coupons", "id=HALF", "percent_off=50", "duration=forever");
        String vat = subscriber.taxRate("20", false);
        subscriber.subscribe("pro-monthly", "discounts[0][coupon]=HALF", "default_tax_rates[0]=" + vat);
        assertThat(subscriber.paid()).isEqualTo(1860);
        subscriber.after(TEN_DAYS);

        cancelled(Settlement.REFUND);

        assertThat(subscriber.paid()).isEqualTo(600);
    }

    @Test
    @DisplayName("C16 what the credit balance paid goes back there, what the card paid to the card")
    void paidByBoth() {
        subscriber.post(
                "/v1/customers/" + subscriber.customer() + "/balance_transactions", "amount=-1500", "currency=usd");
        subscriber.subscribe("pro-monthly");
        assertThat(subscriber.paid()).isEqualTo(1600);
        subscriber.after(TEN_DAYS);

        cancelled(Settlement.REFUND);

        assertThat(subscriber.paid())
                .as("2100 of 3100 are unused; the card paid 1600")
                .isZero();
        assertThat(subscriber.balance()).isEqualTo(-500);
    }

    @Test
    @DisplayName(
            "C16 units that were bought within the period are given back too, and a refund made before is not made again")
    void severalInvoices() {
        subscriber.subscribe("team-monthly × 2");
        subscriber.after(TEN_DAYS);
        subscriptions.changePlan(
                ACCOUNT, PlanChange.to(PlanKey.of("team-monthly")).withUnits(4).at(Timing.NOW_INVOICE));
        assertThat(subscriber.paid()).isEqualTo(3100 + 2100);
        JsonNode first =
                subscriber.get("/v1/charges?customer=" + subscriber.customer()).at("/data/1");
        subscriber.post("/v1/refunds", "charge=" + first.path("id").textValue(), "amount=3000");
        subscriber.after(Duration.ofDays(1));

        cancelled(Settlement.REFUND);

        // 20 of 31 days of 62.00 are unused, 40.00: 21.00 of the second invoice, and of the first what is left of it,
        // 1.00.
        assertThat(subscriber.paid()).isZero();
        assertThat(subscriber.balance()).isZero();
    }

    @Test
    @DisplayName("C16 a part that was refunded before counts: no more goes back than is left of what was paid")
    void refundedBefore() {
        subscriber.subscribe("pro-monthly");
        JsonNode charge =
                subscriber.get("/v1/charges?customer=" + subscriber.customer()).at("/data/0");
        subscriber.post("/v1/refunds", "charge=" + charge.path("id").textValue(), "amount=500");
        subscriber.after(Duration.ofDays(1));

        // 30.00 of 31.00 are unused, 26.00 are left.
        cancelled(Settlement.REFUND);

        assertThat(subscriber.paid()).isZero();
        assertThat(subscriber.balance()).isZero();
    }

    @Test
    @DisplayName("C16 a renewal that was not paid is lowered to what was used; nothing of earlier periods goes back")
    void unpaid() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        subscriber.pay("pm_card_chargeCustomerFail");
        assertThat(subscriber.renewed().pastDue()).isTrue();
        subscriber.simulator().advanceTo(pro.periodEnd().orElseThrow().plus(Duration.ofDays(7)));
        assertThat(subscriber.synced().status()).isEqualTo(SubscriptionStatus.PAST_DUE);

        cancelled(Settlement.REFUND);

        assertThat(subscriber.paid()).as("January").isEqualTo(3100);
        JsonNode open = subscriber.invoices().get(0);
        assertThat(open.path("status").textValue()).isEqualTo("open");
        assertThat(open.path("amount_remaining").longValue()).as("7 of 28 days").isEqualTo(775);
        assertThat(subscriber.balance()).isZero();
    }

    @Test
    @DisplayName(
            "C16 a change that waits for the next invoice is set off against what is given back, and billed no more")
    void waiting() {
        subscriber.subscribe("team-monthly × 2");
        subscriber.after(TEN_DAYS);
        subscriptions.changePlan(
                ACCOUNT, PlanChange.to(PlanKey.of("team-monthly")).withUnits(3).at(Timing.NOW_PRORATE));

        cancelled(Settlement.REFUND);

        assertThat(subscriber.paid()).as("21 of 31 days for two units").isEqualTo(1000);
        subscriber.subscribe("pro-monthly");
        assertThat(subscriber.paid()).isEqualTo(1000 + 3100);
    }

    @Test
    @DisplayName("C16 a trial has nothing to give back")
    void trial() {
        subscriber.subscribe("pro-monthly", "trial_period_days=14");
        subscriber.after(TEN_DAYS);

        cancelled(Settlement.REFUND);

        assertThat(subscriber.paid()).isZero();
        assertThat(subscriber.balance()).isZero();
    }

    @Test
    @DisplayName(
            "C5 C16 a refund that is refused leaves the subscription as it is; repeated with its key it is made once")
    void refused() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        subscriber.after(TEN_DAYS);
        RequestKey key = new RequestKey("cancel-42");
        subscriber
                .simulator()
                .faults()
                .plan(1, Fault.error(400).forMethod("POST").forPath("/v1/credit_notes"));
        Cancellation refund = Cancellation.now(Settlement.REFUND);

        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> subscriptions.cancel(ACCOUNT, refund, Why.UNSAID, key));
        assertThat(subscriber.synced().status()).isEqualTo(SubscriptionStatus.ACTIVE);

        assertThat(subscriptions.cancel(ACCOUNT, refund, Why.UNSAID, key).id()).isEqualTo(pro.id());
        assertThat(subscriber.paid()).isEqualTo(1000);
    }

    @Test
    @DisplayName("C5 C16 what was given back before the end was refused is not given back again, also without the key")
    void givenOnce() {
        subscriber.subscribe("pro-monthly");
        subscriber.after(TEN_DAYS);
        Cancellation refund = Cancellation.now(Settlement.REFUND);
        subscriber.simulator().faults().plan(1, Fault.error(400).forMethod("DELETE"));

        assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> subscriptions.cancel(ACCOUNT, refund));
        assertThat(subscriber.paid()).isEqualTo(1000);
        assertThat(subscriptions
                        .previewCancellation(ACCOUNT, Cancellation.now(Settlement.CREDIT))
                        .givenBack())
                .isEqualTo(Money.of(0, "usd"));

        subscriptions.cancel(ACCOUNT, refund);

        assertThat(subscriber.paid()).isEqualTo(1000);
        assertThat(subscriber.balance()).isZero();
    }

    @Test
    @DisplayName("C16 two who cancel at once, on two servers, give back once")
    void twoAtOnce() {
        subscriber.subscribe("pro-monthly");
        subscriber.after(TEN_DAYS);

        try (Billing other = subscriber.anotherServer()) {
            List<CompletableFuture<Subscription>> clicks = Stream.of(subscriptions, other.subscriptions())
                    .map(server -> CompletableFuture.supplyAsync(
                            () -> server.cancel(ACCOUNT, Cancellation.now(Settlement.CREDIT))))
                    .toList();
            clicks.forEach(click -> click.handle((done, refused) -> 0).join());
        }

        assertThat(subscriber.synced().status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(subscriber.balance()).isEqualTo(-2100);
    }
}
