package dev.billhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.Billing;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.event.BillingEvent;
import dev.billhook.offer.Offer;
import dev.billhook.offer.SoldOutException;
import dev.billhook.stripe.testing.SimulatedShop;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("D4 64 accounts that want one of three places")
class OfferRushTest {
    private static final int BUYERS = 64;
    private static final PlanKey FOUNDER = PlanKey.of("founder");
    private static final PlanKey PRO = PlanKey.of("pro");
    private static final URI APP = URI.create("https://app.example/");

    /** What a buyer does at the page. */
    private enum Mood {
        PAY,
        TAKE_ANOTHER_PLAN,
        LEAVE_IT_OPEN
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    @DisplayName(
            "D4 open, pay, change their mind or go away at once on several servers: three buy it, and what remains is right at every step")
    void rush(long seed) throws Exception {
        SplittableRandom dice = new SplittableRandom(seed);
        try (SimulatedShop shop = new SimulatedShop("""
                products: {pro: {name: Pro, tier: 20}}
                plans:
                  pro: {product: pro, interval: month, pricing: {flat: {usd: 29}}}
                  founder: {product: pro, interval: month, pricing: {flat: {usd: 9}}, limited: {places: 3}}
                """, builder -> builder)) {
            List<Billing> servers = List.of(shop.billing(), shop.server(builder -> builder), shop.server(b -> b));
            List<Integer> waiting = new ArrayList<>();
            for (int buyer = 0; buyer < BUYERS; buyer++) {
                waiting.add(buyer);
            }
            while (!waiting.isEmpty() && offer(shop).taken() < 3) {
                List<Integer> refused = wave(shop, servers, waiting, dice);
                assertThat(offer(shop).taken() + offer(shop).held()).isLessThanOrEqualTo(3);
                shop.settle();
                assertThat(refused).as("somebody gets on with it").hasSizeLessThan(waiting.size());
                waiting = refused;
                shop.simulator().advance(Duration.ofMinutes(38));
                if (dice.nextBoolean()) {
                    shop.settle();
                }
                assertThat(offer(shop).held()).isZero();
            }
            shop.settle();

            Offer end = offer(shop);
            assertThat(end.taken()).isEqualTo(subscribers(shop)).isLessThanOrEqualTo(3);
            assertThat(end.taken() == 3 || waiting.isEmpty()).isTrue();
            assertThat(end.remaining()).isEqualTo(3 - end.taken());
            assertThat(shop.events(BillingEvent.OfferOversold.class)).isEmpty();
        }
    }

    /** All who wait try at once, each at some server; answers who found it sold out. */
    private static List<Integer> wave(
            SimulatedShop shop, List<Billing> servers, List<Integer> waiting, SplittableRandom dice) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(12);
        List<Callable<Optional<Integer>>> visits = new ArrayList<>();
        for (int buyer : waiting) {
            Billing server = servers.get(dice.nextInt(servers.size()));
            Mood mood = Mood.values()[dice.nextInt(Mood.values().length)];
            visits.add(() -> visit(shop, server, buyer, mood) ? Optional.empty() : Optional.of(buyer));
        }
        try {
            List<Integer> refused = new ArrayList<>();
            for (Future<Optional<Integer>> visit : threads.invokeAll(visits)) {
                visit.get().ifPresent(refused::add);
            }
            return refused;
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean visit(SimulatedShop shop, Billing server, int buyer, Mood mood) {
        AccountRef account = AccountRef.of("user", "buyer" + buyer);
        server.accounts().register(account, AccountProfile.empty());
        try {
            Checkout page = server.checkout().start(CheckoutRequest.of(account, FOUNDER, APP, APP));
            switch (mood) {
                case PAY -> assertThat(shop.payAt(page.id())).isTrue();
                case TAKE_ANOTHER_PLAN -> server.checkout().start(CheckoutRequest.of(account, PRO, APP, APP));
                case LEAVE_IT_OPEN -> {}
            }
            return true;
        } catch (SoldOutException e) {
            return false;
        }
    }

    private static Offer offer(SimulatedShop shop) {
        return shop.billing().offers().find(FOUNDER).orElseThrow();
    }

    /** As Stripe counts them. */
    private static long subscribers(SimulatedShop shop) {
        String all = shop.get("/v1/subscriptions?limit=100&price=" + shop.price(FOUNDER.value()));
        return all.split("\"object\"\\s*:\\s*\"subscription\"", -1).length - 1;
    }
}
