package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billhook.Billing;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.entitlement.AccessState;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.OutboxSummary;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.stripe.testing.Meddling;
import dev.billhook.stripe.testing.ProCatalog;
import dev.billhook.stripe.testing.SimulatedShop;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("C5 D4 A server that stops while it ends the subscription a lifetime purchase replaces")
class InterruptedReplacementTest {
    private static final URI APP = URI.create("https://app.example/");
    private static final SweepRequest LOOK =
            SweepRequest.dryRun().fromTheBeginning().pause(Duration.ZERO);
    /** Longer than what a server took to deliver is hidden from the others. */
    private static final Duration LATER = Duration.ofMinutes(6);

    private final SimulatedShop shop = new SimulatedShop(ProCatalog.WITH_LIFETIME, builder -> builder);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private Thread server;

    /** What Stripe did last for the server. */
    private enum Last {
        PAID_BACK("credits", "issue"),
        ENDED("subscriptions", "cancel");

        private final String gateway;
        private final String method;

        Last(String gateway, String method) {
            this.gateway = gateway;
            this.method = method;
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        if (server != null) {
            server.interrupt();
            server.join();
        }
        shop.close();
    }

    /** Half a month is paid for and not used when the account buys for life; the server that hears of it stops, and writes no more. */
    private void stopAfter(Last last) throws InterruptedException {
        shop.customer(ADA, "pm_card_visa");
        shop.subscribe(ADA, "pro", 1);
        shop.advance(Duration.ofDays(15));
        shop.payAt(shop.billing()
                .checkout()
                .start(CheckoutRequest.of(ADA, PlanKey.of("lifetime"), APP, APP))
                .id());
        Billing hearing = shop.serverAt(Meddling.after(shop.stripe(), last.gateway, last.method, this::stop));
        server = new Thread(() -> {
            hearing.reconciler().replay();
            work(hearing);
        });
        server.start();
        assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private void stop() {
        stopped.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the server is gone", e);
        }
    }

    private static void work(Billing billing) {
        while (billing.runDueWork() > 0) {
            // until nothing is due
        }
    }

    private Subscription mirrored() {
        return shop.billing().subscriptions().list(ADA).get(0);
    }

    private long paidBack() {
        long sum = 0;
        for (JsonNode refund : json(shop.get("/v1/refunds")).path("data")) {
            sum += refund.path("amount").longValue();
        }
        return sum;
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private void assertReplacedOnce() {
        assertThat(mirrored().status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(mirrored()).isEqualTo(shop.atStripe(mirrored().id()));
        assertThat(paidBack()).as("16 of 31 days").isEqualTo(16_00);
        shop.settle();
        assertThat(paidBack()).isEqualTo(16_00);
        assertThat(shop.billing().outbox().summary()).isEqualTo(OutboxSummary.EMPTY);
        assertThat(shop.events(BillingEvent.SubscriptionEnded.class)).hasSize(1);
        assertThat(shop.events(BillingEvent.PurchaseMade.class)).hasSize(1);
        assertThat(shop.billing().entitlements().resolve(ADA).state()).isEqualTo(AccessState.ACTIVE);
        assertThat(shop.billing().reconciler().sweep(LOOK).drifts()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("C5 D4 another server takes over: the subscription is ended once and the money goes back once")
    void takenOver(Last last) throws InterruptedException {
        stopAfter(last);
        assertThat(mirrored().status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(paidBack()).isEqualTo(16_00);

        shop.simulator().advance(LATER);
        work(shop.billing());

        assertReplacedOnce();
    }

    @Test
    @DisplayName("C5 D4 Stripe's own event of the end comes before another server takes over")
    void toldByStripe() throws InterruptedException {
        stopAfter(Last.ENDED);

        shop.settle();

        assertThat(mirrored().status()).isEqualTo(SubscriptionStatus.CANCELED);
        shop.simulator().advance(LATER);
        work(shop.billing());
        assertReplacedOnce();
    }

    @Test
    @DisplayName("C5 D4 the sweep comes before another server takes over")
    void swept() throws InterruptedException {
        stopAfter(Last.ENDED);

        assertThat(shop.billing()
                        .reconciler()
                        .sweep(SweepRequest.repairing().pause(Duration.ZERO))
                        .counts()
                        .repaired())
                .isEqualTo(1);

        assertThat(mirrored().status()).isEqualTo(SubscriptionStatus.CANCELED);
        shop.simulator().advance(LATER);
        work(shop.billing());
        assertReplacedOnce();
    }
}
