package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static dev.billhook.stripe.testing.SimulatedShop.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.Billing;
import dev.billhook.RequestKey;
import dev.billhook.catalog.PlanKey;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderUnavailableException;
import dev.billhook.simulator.api.Fault;
import dev.billhook.stripe.testing.SimulatedShop;
import dev.billhook.subscription.PlanChange;
import dev.billhook.subscription.Timing;
import dev.billhook.unit.UnitChange;
import dev.billhook.unit.UnitService;
import dev.billhook.unit.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C7 Units: changes at the same time lose nothing and count once")
class ConcurrentUnitsTest {
    private static final int THREADS = 16;
    private static final int ROUNDS = 12;
    private static final long START = 1000;

    private final SimulatedShop shop = new SimulatedShop("""
            products:
              team: {name: Team, tier: 20}
            plans:
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 30}}}
              team-yearly: {product: team, interval: year, pricing: {per_unit: {usd: 300}}}
            """, builder -> builder);
    private final Billing other = shop.server(builder -> builder);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private String subscription = "";

    @BeforeEach
    void subscribe() {
        shop.customer(ADA, "pm_card_visa");
        subscription = shop.subscribe(ADA, "team-monthly", START).id();
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        other.close();
        shop.close();
    }

    private UnitService server(int number) {
        return (number % 2 == 0 ? shop.billing() : other).units();
    }

    private void all(List<Callable<Void>> work) throws InterruptedException, ExecutionException {
        for (Future<Void> done : threads.invokeAll(work)) {
            done.get();
        }
    }

    private long atStripe() {
        return shop.atStripe(subscription).items().get(0).quantity();
    }

    @Test
    @DisplayName("C7 16 threads on two servers add and remove: every change counts")
    void nothingLost() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        AtomicLong expected = new AtomicLong(START);
        List<Callable<Void>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            UnitService units = server(thread);
            SplittableRandom own = random.split();
            work.add(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    long number = own.nextLong(1, 5);
                    boolean more = own.nextBoolean();
                    units.change(ADA, more ? UnitChange.add(number) : UnitChange.remove(number));
                    expected.addAndGet(more ? number : -number);
                }
                return null;
            });
        }

        all(work);

        assertThat(atStripe()).isEqualTo(expected.get());
        assertThat(shop.billing().units().find(ADA).map(Units::bought)).hasValue(expected.get());
        assertThat(lines(shop.synced(ADA))).containsExactly("team-monthly × " + expected.get());
    }

    @Test
    @DisplayName("C2 C7 a plan that is changed to and fro meanwhile takes every unit along")
    void plansBetweenUnits() throws Exception {
        List<Callable<Void>> work = new ArrayList<>();
        work.add(() -> {
            for (int round = 0; round < ROUNDS; round++) {
                String plan = round % 2 == 0 ? "team-yearly" : "team-monthly";
                shop.billing()
                        .subscriptions()
                        .changePlan(ADA, PlanChange.to(PlanKey.of(plan)).at(Timing.NOW_WITHOUT_PRORATION));
            }
            return null;
        });
        for (int thread = 1; thread < THREADS; thread++) {
            UnitService units = server(thread);
            work.add(() -> {
                for (int round = 0; round < ROUNDS / 2; round++) {
                    units.add(ADA, 1);
                }
                return null;
            });
        }

        all(work);

        long expected = START + (THREADS - 1L) * (ROUNDS / 2);
        assertThat(atStripe()).isEqualTo(expected);
        assertThat(lines(shop.synced(ADA))).containsExactly("team-monthly × " + expected);
    }

    @Test
    @DisplayName("C7 answers get lost on the way: who repeats with his key counts once all the same")
    void lostAnswers() throws Exception {
        Fault lost = Fault.dropped().afterwards().forMethod("POST").forPath("/v1/subscriptions/" + subscription);
        List<Callable<Void>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            UnitService units = server(thread);
            work.add(() -> {
                for (int round = 0; round < ROUNDS / 2; round++) {
                    if (round % 2 == 0) {
                        shop.simulator().faults().plan(1, lost);
                    }
                    persist(units, UnitChange.add(1).with(RequestKey.random()));
                }
                return null;
            });
        }

        all(work);

        assertThat(atStripe()).isEqualTo(START + (long) THREADS * (ROUNDS / 2));
    }

    private static void persist(UnitService units, UnitChange change) {
        for (int i = 0; i < 50; i++) {
            try {
                units.change(ADA, change);
                return;
            } catch (ProviderException e) {
                assertThat(e.retryable()).as(e.getMessage()).isTrue();
            }
        }
        throw new AssertionError("never got through");
    }

    @Test
    @DisplayName("C7 a change whose answer was lost is settled before the next one counts")
    void unknownOutcome() {
        shop.simulator()
                .faults()
                .plan(1, Fault.dropped().afterwards().forMethod("POST").forPath("/v1/subscriptions/" + subscription));
        assertThatExceptionOfType(ProviderUnavailableException.class)
                .isThrownBy(() -> shop.billing().units().add(ADA, 5));

        other.units().add(ADA, 1);

        assertThat(atStripe()).isEqualTo(START + 6);
    }

    @Test
    @DisplayName("C7 a change that never reached Stripe is made up for by the next one, within minutes only")
    void neverArrived() {
        Fault lost = Fault.dropped().forMethod("POST").forPath("/v1/subscriptions/" + subscription);
        shop.simulator().faults().plan(1, lost);
        assertThatExceptionOfType(ProviderUnavailableException.class)
                .isThrownBy(() -> shop.billing().units().add(ADA, 5));
        other.units().add(ADA, 1);
        assertThat(atStripe()).isEqualTo(START + 6);

        shop.simulator().faults().plan(1, lost);
        assertThatExceptionOfType(ProviderUnavailableException.class)
                .isThrownBy(() -> shop.billing().units().add(ADA, 5));
        shop.advance(Duration.ofMinutes(6));
        other.units().add(ADA, 1);

        assertThat(atStripe()).isEqualTo(START + 7);
    }
}
