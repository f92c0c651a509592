package dev.billhook.torture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.event.BillingEvent;
import dev.billhook.offer.Offer;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.torture.host.Fleet;
import dev.billhook.torture.host.Host;
import dev.billhook.torture.host.HostConfig;
import dev.billhook.torture.host.HostRows;
import dev.billhook.torture.host.Router;
import dev.billhook.torture.life.Shop;
import dev.billhook.torture.life.SimulatorApi;
import dev.billhook.webhook.WebhookMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D4 64 accounts that want one of three places at two processes on one database, one of which is killed,")
class SharedOfferTest {
    private static final int BUYERS = 64;
    private static final int THREADS = 16;
    private static final int ATTEMPTS = 200;
    private static final int ROUNDS = Integer.getInteger("torture.offer.rounds", 1);
    private static final long SEED = Long.getLong("torture.offer.seed", System.nanoTime());
    private static final PlanKey OTHER = PlanKey.of("starter-monthly");
    /** Longer than any place is held. */
    private static final Duration LATER = Duration.ofHours(1);

    private final SplittableRandom dice = new SplittableRandom(SEED);

    @Test
    @DisplayName("buy three of them, whoever pays, gives up, leaves his page open or asks a host that dies")
    void neverTooManyAndNoneLost() throws Exception {
        System.out.println("torture: offer: -Dtorture.offer.seed=" + SEED);
        for (int round = 0; round < ROUNDS; round++) {
            try (StripeSimulator simulator = Deliveries.startNow(SEED);
                    Router router = new Router()) {
                List<String> secrets = Deliveries.deliverTo(simulator, router.url(), SEED);
                sell(simulator, router, secrets);
            }
        }
    }

    private void sell(StripeSimulator simulator, Router router, List<String> secrets) throws Exception {
        SimulatorApi stripe = new SimulatorApi(simulator);
        HostConfig config =
                new HostConfig(Postgres.newDatabase(), simulator.baseUrl(), secrets, WebhookMode.INLINE, Duration.ZERO);
        try (Host desk = Host.idle(config)) {
            desk.open();
        }
        try (Fleet fleet = Fleet.start(config, 2, Path.of("target/torture/offer"))) {
            router.to(fleet);
            rush(fleet, stripe);
            assertThat(sold(stripe)).hasSizeLessThanOrEqualTo(3);
        }
        try (Fleet fleet = Fleet.start(config.later(LATER), 1, Path.of("target/torture/offer-later"))) {
            router.to(fleet);
            for (int buyer = 0; buyer < BUYERS && sold(stripe).size() < 3; buyer++) {
                Fleet.Reply page = persist(fleet, 0, account(buyer), Shop.FOUNDER);
                if (page.status() == 200) {
                    pay(stripe, page.text());
                }
            }
            assertThat(simulator.awaitDeliveries(LATER)).isTrue();
        }
        try (Host desk = Host.idle(config.later(LATER.multipliedBy(2)))) {
            judge(desk, stripe);
        }
    }

    /** Everybody at once; half-way one host is killed and comes up again. */
    private void rush(Fleet fleet, SimulatorApi stripe) throws Exception {
        CountDownLatch half = new CountDownLatch(BUYERS / 2);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> all = new ArrayList<>();
        try {
            for (int buyer = 0; buyer < BUYERS; buyer++) {
                int number = buyer;
                int mood = dice.nextInt(3);
                all.add(threads.submit(() -> {
                    buy(fleet, stripe, number, mood);
                    half.countDown();
                    return null;
                }));
            }
            assertThat(half.await(2, TimeUnit.MINUTES)).as("half of it is done").isTrue();
            fleet.kill(0);
            for (Future<?> each : all) {
                each.get();
            }
            fleet.awaitAll();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void buy(Fleet fleet, SimulatorApi stripe, int buyer, int mood) throws InterruptedException {
        Fleet.Reply page = persist(fleet, buyer, account(buyer), Shop.FOUNDER);
        if (page.status() != 200) {
            return;
        }
        switch (mood) {
            case 0 -> pay(stripe, page.text());
            case 1 -> persist(fleet, buyer, account(buyer), OTHER);
            default -> {}
        }
    }

    /** Asks one host, and the next one if that does not answer. */
    private static Fleet.Reply persist(Fleet fleet, int first, AccountRef account, PlanKey plan)
            throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Fleet.Reply reply = fleet.openCheckout((first + attempt) % fleet.size(), account, plan);
            if (reply.status() == 200 || reply.status() == 409) {
                return reply;
            }
        }
        throw new AssertionError("never answered");
    }

    private static void pay(SimulatorApi stripe, String page) {
        stripe.post(
                "/pay/" + page,
                "email=bob@example.com",
                "card_number=4242424242424242",
                "card_expiry=12/40",
                "card_cvc=123",
                "card_name=Bob");
    }

    private static List<JsonNode> sold(SimulatorApi stripe) {
        return stripe.all("/v1/subscriptions", "status=active").stream()
                .filter(each ->
                        each.at("/items/data/0/price/lookup_key").asText().equals(Shop.FOUNDER.value()))
                .toList();
    }

    private static void judge(Host desk, SimulatorApi stripe) throws Exception {
        desk.billing().reconciler().replay();
        while (desk.billing().runDueWork() > 0) {
            // Until nothing is due.
        }
        assertThat(sold(stripe)).hasSize(3);
        assertThat(desk.billing().offers().find(Shop.FOUNDER)).contains(new Offer(Shop.FOUNDER, 3, 3, 0));
        assertThat(HostRows.bookings(desk.pool()))
                .noneMatch(event -> event instanceof BillingEvent.OfferOversold)
                .filteredOn(event -> event instanceof BillingEvent.SubscriptionActivated activated
                        && activated.plans().contains(Shop.FOUNDER))
                .hasSize(3);
    }

    private static AccountRef account(int buyer) {
        return AccountRef.of("user", "buyer" + buyer);
    }
}
