package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static dev.billhook.stripe.testing.SimulatedShop.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billhook.Billing;
import dev.billhook.InvalidStateException;
import dev.billhook.NotFoundException;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.simulator.api.Fault;
import dev.billhook.stripe.testing.SimulatedShop;
import dev.billhook.subscription.Subscription;
import dev.billhook.usage.PeriodUsage;
import dev.billhook.usage.UsageComparison;
import dev.billhook.usage.UsageEntry;
import dev.billhook.usage.UsageOutboxSummary;
import dev.billhook.usage.UsageQuery;
import dev.billhook.usage.UsageRecord;
import dev.billhook.usage.UsageRecorder;
import dev.billhook.usage.UsageStatus;
import dev.billhook.usage.UsageSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C8 Usage: recorded with a time and a key, reported once, charged with its period")
class UsageTest {
    private static final String CATALOG = """
            products:
              api: {name: API, tier: 10}
            plans:
              api-metered:
                {product: api, interval: month, pricing: {metered: {meter: api_calls, amounts: {usd: 0.02}}}}
              api-storage:
                {product: api, interval: month, pricing: {metered: {meter: storage_gb, amounts: {usd: 0.10}}}}
              api-flat: {product: api, interval: month, pricing: {flat: {usd: 29}}}
            """;

    private static final Fault REPORTS = Fault.error(500).forMethod("POST").forPath("/v1/billing/meter_events");

    @AutoClose
    private final SimulatedShop shop = new SimulatedShop(CATALOG, builder -> builder);

    private final UsageRecorder usage = shop.billing().usage();

    private Subscription subscribed(AccountRef account) {
        String customer = shop.customer(account, "pm_card_visa");
        shop.post(
                "/v1/subscriptions",
                "customer=" + customer + "&metadata[billhook_account]=" + account + "&items[0][price]="
                        + shop.price("api-metered"));
        return shop.synced(account);
    }

    private UsageRecord calls(String key, long quantity) {
        return new UsageRecord(ADA, "api_calls", quantity, shop.now(), key);
    }

    private UsageEntry only() {
        List<UsageEntry> all = shop.billing().usageOutbox().list(UsageQuery.all());
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** The whole minutes around now. */
    private UsageComparison compared(AccountRef account) {
        Instant minute = shop.now().truncatedTo(ChronoUnit.MINUTES);
        return usage.compare(
                account, "api_calls", minute.minus(Duration.ofDays(30)), minute.plus(Duration.ofMinutes(1)));
    }

    /** The id of the meter of API calls. */
    private String meter() {
        String meters = shop.get("/v1/billing/meters");
        int name = meters.indexOf("api_calls");
        int id = meters.lastIndexOf("\"mtr_", name);
        return meters.substring(id + 1, meters.indexOf('"', id + 1));
    }

    private void send() {
        shop.billing().runDueWork();
    }

    @Test
    @DisplayName("C8 what is recorded is on the period's invoice, once, and the next period begins with nothing")
    void charged() {
        Subscription subscription = subscribed(ADA);
        assertThat(usage.record(calls("req-1", 700))).isTrue();
        shop.advance(Duration.ofDays(3));
        assertThat(usage.record(calls("req-2", 300))).isTrue();
        assertThat(usage.record(calls("req-2", 300))).as("the same again").isFalse();
        assertThat(usage.record(calls("correction", -50))).isTrue();
        shop.settle();

        PeriodUsage present = usage.currentPeriods(ADA).get(0);
        assertThat(present.plan()).isEqualTo(PlanKey.of("api-metered"));
        assertThat(present.usage())
                .isEqualTo(new UsageSummary(
                        "api_calls",
                        subscription.periodStart().orElseThrow(),
                        subscription.periodEnd().orElseThrow(),
                        950,
                        0,
                        0));
        assertThat(compared(ADA).agrees()).isTrue();

        shop.advanceTo(subscription.periodEnd().orElseThrow().plus(Duration.ofHours(2)));

        assertThat(shop.paid()).isEqualTo(950 * 2);
        assertThat(usage.currentPeriods(ADA).get(0).usage().recorded()).isZero();
    }

    @Test
    @DisplayName("C8 the time of use decides the period, not the time of recording")
    void late() {
        Subscription subscription = subscribed(ADA);
        Instant end = subscription.periodEnd().orElseThrow();
        shop.simulator().advanceTo(end.plusSeconds(600));

        usage.record(new UsageRecord(ADA, "api_calls", 10, end.minusSeconds(1), "before-midnight"));
        usage.record(new UsageRecord(ADA, "api_calls", 1000, end, "after-midnight"));
        send();
        shop.advanceTo(end.plus(Duration.ofHours(2)));

        assertThat(shop.paid()).isEqualTo(10 * 2);
        assertThat(usage.currentPeriods(ADA).get(0).usage().sent()).isEqualTo(1000);
    }

    @Test
    @DisplayName("C8 usage recorded in the host's transaction is committed with it, or never was")
    void inTransaction() {
        subscribed(ADA);

        assertThatThrownBy(() -> shop.stores().transactor().run(() -> {
                    usage.record(calls("req-1", 1));
                    throw new IllegalStateException("the host's row is refused");
                }))
                .hasMessageContaining("refused");
        send();
        assertThat(shop.billing().usageOutbox().list(UsageQuery.all())).isEmpty();
        assertThat(compared(ADA).counted()).isZero();

        shop.stores()
                .transactor()
                .run(() -> assertThat(usage.record(calls("req-1", 1))).isTrue());
        send();
        assertThat(compared(ADA).counted()).isOne();
    }

    @Test
    @DisplayName("C8 a report whose answer is lost is repeated, and counts once")
    void lostAnswer() {
        subscribed(ADA);
        usage.record(calls("req-1", 5));
        shop.simulator().faults().plan(1, REPORTS.afterwards());

        send();

        assertThat(only().status()).isEqualTo(UsageStatus.PENDING);
        assertThat(only().unsureSince()).isNotNull();
        assertThat(shop.billing().usageOutbox().summary())
                .isEqualTo(new UsageOutboxSummary(1, 1, 0, only().nextAttemptAt()));
        assertThat(compared(ADA).difference())
                .as("Stripe has it without our knowing")
                .isEqualByComparingTo("5");

        shop.simulator().advance(Duration.ofMinutes(1));
        send();

        assertThat(only().status()).isEqualTo(UsageStatus.SENT);
        assertThat(compared(ADA).agrees()).isTrue();
        assertThat(compared(ADA).counted()).isEqualByComparingTo("5");
    }

    @Test
    @DisplayName(
            "C8 a server that dies after its report, before it noted it, costs nothing: another repeats it, and it counts once")
    void diedBetween() {
        subscribed(ADA);
        usage.record(calls("req-1", 5));
        List<UsageEntry> claimed = shop.stores().usage().claimDue(shop.now(), Duration.ofMinutes(5), 10);
        assertThat(claimed).hasSize(1);
        try (Billing died = shop.server(builder -> builder)) {
            shop.stores().usage().update(claimed.get(0));
            died.runDueWork();
        }
        assertThat(only().status()).isEqualTo(UsageStatus.SENT);
        shop.stores().usage().update(claimed.get(0));

        shop.simulator().advance(Duration.ofMinutes(6));
        send();

        assertThat(only().status()).isEqualTo(UsageStatus.SENT);
        assertThat(compared(ADA).counted()).isEqualByComparingTo("5");
    }

    @Test
    @DisplayName(
            "C8 what Stripe may have, but would not recognise after a day, is not repeated until an operator compared")
    void unknownForADay() {
        subscribed(ADA);
        usage.record(calls("req-1", 5));
        shop.simulator().faults().plan(1, REPORTS.afterwards());
        send();

        shop.simulator().advance(Duration.ofHours(25));
        send();

        UsageEntry dead = only();
        assertThat(dead.status()).isEqualTo(UsageStatus.DEAD);
        assertThat(dead.error()).contains("compare");
        UsageComparison compared = compared(ADA);
        assertThat(compared.counted()).isEqualByComparingTo("5");
        assertThat(compared.recorded().dead()).isEqualTo(5);
        assertThat(compared.agrees()).isFalse();

        shop.billing().usageOutbox().discard(dead.id(), "Stripe has it");

        assertThat(only().status()).isEqualTo(UsageStatus.DISCARDED);
        assertThat(usage.record(calls("req-1", 5))).as("its key stays taken").isFalse();
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> shop.billing().usageOutbox().discard(dead.id(), "again"))
                .withMessageContaining("negative quantity");
    }

    @Test
    @DisplayName("C8 while Stripe is away all usage waits, and none is lost; then all is reported")
    void stripeAway() {
        subscribed(ADA);
        usage.recordAll(
                IntStream.range(0, 5).mapToObj(i -> calls("req-" + i, 1)).toList());
        shop.simulator().faults().plan(3, Fault.error(503).forMethod("POST").forPath("/v1/billing"));

        assertThat(shop.billing().runDueWork()).as("nothing more to do now").isZero();

        UsageOutboxSummary waiting = shop.billing().usageOutbox().summary();
        assertThat(waiting.pending()).isEqualTo(5);
        assertThat(waiting.failing()).as("the first found out for all").isOne();
        shop.simulator().faults().clear();
        shop.advance(Duration.ofMinutes(10));
        assertThat(shop.billing().usageOutbox().summary()).isEqualTo(UsageOutboxSummary.EMPTY);
        assertThat(compared(ADA).counted()).isEqualByComparingTo("5");
    }

    @Test
    @DisplayName("C8 what Stripe refuses too often is an operator's; reported again, it is charged")
    void refused() {
        subscribed(ADA);
        String meter = meter();
        shop.post("/v1/billing/meters/" + meter + "/deactivate", "");
        usage.record(calls("req-1", 5));
        for (int i = 0; i < 40; i++) {
            shop.simulator().advance(Duration.ofHours(7));
            send();
        }
        assertThat(only().status()).isEqualTo(UsageStatus.DEAD);
        assertThat(only().error()).contains("archived_meter");
        assertThat(only().unsureSince()).as("each attempt was refused").isNull();

        shop.post("/v1/billing/meters/" + meter + "/reactivate", "");
        assertThat(shop.billing().usageOutbox().retryAll(UsageQuery.dead().of(BOB)))
                .isZero();
        assertThat(shop.billing().usageOutbox().retryAll(UsageQuery.dead().of(ADA)))
                .isOne();
        send();

        assertThat(only().status()).isEqualTo(UsageStatus.SENT);
    }

    @Test
    @DisplayName("C8 usage of an account without a customer waits for its first Checkout")
    void beforeTheCustomer() {
        shop.billing().accounts().register(ADA, AccountProfile.empty());
        usage.record(calls("req-1", 5));
        send();

        assertThat(only().status()).isEqualTo(UsageStatus.PENDING);
        assertThat(only().attempts()).isZero();
        assertThat(only().error()).contains("no customer");
        assertThatExceptionOfType(InvalidStateException.class).isThrownBy(() -> compared(ADA));

        subscribed(ADA);
        shop.advance(Duration.ofMinutes(11));
        assertThat(only().status()).isEqualTo(UsageStatus.SENT);
        assertThat(compared(ADA).agrees()).isTrue();
    }

    @Test
    @DisplayName("C8 a meter no plan is charged by, and a time Stripe does not take, are refused at once")
    void badInput() {
        Instant now = shop.now();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usage.record(new UsageRecord(ADA, "api_call", 1, now, "k")))
                .withMessage(
                        "No plan of the catalog is charged by the meter api_call; it has the meters api_calls, storage_gb");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usage.recordAll(List.of(
                        calls("good", 1), new UsageRecord(ADA, "api_calls", 1, now.minus(Duration.ofDays(36)), "old"))))
                .withMessageContaining("35 days");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usage.record(new UsageRecord(ADA, "api_calls", 1, now.plusSeconds(301), "ahead")))
                .withMessageContaining("clocks");
        assertThat(shop.billing().usageOutbox().list(UsageQuery.all())).isEmpty();

        assertThatIllegalArgumentException().isThrownBy(() -> usage.summary(ADA, "api_calls", now, now));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usage.compare(ADA, "api_calls", now, now.plusSeconds(61)))
                .withMessageContaining("whole minutes");
    }

    @Test
    @DisplayName("C8 sums of any time are told at once, without asking Stripe")
    void summaries() {
        subscribed(ADA);
        Instant start = shop.now();
        usage.record(calls("a", 3));
        send();
        shop.simulator().advance(Duration.ofHours(1));
        usage.record(calls("b", 4));
        shop.simulator().faults().plan(100, Fault.error(500));

        assertThat(usage.summary(ADA, "api_calls", start, shop.now()))
                .isEqualTo(new UsageSummary("api_calls", start, shop.now(), 3, 0, 0));
        UsageSummary all = usage.summary(ADA, "api_calls", start, shop.now().plusSeconds(1));
        assertThat(all.waiting()).isEqualTo(4);
        assertThat(all.recorded()).isEqualTo(7);
        assertThat(usage.summary(BOB, "api_calls", start, shop.now()).recorded())
                .isZero();
    }

    @Test
    @DisplayName("C8 recorded by many threads and reported by two servers at once, each use counts once")
    void concurrently() throws Exception {
        subscribed(ADA);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (Billing other = shop.server(builder -> builder)) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                UsageRecord record = calls("req-" + i % 40, 1);
                Billing billing = i % 2 == 0 ? other : shop.billing();
                work.add(() -> billing.usage().record(record) ? 1 : 0);
                work.add(() -> {
                    billing.runDueWork();
                    return 0;
                });
            }
            int recorded = 0;
            for (Future<Integer> done : threads.invokeAll(work)) {
                recorded += done.get();
            }
            assertThat(recorded).isEqualTo(40);
        } finally {
            threads.shutdownNow();
        }
        shop.settle();

        assertThat(shop.billing().usageOutbox().summary()).isEqualTo(UsageOutboxSummary.EMPTY);
        assertThat(compared(ADA).counted()).isEqualByComparingTo("40");
        assertThat(compared(ADA).agrees()).isTrue();
    }

    @Test
    @DisplayName("C8 sent usage is forgotten after its time, and then no summary tells of it")
    void forgotten() {
        try (SimulatedShop forgetful =
                new SimulatedShop(CATALOG, builder -> builder.usageRetention(Duration.ofDays(36)))) {
            forgetful.customer(ADA, "pm_card_visa");
            Instant start = forgetful.now();
            forgetful.billing().usage().record(new UsageRecord(ADA, "api_calls", 1, start, "k"));
            forgetful.settle();

            forgetful.advance(Duration.ofDays(35));
            assertThat(forgetful.billing().usageOutbox().list(UsageQuery.all())).hasSize(1);
            forgetful.advance(Duration.ofDays(2));
            assertThat(forgetful.billing().usageOutbox().list(UsageQuery.all())).isEmpty();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SimulatedShop(CATALOG, builder -> builder.usageRetention(Duration.ofDays(35))))
                .withMessageContaining("36 days");
    }
}
