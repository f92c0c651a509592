package dev.billhook.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.torture.host.Fleet;
import dev.billhook.torture.host.Host;
import dev.billhook.torture.host.HostConfig;
import dev.billhook.torture.life.SimulatorApi;
import dev.billhook.usage.UsageComparison;
import dev.billhook.usage.UsageOutboxSummary;
import dev.billhook.webhook.WebhookMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

@DisplayName("C8 two processes on one database, each of which is killed while it reports,")
class SharedUsageTest {
    private static final AccountRef ACCOUNT = AccountRef.of("user", "ada");
    private static final String METER = "calls";
    private static final int THREADS = 8;
    private static final int RECORDS = Integer.getInteger("torture.usage.records", 60);
    private static final int ATTEMPTS = 200;

    /** More than any lease and any delay before a record is tried again: what a killed process had taken is free by then. */
    private static final Duration LATER = Duration.ofMinutes(20);

    @Test
    @DisplayName("record what eight callers used, who repeat what was not answered: each use counts once")
    void nothingLostNothingTwice() throws Exception {
        try (StripeSimulator simulator = StripeSimulator.start()) {
            HostConfig config = new HostConfig(
                    Postgres.newDatabase(),
                    simulator.baseUrl(),
                    List.of("whsec_unused"),
                    WebhookMode.INLINE,
                    Duration.ZERO);
            try (Host desk = Host.idle(config);
                    Host later = Host.idle(config.later(LATER))) {
                desk.open();
                desk.billing().accounts().register(ACCOUNT, AccountProfile.empty());
                new SimulatorApi(simulator).make("/v1/customers", "metadata[billhook_account]=" + ACCOUNT);
                desk.billing().reconciler().replay();
                drain(desk);
                Instant begin = Instant.now().truncatedTo(ChronoUnit.MINUTES);

                long used = recordEverywhere(config);
                drain(later);

                Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
                UsageComparison compared = desk.billing().usage().compare(ACCOUNT, METER, begin, end);
                assertThat(compared.recorded().sent()).isEqualTo(used);
                assertThat(compared.counted()).isEqualByComparingTo(Long.toString(used));
                assertThat(desk.billing().usageOutbox().summary()).isEqualTo(UsageOutboxSummary.EMPTY);
            }
        }
    }

    private static void drain(Host host) {
        while (host.billing().runDueWork() > 0) {
            // Until nothing is due.
        }
    }

    private static long recordEverywhere(HostConfig config) throws Exception {
        AtomicLong used = new AtomicLong();
        CountDownLatch third = new CountDownLatch(THREADS * RECORDS / 3);
        CountDownLatch more = new CountDownLatch(THREADS * RECORDS * 2 / 3);
        ExecutorService callers = Executors.newFixedThreadPool(THREADS);
        try (Fleet fleet = Fleet.start(config, 2, Path.of("target/torture/usage"))) {
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < THREADS; caller++) {
                int number = caller;
                all.add(callers.submit(() -> {
                    for (int record = 0; record < RECORDS; record++) {
                        used.addAndGet(persist(fleet, number + record, 1L + record % 3, number + "-" + record));
                        third.countDown();
                        more.countDown();
                    }
                    return null;
                }));
            }
            assertThat(third.await(1, TimeUnit.MINUTES)).as("a third is done").isTrue();
            fleet.kill(0);
            assertThat(more.await(1, TimeUnit.MINUTES))
                    .as("another third is done")
                    .isTrue();
            fleet.kill(1);
            for (Future<?> each : all) {
                each.get();
            }
            fleet.awaitAll();
        } finally {
            callers.shutdownNow();
        }
        return used.get();
    }

    /** Asks one host, and the other one if that does not answer, until one says it is done. */
    private static long persist(Fleet fleet, int first, long quantity, String key) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (fleet.recordUsage((first + attempt) % 2, ACCOUNT, METER, quantity, key)) {
                return quantity;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("never answered");
    }
}
