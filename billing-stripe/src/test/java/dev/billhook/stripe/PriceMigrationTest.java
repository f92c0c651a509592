package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.Billing;
import dev.billhook.NotFoundException;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.migration.MigrationPlan;
import dev.billhook.migration.MigrationReport;
import dev.billhook.migration.MigrationRequest;
import dev.billhook.migration.MigrationStep;
import dev.billhook.migration.MigrationStep.MoneyImpact;
import dev.billhook.migration.SkipReason;
import dev.billhook.money.Money;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.stripe.testing.Subscriber;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C3 Price versions: old subscribers stay, or are moved in bulk")
class PriceMigrationTest {
    private static final PlanKey TEAM = PlanKey.of("team-monthly");
    private static final PlanKey PRO = PlanKey.of("pro-monthly");
    private static final Currency USD = Currency.getInstance("USD");
    private static final Catalog RAISED = catalog(15, 39);
    private static final int SUBSCRIBERS = 6;

    private final Subscriber shop = new Subscriber(catalog(12, 29));
    private final List<Subscriber.Account> accounts = new ArrayList<>();
    private Billing billing = shop.serverOf(RAISED);

    private static Catalog catalog(int team, int pro) {
        return CatalogReader.readYaml("""
                products:
                  pro: {name: Pro, tier: 10}
                  team: {name: Team, tier: 20}
                plans:
                  pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: %d}}}
                  team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: %d}}}
                """.formatted(pro, team));
    }

    /** One subscriber to the one plan, others to one to six units of the other, at older prices; then higher ones are published. */
    @BeforeEach
    void raisePrices() {
        for (int i = 0; i <= SUBSCRIBERS; i++) {
            Subscriber.Account account = shop.open(AccountRef.of("user", Integer.toString(i)));
            account.subscribe(i == 0 ? "pro-monthly" : "team-monthly × " + i);
            accounts.add(account);
        }
        billing.catalogPublisher().apply();
    }

    @AfterEach
    void close() {
        billing.close();
        shop.close();
    }

    private AccountRef account(int number) {
        return accounts.get(number).ref();
    }

    private void sweep() {
        billing.reconciler().sweep(SweepRequest.repairing().fromTheBeginning().pause(Duration.ZERO));
    }

    private void nextMonth() {
        shop.simulator().advance(Duration.ofDays(32));
        sweep();
    }

    private Subscription of(int account) {
        return billing.subscriptions().find(account(account)).orElseThrow();
    }

    /** What the account's newest invoice charges, in cents. */
    private long charged(int account) {
        return accounts.get(account).invoices().get(0).path("total").longValue();
    }

    private String price(PlanKey plan) {
        return shop.price(plan.value());
    }

    private int writes() {
        return count("customer.subscription.updated") + count("subscription_schedule.created");
    }

    private int count(String type) {
        return shop.get("/v1/events?limit=100&type=" + type).path("data").size();
    }

    private static MigrationRequest raise() {
        return MigrationRequest.named("raise-2027").pace(Duration.ZERO, Duration.ofMillis(1));
    }

    private static Money usd(long major) {
        return Money.of(major * 100, USD);
    }

    @Test
    @DisplayName("C3 the dry run tells who is concerned and what each is charged before and after, and changes nothing")
    void dryRun() {
        int before = writes();
        MigrationPlan plan = billing.migrations().dryRun(raise().of(TEAM));

        assertThat(plan.totals().seen()).isEqualTo(SUBSCRIBERS + 1);
        assertThat(plan.totals().moved()).isEqualTo(SUBSCRIBERS);
        assertThat(plan.totals().impact()).isEqualTo(Map.of(USD, new MoneyImpact(usd(21 * 12), usd(21 * 15))));
        assertThat(plan.steps()).allMatch(MigrationStep::moves).hasSize(SUBSCRIBERS);
        assertThat(plan.steps())
                .extracting(step -> step.account().id() + " " + step.impact().orElseThrow())
                .contains("3 MoneyImpact[before=" + usd(36) + ", after=" + usd(45) + "]");
        assertThat(billing.migrations().dryRun(raise()).totals().moved()).isEqualTo(SUBSCRIBERS + 1);
        assertThat(billing.migrations().dryRun(raise().listing(2)).steps()).hasSize(2);
        assertThat(writes()).isEqualTo(before);
    }

    @Test
    @DisplayName("C3 at renewal: what was told is what the next invoice charges; the rest stay grandfathered")
    void atRenewal() {
        MigrationReport report = billing.migrations().run(raise().of(TEAM), step -> {});

        assertThat(report.totals().moved()).isEqualTo(SUBSCRIBERS);
        assertThat(report.left()).isEmpty();
        assertThat(of(3).items().get(0).priceId()).isNotEqualTo(price(TEAM));
        assertThat(of(3).scheduledChange()).isPresent();

        nextMonth();

        assertThat(of(3).items().get(0).priceId()).isEqualTo(price(TEAM));
        assertThat(of(3).items().get(0).quantity()).isEqualTo(3);
        assertThat(charged(3)).isEqualTo(4500);
        assertThat(of(0).items().get(0).priceId()).isNotEqualTo(price(PRO));
        assertThat(of(0).plans()).containsExactly(PRO);
    }

    @Test
    @DisplayName("C3 a second run changes nothing, neither before the renewal nor after it")
    void idempotent() {
        for (Timing timing : List.of(Timing.AT_RENEWAL, Timing.NOW_WITHOUT_PRORATION)) {
            MigrationRequest request = raise().at(timing).of(TEAM);
            billing.migrations().run(request, step -> {});
            int before = writes();

            MigrationReport again = billing.migrations().run(request, step -> {});

            assertThat(again.totals().moved()).isZero();
            assertThat(again.resumed()).isFalse();
            assertThat(writes()).isEqualTo(before);
            nextMonth();
        }
        assertThat(billing.migrations().dryRun(raise().of(TEAM)).steps()).isEmpty();
    }

    @Test
    @DisplayName("C3 now: the price counts from the next renewal without proration, or at once with one")
    void now() {
        billing.migrations().run(raise().of(TEAM).at(Timing.NOW_WITHOUT_PRORATION), step -> {});
        assertThat(of(2).items().get(0).priceId()).isEqualTo(price(TEAM));
        assertThat(of(2).schedule()).isNull();

        MigrationReport invoiced = billing.migrations().run(raise().at(Timing.NOW_INVOICE), step -> {});
        assertThat(invoiced.totals().moved()).isEqualTo(1);
        assertThat(of(0).items().get(0).priceId()).isEqualTo(price(PRO));
    }

    @Test
    @DisplayName("C3 whoever cannot be moved stays, with the reason")
    void skipped() {
        billing.subscriptions().cancel(account(1), Cancellation.atPeriodEnd());
        billing.subscriptions().changePlan(account(2), PRO);

        MigrationReport report = billing.migrations().run(raise().of(TEAM), step -> {});
        assertThat(report.totals().skipped()).isEqualTo(Map.of(SkipReason.ENDING, 1L, SkipReason.SCHEDULED, 1L));
        assertThat(report.left()).extracting(MigrationStep::skipped).doesNotContainNull();
    }

    @Test
    @DisplayName("C3 a payment that fails leaves the subscriber on the older price")
    void paymentFails() {
        accounts.get(3).pay("pm_card_chargeCustomerFail");

        MigrationReport report = billing.migrations().run(raise().of(TEAM).at(Timing.NOW_INVOICE), step -> {});

        assertThat(report.totals().moved()).isEqualTo(SUBSCRIBERS - 1);
        assertThat(report.totals().skipped()).isEqualTo(Map.of(SkipReason.PAYMENT_FAILED, 1L));
        sweep();
        assertThat(of(3).items().get(0).priceId()).isNotEqualTo(price(TEAM));
    }

    @Test
    @DisplayName("C3 a provider that asks for patience gets it")
    void rateLimited() {
        List<MigrationStep> steps = new ArrayList<>();
        MigrationReport report = billing.migrations().run(raise().of(TEAM), step -> {
            steps.add(step);
            if (steps.size() < SUBSCRIBERS) {
                shop.simulator().refuseNextRequests(3);
            }
        });
        assertThat(report.totals().moved()).isEqualTo(SUBSCRIBERS);
        assertThat(steps).hasSize(SUBSCRIBERS);
        assertThat(billing.reconciler()
                        .sweep(SweepRequest.dryRun().fromTheBeginning().pause(Duration.ZERO))
                        .clean())
                .isTrue();
    }

    @Test
    @DisplayName(
            "C3 those who are moved get the compensation, once; a code that cannot be redeemed ends the run before it begins")
    void compensated() {
        coupon();
        MigrationRequest request = raise().of(TEAM).compensatedBy("sorry");
        billing.migrations().run(request, step -> {});
        billing.migrations().run(request, step -> {});

        for (int i = 1; i <= SUBSCRIBERS; i++) {
            assertThat(of(i).terms().discounts()).hasSize(1);
        }
        assertThat(of(0).terms().discounts()).isEmpty();
        nextMonth();
        assertThat(charged(4)).isEqualTo(4 * 1500 * 9 / 10);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> billing.migrations().run(raise().compensatedBy("nothing"), step -> {}));
    }

    private void coupon() {
        shop.post("/v1/coupons", "id=TEN", "percent_off=10", "duration=forever");
        shop.post("/v1/promotion_codes", "promotion[type]=coupon", "promotion[coupon]=TEN", "code=SORRY");
    }

    @Test
    @DisplayName(
            "C3 C5 a process without listeners leaves the mirror to the application, which hears of it from Stripe")
    void pastMirror() {
        coupon();
        MigrationRequest request = raise().of(TEAM)
                .at(Timing.NOW_WITHOUT_PRORATION)
                .compensatedBy("SORRY")
                .pastMirror();
        MigrationReport report = billing.migrations().run(request, step -> {});

        assertThat(report.totals().moved()).isEqualTo(SUBSCRIBERS);
        assertThat(of(3).items().get(0).priceId()).isNotEqualTo(price(TEAM));
        int before = writes();
        assertThat(billing.migrations().run(request, step -> {}).totals().moved())
                .isZero();
        assertThat(writes()).isEqualTo(before);
        sweep();
        assertThat(of(3).items().get(0).priceId()).isEqualTo(price(TEAM));
        assertThat(of(3).terms().discounts()).hasSize(1);
    }

    @Test
    @DisplayName("C3 a process that dies anywhere in a run loses nothing: the next run goes on, and moves nobody twice")
    void killed() {
        coupon();
        long seed = 20_271_101;
        Random random = new Random(seed);
        MigrationRequest request =
                raise().of(TEAM).at(Timing.NOW_WITHOUT_PRORATION).compensatedBy("SORRY");
        int before = writes();
        int moves = 0;
        MigrationReport report = null;
        for (int life = 0; report == null; life++) {
            assertThat(life).as("seed %d", seed).isLessThan(20);
            int last = random.nextInt(3);
            List<MigrationStep> steps = new ArrayList<>();
            try {
                report = billing.migrations().run(request, step -> {
                    steps.add(step);
                    if (steps.size() > last) {
                        throw new Killed();
                    }
                });
            } catch (Killed dead) {
                billing.close();
                billing = shop.serverOf(RAISED);
            }
            moves += steps.size();
        }

        assertThat(report.resumed()).isTrue();
        assertThat(report.totals().moved()).as("seed %d", seed).isEqualTo(SUBSCRIBERS);
        assertThat(report.totals().seen()).isEqualTo(SUBSCRIBERS + 1);
        assertThat(moves).isGreaterThanOrEqualTo(SUBSCRIBERS);
        for (int i = 1; i <= SUBSCRIBERS; i++) {
            assertThat(of(i).items().get(0).priceId()).isEqualTo(price(TEAM));
            assertThat(of(i).terms().discounts()).hasSize(1);
        }
        assertThat(writes() - before).as("one change and one discount each").isEqualTo(2 * SUBSCRIBERS);
    }

    /** Ends a run like a process that ends. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
