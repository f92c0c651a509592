package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.Billing;
import dev.billhook.InvalidStateException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.conversion.ConversionException;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.event.BillingEvent;
import dev.billhook.invoice.Estimate;
import dev.billhook.lifecycle.ChangePreview;
import dev.billhook.lifecycle.PreviewExpiredException;
import dev.billhook.lifecycle.PreviewExpiredException.Reason;
import dev.billhook.lifecycle.SubscriptionService;
import dev.billhook.money.Money;
import dev.billhook.stripe.testing.Subscriber;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C2 C15 A change is shown before it is made, and made as shown or not at all")
class PreviewConfirmationTest {
    private static final AccountRef ACCOUNT = Subscriber.ACCOUNT;
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
              team: {name: Team, tier: 30}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 30}}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 300}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12}}}
            """);
    private static final PlanKey HOBBY = PlanKey.of("hobby-monthly");
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final PlanKey PRO_YEARLY = PlanKey.of("pro-yearly");
    private static final PlanKey TEAM = PlanKey.of("team-monthly");
    private static final PlanChange FIVE = PlanChange.to(TEAM).withUnits(5);

    @AutoClose
    private final Subscriber subscriber = new Subscriber(CATALOG);

    private final SubscriptionService subscriptions = subscriber.billing().subscriptions();

    private void refused(String token, Reason reason) {
        Subscription before = subscriber.synced();
        long paid = subscriber.paid();
        assertThatExceptionOfType(PreviewExpiredException.class)
                .isThrownBy(() -> subscriptions.confirm(ACCOUNT, token))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(subscriber.synced()).isEqualTo(before);
        assertThat(subscriber.paid()).isEqualTo(paid);
    }

    @Test
    @DisplayName("C15 an upgrade shows what is due at once and what the next invoice will be, and charges it")
    void upgrade() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        subscriber.after(Duration.ofDays(15).plusHours(12));

        ChangePreview preview = subscriptions.preview(ACCOUNT, FIVE);

        assertThat(preview.timing()).isEqualTo(Timing.NOW_INVOICE);
        assertThat(preview.dueNow()).isEqualTo(Money.of(1500, "usd"));
        assertThat(preview.invoiceNow().orElseThrow().lines()).hasSize(2);
        Estimate next = preview.nextInvoice().orElseThrow();
        assertThat(next.at()).isEqualTo(pro.periodEnd().orElseThrow());
        assertThat(next.totals().total()).isEqualTo(Money.of(6000, "usd"));
        assertThat(preview.toString()).doesNotContain(preview.token());
        assertThat(subscriber.synced().plans()).as("only shown").containsExactly(PRO);

        subscriber.simulator().advance(Duration.ofMinutes(14));
        Subscription team = subscriptions.confirm(ACCOUNT, preview.token());

        assertThat(Subscriber.lines(team)).containsExactly("team-monthly × 5");
        assertThat(subscriber.paid()).isEqualTo(3000 + 1500);
        subscriber.renewed();
        assertThat(subscriber.paid()).isEqualTo(3000 + 1500 + 6000);
    }

    @Test
    @DisplayName("C15 confirming twice, also from two servers at once, charges once and answers the same")
    void doubleClick() {
        subscriber.subscribe("pro-monthly");
        ChangePreview preview = subscriptions.preview(ACCOUNT, FIVE);

        Subscription team;
        try (Billing other = subscriber.anotherServer()) {
            List<CompletableFuture<Subscription>> clicks = Stream.of(
                            subscriptions, other.subscriptions(), subscriptions, other.subscriptions())
                    .map(server -> CompletableFuture.supplyAsync(() -> server.confirm(ACCOUNT, preview.token())))
                    .toList();
            team = clicks.get(0).join();
            assertThat(clicks).extracting(CompletableFuture::join).containsOnly(team);
        }

        assertThat(subscriptions.confirm(ACCOUNT, preview.token())).isEqualTo(team);
        assertThat(subscriber.paid()).isEqualTo(3000 + 3000);
        assertThat(subscriber.synced()).isEqualTo(team);
        assertThat(subscriber.told(BillingEvent.PlanChanged.class)).hasSize(1);
    }

    @Test
    @DisplayName("C15 a change at renewal costs nothing now; the renewal is charged as shown")
    void downgrade() {
        Subscription pro = subscriber.subscribe("pro-monthly");

        ChangePreview preview = subscriptions.preview(ACCOUNT, PlanChange.to(HOBBY));

        assertThat(preview.timing()).isEqualTo(Timing.AT_RENEWAL);
        assertThat(preview.effectiveAt()).isEqualTo(pro.periodEnd().orElseThrow());
        assertThat(preview.invoiceNow()).isEmpty();
        assertThat(preview.dueNow()).isEqualTo(Money.of(0, "usd"));
        assertThat(preview.nextInvoice().orElseThrow().totals().due()).isEqualTo(Money.of(900, "usd"));
        Subscription scheduled = subscriptions.confirm(ACCOUNT, preview.token());
        assertThat(scheduled.scheduledChange().orElseThrow().plans()).containsExactly(HOBBY);
        assertThat(subscriptions.confirm(ACCOUNT, preview.token())).isEqualTo(scheduled);
        assertThat(Subscriber.lines(subscriber.renewed())).containsExactly("hobby-monthly × 1");
        assertThat(subscriber.paid()).isEqualTo(3000 + 900);
    }

    @Test
    @DisplayName("C15 a longer interval shows the year that begins and the one after it")
    void interval() {
        subscriber.subscribe("pro-monthly");

        ChangePreview preview = subscriptions.preview(ACCOUNT, PlanChange.to(PRO_YEARLY));

        assertThat(preview.dueNow()).isEqualTo(Money.of(27000, "usd"));
        assertThat(preview.nextInvoice().orElseThrow().at()).isEqualTo(Instant.parse("2028-01-10T10:00:00Z"));
        assertThat(preview.nextInvoice().orElseThrow().totals().total()).isEqualTo(Money.of(30000, "usd"));
        subscriber.simulator().advance(Duration.ofMinutes(3));
        subscriptions.confirm(ACCOUNT, preview.token());
        assertThat(subscriber.paid()).isEqualTo(3000 + 27000);
    }

    @Test
    @DisplayName("C15 withdrawing what is scheduled is shown as the present lines going on")
    void withdrawal() {
        subscriber.subscribe("pro-monthly");
        subscriptions.changePlan(ACCOUNT, HOBBY);

        ChangePreview preview = subscriptions.preview(ACCOUNT, PlanChange.to(PRO));

        assertThat(preview.nextInvoice().orElseThrow().totals().due()).isEqualTo(Money.of(3000, "usd"));
        assertThat(subscriptions.confirm(ACCOUNT, preview.token()).schedule()).isNull();
        assertThat(subscriptions.confirm(ACCOUNT, preview.token()).schedule()).isNull();
    }

    @Test
    @DisplayName(
            "C15 an upgrade shows its own price although a downgrade was scheduled; a prorated change cannot be foreseen then")
    void scheduled() {
        subscriber.subscribe("pro-monthly");
        subscriptions.changePlan(ACCOUNT, HOBBY);

        ChangePreview preview = subscriptions.preview(ACCOUNT, FIVE);

        assertThat(preview.dueNow()).isEqualTo(Money.of(3000, "usd"));
        assertThat(preview.nextInvoice().orElseThrow().totals().total()).isEqualTo(Money.of(6000, "usd"));
        assertThatExceptionOfType(InvalidStateException.class)
                .isThrownBy(() -> subscriptions.preview(ACCOUNT, FIVE.at(Timing.NOW_PRORATE)))
                .withMessageContaining("withdraw");
        assertThat(subscriptions.confirm(ACCOUNT, preview.token()).schedule()).isNull();
        assertThat(subscriber.paid()).isEqualTo(3000 + 3000);
    }

    @Test
    @DisplayName("C15 of a subscription that ends there is no next invoice to show")
    void ending() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        subscriber.post("/v1/subscriptions/" + pro.id(), "cancel_at_period_end=true");

        ChangePreview preview = subscriptions.preview(ACCOUNT, FIVE);

        assertThat(preview.dueNow()).isEqualTo(Money.of(3000, "usd"));
        assertThat(preview.nextInvoice()).isEmpty();
    }

    @Test
    @DisplayName("C15 a preview is good for a quarter of an hour")
    void tooOld() {
        subscriber.subscribe("pro-monthly");
        ChangePreview preview = subscriptions.preview(ACCOUNT, FIVE);
        assertThat(preview.expiresAt())
                .isEqualTo(subscriber.simulator().instantSource().instant().plus(Duration.ofMinutes(15)));

        subscriber.simulator().advance(Duration.ofMinutes(15));

        refused(preview.token(), Reason.TOO_OLD);
    }

    @Test
    @DisplayName("C15 a subscription that changed meanwhile is not changed again: units, end, renewal")
    void changedMeanwhile() {
        Subscription team = subscriber.subscribe("team-monthly × 2");
        String token = subscriptions.preview(ACCOUNT, FIVE).token();

        subscriptions.setUnits(ACCOUNT, 3);
        refused(token, Reason.SUBSCRIPTION_CHANGED);

        String another = subscriptions.preview(ACCOUNT, FIVE).token();
        subscriber.post("/v1/subscriptions/" + team.id(), "cancel_at_period_end=true");
        refused(another, Reason.SUBSCRIPTION_CHANGED);

        subscriber.post("/v1/subscriptions/" + team.id(), "cancel_at_period_end=false");
        subscriber.simulator().advanceTo(team.periodEnd().orElseThrow().minus(Duration.ofMinutes(5)));
        String last = subscriptions.preview(ACCOUNT, FIVE).token();
        subscriber.after(Duration.ofMinutes(8));
        refused(last, Reason.SUBSCRIPTION_CHANGED);
    }

    @Test
    @DisplayName("C15 what costs another amount by now is not charged: a new discount, credit, tax, price")
    void otherAmounts() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        subscriber.post("/v1/coupons", "id=TEN", "percent_off=10", "duration=forever");

        String beforeDiscount = subscriptions.preview(ACCOUNT, FIVE).token();
        subscriber.simulator().discountCustomer(subscriber.customer(), "TEN");
        refused(beforeDiscount, Reason.AMOUNTS_CHANGED);

        String beforeCredit = subscriptions.preview(ACCOUNT, FIVE).token();
        subscriber.post(
                "/v1/customers/" + subscriber.customer() + "/balance_transactions", "amount=-1", "currency=usd");
        refused(beforeCredit, Reason.AMOUNTS_CHANGED);

        String beforeTax = subscriptions.preview(ACCOUNT, FIVE).token();
        String vat = subscriber.taxRate("20", false);
        subscriber.post("/v1/subscriptions/" + pro.id(), "default_tax_rates[0]=" + vat);
        refused(beforeTax, Reason.AMOUNTS_CHANGED);

        String beforePrice = subscriptions.preview(ACCOUNT, FIVE).token();
        subscriber.reprice("team-monthly", 1300);
        refused(beforePrice, Reason.AMOUNTS_CHANGED);
    }

    @Test
    @DisplayName("C15 a token that was cut, changed, made up, or issued for another account is refused")
    void notOurs() {
        subscriber.subscribe("pro-monthly");
        String token = subscriptions.preview(ACCOUNT, FIVE).token();
        int dot = token.indexOf('.');

        for (String forged : List.of(
                "",
                ".",
                "a.b",
                "ä.ö",
                token.substring(0, dot),
                token.substring(0, token.length() - 4),
                "A" + token,
                token.substring(0, dot) + "." + token.substring(0, 43),
                token + "." + token)) {
            refused(forged, Reason.NOT_OURS);
        }
        AccountRef bob = AccountRef.of("user", "bob");
        subscriber.billing().accounts().register(bob, AccountProfile.empty());
        assertThatExceptionOfType(PreviewExpiredException.class)
                .isThrownBy(() -> subscriptions.confirm(bob, token))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.NOT_OURS));
    }

    @Test
    @DisplayName(
            "C5 C15 a payment that is declined changes nothing, and a new preview can be confirmed with another card")
    void declined() {
        Subscription pro = subscriber.subscribe("pro-monthly");
        String token = subscriptions.preview(ACCOUNT, FIVE).token();
        subscriber.pay("pm_card_chargeCustomerFail");

        assertThatExceptionOfType(PaymentDeclinedException.class)
                .isThrownBy(() -> subscriptions.confirm(ACCOUNT, token));
        assertThat(subscriber.synced()).isEqualTo(pro);

        subscriber.pay("pm_card_visa");
        subscriptions.confirm(ACCOUNT, subscriptions.preview(ACCOUNT, FIVE).token());
        assertThat(subscriber.paid()).isEqualTo(3000 + 3000);
    }

    @Test
    @DisplayName("C2 what the catalog or the state forbids is refused before anything is shown")
    void impossible() {
        subscriber.subscribe("pro-monthly");

        assertThatExceptionOfType(ConversionException.class)
                .isThrownBy(
                        () -> subscriptions.preview(ACCOUNT, PlanChange.to(PRO).withUnits(7)));
    }
}
