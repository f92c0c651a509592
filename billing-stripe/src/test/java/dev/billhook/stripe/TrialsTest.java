package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static dev.billhook.stripe.testing.SimulatedShop.BOB;
import static dev.billhook.stripe.testing.SimulatedShop.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.error.PaymentDeclinedException;
import dev.billhook.event.BillingEvent;
import dev.billhook.stripe.testing.SimulatedShop;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.trial.TrialDecision;
import dev.billhook.trial.TrialException;
import dev.billhook.trial.TrialException.Reason;
import dev.billhook.trial.TrialPolicy;
import dev.billhook.trial.TrialPolicy.Misuse;
import dev.billhook.trial.TrialRefusal;
import dev.billhook.trial.TrialService;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C9 Trials: given once, extended, ended now, converted, and found out when misused")
class TrialsTest {
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final PlanKey TEAM = PlanKey.of("team-monthly");
    private static final String TRIAL = "trial_period_days=14";
    private static final String CATALOG = """
            products:
              pro: {name: Pro, tier: 10}
              team: {name: Team, tier: 20}
            plans:
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29}}, trial: {days: 14, card: optional}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12}}, trial: {days: 30, card: required}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290}}}
            """;

    private SimulatedShop shop = new SimulatedShop(CATALOG, builder -> builder);

    @AfterEach
    void close() {
        shop.close();
    }

    private TrialService trials() {
        return shop.billing().trials();
    }

    /** A shop whose policy looks at everything; user ids are their domains, too. */
    private void strict(Misuse answer) {
        shop.close();
        shop = new SimulatedShop(
                CATALOG,
                builder -> builder.trialPolicy(TrialPolicy.strict().onMisuse(answer))
                        .verifiedDomains(account ->
                                account.id().startsWith("staff-") ? Optional.of("company.example") : Optional.empty()));
    }

    private TrialDecision refused(TrialRefusal reason) {
        return new TrialDecision.Refused(reason);
    }

    private void refusedBy(Reason reason, Runnable change) {
        assertThatExceptionOfType(TrialException.class)
                .isThrownBy(change::run)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
                .satisfies(e -> assertThat(e.getMessage()).endsWith(e.remedy()));
    }

    @Test
    @DisplayName("C9 a new account gets the plan's trial, one that had one does not, nor one that comes back")
    void oncePerAccount() {
        shop.customer(ADA, "pm_card_visa");
        shop.customer(BOB, "pm_card_visa");

        TrialDecision first = trials().check(ADA, PRO);
        assertThat(first.granted()).isTrue();
        assertThat(trials().check(ADA, new TrialTerms(30, true)))
                .isEqualTo(new TrialDecision.Granted(new TrialTerms(30, true)));
        assertThat(trials().check(ADA, PlanKey.of("pro-yearly"))).isEqualTo(refused(TrialRefusal.NO_TRIAL_IN_PLAN));

        shop.subscribe(ADA, "pro-monthly", 1, TRIAL);
        shop.subscribe(BOB, "pro-monthly", 1);
        shop.billing().subscriptions().cancel(ADA, Cancellation.now());
        shop.billing().subscriptions().cancel(BOB, Cancellation.now());
        shop.settle();

        assertThat(trials().check(ADA, TEAM)).isEqualTo(refused(TrialRefusal.HAD_TRIAL));
        assertThat(trials().check(BOB, TEAM)).isEqualTo(refused(TrialRefusal.CAME_BACK));
    }

    @Test
    @DisplayName(
            "C9 the e-mail address, the verified domain or a card that had a trial with another account has none again")
    void oncePerPerson() {
        strict(Misuse.TELL);
        AccountRef staff = AccountRef.of("user", "staff-1");
        shop.customer(staff, "pm_card_visa");
        shop.subscribe(staff, "pro-monthly", 1, TRIAL);

        AccountRef colleague = AccountRef.of("user", "staff-2");
        shop.billing().accounts().register(colleague, AccountProfile.ofEmail("other@company.example"));
        assertThat(trials().check(colleague, PRO)).isEqualTo(refused(TrialRefusal.DOMAIN_HAD_TRIAL));

        shop.billing().accounts().register(ADA, AccountProfile.ofEmail("Staff-1+again@example.com"));
        assertThat(trials().check(ADA, PRO)).isEqualTo(refused(TrialRefusal.EMAIL_HAD_TRIAL));

        shop.customer(BOB, "pm_card_visa");
        assertThat(trials().check(BOB, PRO)).isEqualTo(refused(TrialRefusal.CARD_HAD_TRIAL));
        assertThat(trials().check(BOB, PRO).granted()).isFalse();
    }

    @Test
    @DisplayName("C9 what is written at Stripe to know it again is hashed")
    void hashed() {
        strict(Misuse.TELL);
        String customer = shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, TRIAL);

        assertThat(shop.get("/v1/customers/" + customer))
                .contains("billhook_trial_email", "billhook_trial_card_")
                .doesNotContain("\"billhook_trial_email\":\"ada");
    }

    @Test
    @DisplayName("C9 a card that becomes known only after Checkout and had a trial already is told, once")
    void misuseTold() {
        strict(Misuse.TELL);
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, TRIAL);
        shop.customer(BOB);
        shop.subscribe(BOB, "pro-monthly", 1, TRIAL);
        assertThat(shop.events(BillingEvent.TrialMisused.class)).isEmpty();

        shop.pay(BOB, "pm_card_visa");
        Subscription trial = shop.synced(BOB);

        assertThat(trial.status()).isEqualTo(SubscriptionStatus.TRIALING);
        assertThat(shop.events(BillingEvent.TrialMisused.class))
                .singleElement()
                .satisfies(event -> assertThat(event.account()).isEqualTo(BOB))
                .satisfies(event -> assertThat(event.reason()).isEqualTo(TrialRefusal.CARD_HAD_TRIAL));
    }

    @Test
    @DisplayName("C9 by policy it ends and is charged now")
    void misuseCharged() {
        strict(Misuse.END_TRIAL);
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, TRIAL);
        shop.customer(BOB, "pm_card_visa");

        Subscription charged = shop.subscribe(BOB, "pro-monthly", 1, TRIAL);

        assertThat(charged.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(shop.paid()).isEqualTo(2900);
    }

    @Test
    @DisplayName("C9 or it is cancelled, also where it cannot be charged")
    void misuseCancelled() {
        for (Misuse answer : new Misuse[] {Misuse.CANCEL, Misuse.END_TRIAL}) {
            strict(answer);
            shop.customer(ADA, "pm_card_chargeCustomerFail");
            shop.subscribe(ADA, "pro-monthly", 1, TRIAL);
            shop.customer(BOB, "pm_card_chargeCustomerFail");
            Optional<Subscription> left = trialOfBob();

            assertThat(left).as(answer.name()).isEmpty();
            assertThat(shop.paid()).isZero();
        }
    }

    private Optional<Subscription> trialOfBob() {
        shop.post(
                "/v1/subscriptions",
                "customer=" + shop.customerOf(BOB) + "&metadata[billhook_account]=" + BOB + "&items[0][price]="
                        + shop.price("pro-monthly") + "&" + TRIAL);
        shop.settle();
        return shop.billing().subscriptions().find(BOB);
    }

    @Test
    @DisplayName("C9 a trial is extended, and charged when the new end comes")
    void extended() {
        shop.customer(ADA, "pm_card_visa");
        Subscription trial = shop.subscribe(ADA, "pro-monthly", 1, TRIAL);
        Instant end = shop.now().plus(Duration.ofDays(40));

        assertThat(trials().extend(ADA, end.plusMillis(300)).trialEnd()).isEqualTo(end);

        shop.advanceTo(trial.periodEnd().orElseThrow().plus(Duration.ofHours(2)));
        assertThat(shop.paid()).isZero();
        shop.advanceTo(end.plus(Duration.ofHours(2)));
        assertThat(shop.synced(ADA).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(shop.paid()).isEqualTo(2900);
    }

    @Test
    @DisplayName("C9 what cannot be extended is refused with a reason, and nothing is called")
    void notExtended() {
        shop.customer(ADA, "pm_card_visa");
        Subscription trial = shop.subscribe(ADA, "pro-monthly", 1, TRIAL);
        Instant end = trial.periodEnd().orElseThrow();

        refusedBy(Reason.NOT_LATER, () -> trials().extend(ADA, end));
        refusedBy(Reason.TOO_LATE, () -> trials().extend(ADA, shop.now().plus(Duration.ofDays(731))));
        trials().endNow(ADA);
        refusedBy(Reason.NOT_IN_TRIAL, () -> trials().extend(ADA, end.plusSeconds(60)));
        refusedBy(Reason.NOT_IN_TRIAL, () -> trials().endNow(ADA));
    }

    @Test
    @DisplayName("C9 ended now, a trial is charged at once and its first period begins")
    void endedNow() {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro-monthly", 1, TRIAL);
        shop.advance(Duration.ofDays(3));

        Subscription active = trials().endNow(ADA);

        assertThat(active.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(active.periodStart()).hasValue(shop.now());
        shop.settle();
        assertThat(shop.paid()).isEqualTo(2900);
    }

    @Test
    @DisplayName("C9 ended now without a card, or with one that is declined: refused, and the trial goes on")
    void notEndedNow() {
        shop.customer(ADA);
        shop.subscribe(ADA, "pro-monthly", 1, TRIAL);

        refusedBy(Reason.NO_PAYMENT_METHOD, () -> trials().endNow(ADA));
        shop.pay(ADA, "pm_card_chargeCustomerFail");
        assertThatExceptionOfType(PaymentDeclinedException.class).isThrownBy(() -> trials().endNow(ADA));

        assertThat(shop.synced(ADA).status()).isEqualTo(SubscriptionStatus.TRIALING);
        assertThat(shop.paid()).isZero();
    }

    @Test
    @DisplayName("C9 a trial converts to another plan and stays a trial until its end")
    void converted() {
        shop.customer(ADA, "pm_card_visa");
        Subscription trial = shop.subscribe(ADA, "pro-monthly", 1, TRIAL);

        Subscription team = shop.billing().subscriptions().changePlan(ADA, TEAM);

        assertThat(lines(team)).containsExactly("team-monthly × 1");
        assertThat(team.trialEnd()).isEqualTo(trial.trialEnd());
        assertThat(team.status()).isEqualTo(SubscriptionStatus.TRIALING);
        shop.advanceTo(trial.periodEnd().orElseThrow().plus(Duration.ofHours(2)));
        assertThat(shop.synced(ADA).status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(shop.paid()).isEqualTo(1200);
    }

    @Test
    @DisplayName("C9 a trial without a card ends with it")
    void withoutCard() {
        shop.customer(ADA);
        Subscription trial = shop.subscribe(
                ADA, "pro-monthly", 1, TRIAL, "trial_settings[end_behavior][missing_payment_method]=cancel");

        shop.advanceTo(trial.periodEnd().orElseThrow().plus(Duration.ofHours(2)));

        assertThat(shop.billing().subscriptions().find(ADA)).isEmpty();
        assertThat(shop.paid()).isZero();
    }
}
