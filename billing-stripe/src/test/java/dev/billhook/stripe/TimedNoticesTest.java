package dev.billhook.stripe;

import static dev.billhook.stripe.testing.OneBuyer.BUYER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.PaymentMethod;
import dev.billhook.catalog.PlanKey;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.AccessReason;
import dev.billhook.entitlement.NextStep;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingEvent.AccessLimitApproaching;
import dev.billhook.event.BillingEvent.AccessLimited;
import dev.billhook.event.BillingEvent.AccessRestored;
import dev.billhook.event.BillingEvent.AccountClosed;
import dev.billhook.event.BillingEvent.CardExpiring;
import dev.billhook.event.BillingEvent.ClosureApproaching;
import dev.billhook.event.BillingEvent.PaymentFailed;
import dev.billhook.event.BillingEvent.RenewalUpcoming;
import dev.billhook.event.BillingEvent.TrialEnding;
import dev.billhook.event.OpenBill;
import dev.billhook.money.Money;
import dev.billhook.notice.NoticeKind;
import dev.billhook.notice.NoticePolicy;
import dev.billhook.simulator.api.Fault;
import dev.billhook.simulator.engine.invoice.DunningPolicy;
import dev.billhook.stripe.testing.OneBuyer;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D3 Accounts are told what time brings, month by month")
class TimedNoticesTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Money PRICE = Money.of(2900, "usd");
    private static final String CATALOG = """
            products:
              pro: {name: Pro, tier: 10}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}, trial: {days: 14}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290}}}
            """;

    private OneBuyer shop = shop(NoticePolicy.STANDARD);

    private static OneBuyer shop(NoticePolicy policy) {
        return new OneBuyer(
                CATALOG,
                builder -> builder.noticePolicy(policy)
                        .accessPolicy(AccessPolicy.STANDARD.withReadOnly(DAY.multipliedBy(30))));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private <E extends BillingEvent> E only(Class<E> kind) {
        List<E> told = shop.told(kind);
        assertThat(told).as(kind.getSimpleName()).hasSize(1);
        return told.get(0);
    }

    private void daily(Instant until) {
        for (Instant day = shop.simulator().now().plus(DAY); day.isBefore(until); day = day.plus(DAY)) {
            shop.advanceTo(day);
        }
        shop.advanceTo(until);
    }

    @Test
    @DisplayName(
            "D3 the end of a trial is told once, with what will be charged and to what; an extended one is told again")
    void trial() {
        shop.pay("pm_card_visa");
        Subscription trial = shop.subscribe("pro-monthly", "&trial_period_days=14");
        Instant end = Objects.requireNonNull(trial.trialEnd());

        daily(end.minus(DAY.multipliedBy(4)));
        assertThat(shop.told(TrialEnding.class)).isEmpty();
        daily(end.minus(DAY));

        TrialEnding told = only(TrialEnding.class);
        assertThat(told)
                .returns(BUYER, BillingEvent::account)
                .returns(end, TrialEnding::trialEnd)
                .returns(List.of(PlanKey.of("pro-monthly")), TrialEnding::plans)
                .returns(true, TrialEnding::goesOn)
                .returns(PRICE, TrialEnding::amountDue);
        assertThat(told.paymentMethod()).returns("visa", PaymentMethod::brand).returns("4242", PaymentMethod::lastFour);
        assertThat(told.meta().occurredAt()).isEqualTo(end.minus(DAY.multipliedBy(3)));

        Instant later = end.plus(DAY.multipliedBy(10));
        shop.billing().trials().extend(BUYER, later);
        daily(later.plus(DAY.multipliedBy(2)));
        assertThat(shop.told(TrialEnding.class))
                .extracting(TrialEnding::trialEnd)
                .containsExactly(end, later);
        assertThat(shop.told(AccessLimitApproaching.class)).isEmpty();
    }

    @Test
    @DisplayName("D3 a trial that was cancelled is told to end, and that it does not go on; nothing is said twice")
    void cancelledTrial() {
        Subscription trial = shop.subscribe("pro-monthly", "&trial_period_days=14");
        shop.billing().subscriptions().cancel(BUYER, Cancellation.atPeriodEnd());
        daily(Objects.requireNonNull(trial.trialEnd()).plus(DAY));

        assertThat(only(TrialEnding.class))
                .returns(false, TrialEnding::goesOn)
                .returns(null, TrialEnding::amountDue)
                .returns(null, TrialEnding::paymentMethod);
        assertThat(shop.told(AccessLimitApproaching.class)).isEmpty();
        assertThat(only(AccessLimited.class).reason()).isEqualTo(AccessReason.ENDED);
    }

    @Test
    @DisplayName("D3 the renewal of a year is told with its amount, those of months are not unless asked for")
    void renewals() {
        shop.pay("pm_card_visa");
        Subscription year = shop.subscribe("pro-yearly", "");
        Instant renewal = year.periodEnd().orElseThrow();
        shop.advanceTo(renewal.minus(DAY.multipliedBy(15)));
        assertThat(shop.told(RenewalUpcoming.class)).isEmpty();
        daily(renewal.plus(DAY));

        assertThat(only(RenewalUpcoming.class))
                .returns(renewal, RenewalUpcoming::dueAt)
                .returns(Money.of(29000, "usd"), RenewalUpcoming::amountDue);

        shop.close();
        shop = shop(NoticePolicy.STANDARD.with(NoticeKind.SHORTER_RENEWAL, DAY.multipliedBy(2)));
        shop.pay("pm_card_visa");
        Subscription month = shop.subscribe("pro-monthly", "");
        Instant first = month.periodEnd().orElseThrow();
        daily(first.plus(DAY.multipliedBy(31)));
        assertThat(shop.told(RenewalUpcoming.class))
                .hasSize(2)
                .allSatisfy(told -> assertThat(told.amountDue()).isEqualTo(PRICE))
                .extracting(RenewalUpcoming::dueAt)
                .startsWith(first);
    }

    @Test
    @DisplayName(
            "D3 a payment that fails leads to each notice once, with what is open and where to pay, until it is paid")
    void dunning() {
        shop.simulator().dunning(DunningPolicy.DEFAULT.endingWith(DunningPolicy.FinalAction.PAST_DUE));
        shop.pay("pm_card_visa");
        Subscription month = shop.subscribe("pro-monthly", "");
        Instant renewal = month.periodEnd().orElseThrow();
        shop.pay("pm_card_chargeCustomerFail");
        daily(renewal.plus(DAY.multipliedBy(12)));

        assertThat(shop.stored(month.id()).status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(shop.told(PaymentFailed.class))
                .isNotEmpty()
                .allSatisfy(failed -> assertThat(failed.page()).isNotNull());
        Instant graceEnd = renewal.plus(DAY.multipliedBy(14));
        AccessLimitApproaching ahead = only(AccessLimitApproaching.class);
        assertThat(ahead)
                .returns(graceEnd, AccessLimitApproaching::at)
                .returns(AccessReason.PAYMENT_MISSING, AccessLimitApproaching::reason)
                .returns(NextStep.UPDATE_PAYMENT_METHOD, AccessLimitApproaching::nextStep);
        OpenBill bill = Objects.requireNonNull(ahead.bill());
        assertThat(bill.amount()).isEqualTo(PRICE);
        assertThat(bill.page()).isEqualTo(shop.told(PaymentFailed.class).get(0).page());

        daily(graceEnd.plus(DAY.multipliedBy(3)));
        assertThat(only(AccessLimited.class)).returns(bill, AccessLimited::bill).returns(null, AccessLimited::closesAt);

        shop.pay("pm_card_visa");
        String invoice = shop.get("/v1/subscriptions/" + month.id())
                .path("latest_invoice")
                .textValue();
        shop.post("/v1/invoices/" + invoice + "/pay", "");
        daily(graceEnd.plus(DAY.multipliedBy(5)));
        assertThat(only(AccessRestored.class).plans()).containsExactly(PlanKey.of("pro-monthly"));
        assertThat(shop.told(AccessLimited.class)).hasSize(1);
    }

    @Test
    @DisplayName("D3 after the end the account is told when it will be closed, and when it is")
    void closed() {
        shop.pay("pm_card_visa");
        shop.subscribe("pro-monthly", "");
        shop.billing().subscriptions().cancel(BUYER, Cancellation.now());
        Instant ended = shop.simulator().now();
        daily(ended.plus(DAY.multipliedBy(40)));

        Instant closes = ended.plus(DAY.multipliedBy(30));
        assertThat(only(AccessLimited.class).closesAt()).isEqualTo(closes);
        assertThat(only(ClosureApproaching.class).at()).isEqualTo(closes);
        assertThat(only(AccountClosed.class).meta().occurredAt()).isBetween(closes, closes.plus(DAY));
        assertThat(shop.told(AccessLimitApproaching.class)).isEmpty();
    }

    @Test
    @DisplayName("D3 a card that expires is told once, and again only when it is another one that does")
    void card() {
        String card = shop.pay("pm_card_visa");
        shop.subscribe("pro-monthly", "");
        shop.post("/v1/payment_methods/" + card, "card[exp_month]=3&card[exp_year]=2027");
        daily(Instant.parse("2027-03-20T10:00:00Z"));
        assertThat(only(CardExpiring.class))
                .returns(Instant.parse("2027-04-01T00:00:00Z"), CardExpiring::expiresAt)
                .returns(card, told -> told.paymentMethod().id());

        shop.post("/v1/payment_methods/" + card, "card[exp_month]=12&card[exp_year]=2040");
        daily(Instant.parse("2027-05-20T10:00:00Z"));
        assertThat(shop.told(CardExpiring.class)).hasSize(1);
    }

    @Test
    @DisplayName(
            "D3 while Stripe cannot say what will be charged the notice waits; if it will not say, it is told without")
    void outage() {
        shop.pay("pm_card_visa");
        Subscription trial = shop.subscribe("pro-monthly", "&trial_period_days=14");
        Instant told = Objects.requireNonNull(trial.trialEnd()).minus(DAY.multipliedBy(3));
        shop.simulator().faults().plan(3, Fault.error(500).forPath("/v1/invoices/create_preview"));
        shop.advanceTo(told);
        assertThat(shop.told(TrialEnding.class)).isEmpty();
        shop.advanceTo(told.plusSeconds(300));
        assertThat(only(TrialEnding.class).amountDue()).isEqualTo(PRICE);

        shop.close();
        shop = shop(NoticePolicy.STANDARD);
        shop.subscribe("pro-monthly", "&trial_period_days=14");
        shop.simulator().faults().plan(1, Fault.error(400).forPath("/v1/invoices/create_preview"));
        shop.advanceTo(told);
        assertThat(only(TrialEnding.class).amountDue()).isNull();
    }
}
