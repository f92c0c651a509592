package dev.billhook.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.torture.host.Fleet;
import dev.billhook.torture.host.Host;
import dev.billhook.torture.host.HostConfig;
import dev.billhook.torture.life.SimulatorApi;
import dev.billhook.unit.Units;
import dev.billhook.webhook.WebhookMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C7 two processes on one database, one of which is killed,")
class SharedUnitsTest {
    private static final AccountRef ACCOUNT = AccountRef.of("user", "ada");
    private static final int THREADS = 16;
    private static final int ROUNDS = Integer.getInteger("torture.units.rounds", 10);
    private static final int ATTEMPTS = 200;

    @Test
    @DisplayName("add units for 16 callers at once, who repeat what was not answered: each counts once")
    void nothingLostNothingTwice() throws Exception {
        try (StripeSimulator simulator = StripeSimulator.start()) {
            HostConfig config = new HostConfig(
                    Postgres.newDatabase(),
                    simulator.baseUrl(),
                    List.of("whsec_unused"),
                    WebhookMode.INLINE,
                    Duration.ZERO);
            try (Host desk = Host.idle(config)) {
                desk.open();
                String subscription = subscribe(desk, new SimulatorApi(simulator));

                long added = addFromEverywhere(config);

                long atProvider = new SimulatorApi(simulator)
                        .read("/v1/subscriptions/" + subscription)
                        .at("/items/data/0/quantity")
                        .longValue();
                assertThat(atProvider).isEqualTo(1 + added);
                assertThat(desk.billing().units().find(ACCOUNT).map(Units::bought))
                        .hasValue(1 + added);
            }
        }
    }

    private static String subscribe(Host desk, SimulatorApi api) {
        desk.billing().accounts().register(ACCOUNT, AccountProfile.empty());
        String customer = api.make("/v1/customers", "metadata[billhook_account]=" + ACCOUNT);
        api.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=pm_card_visa");
        String price = api.read("/v1/prices", "lookup_keys[0]=team-quarterly")
                .at("/data/0/id")
                .textValue();
        String subscription = api.make(
                "/v1/subscriptions",
                "customer=" + customer,
                "items[0][price]=" + price,
                "metadata[billhook_account]=" + ACCOUNT);
        desk.billing().reconciler().replay();
        while (desk.billing().runDueWork() > 0) {
            // Until nothing is due.
        }
        return subscription;
    }

    private static long addFromEverywhere(HostConfig config) throws Exception {
        AtomicLong added = new AtomicLong();
        CountDownLatch half = new CountDownLatch(THREADS * ROUNDS / 2);
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        try (Fleet fleet = Fleet.start(config, 2, Path.of("target/torture/units"))) {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < THREADS; caller++) {
                int first = caller % 2;
                all.add(callers.submit(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        added.addAndGet(persist(fleet, first + round, 1L + round % 3));
                        half.countDown();
                    }
                    return null;
                }));
            }
            assertThat(half.await(1, TimeUnit.MINUTES)).as("half of it is done").isTrue();
            fleet.kill(0);
            for (Future<?> each : all) {
                each.get();
            }
            fleet.awaitAll();
        } finally {
            callers.shutdownNow();
        }
        return added.get();
    }

    /** Asks one host, and the other one if that does not answer, until one says it is done. */
    private static long persist(Fleet fleet, int first, long units) throws InterruptedException {
        RequestKey key = RequestKey.random();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (fleet.addUnits((first + attempt) % 2, ACCOUNT, units, key)) {
                return units;
            }
        }
        throw new AssertionError("never answered");
    }
}
