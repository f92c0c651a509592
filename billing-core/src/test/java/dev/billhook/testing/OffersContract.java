package dev.billhook.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.Billing;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.offer.Offer;
import dev.billhook.offer.SoldOutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every billing does with limited plans, whatever its stores are: several servers on one database sell no place twice. */
public abstract class OffersContract extends BillingContract {
    private static final int PLACES = 3;
    private static final int BUYERS = 64;
    private static final int THREADS = 10;
    private static final int SERVERS = 4;
    private static final PlanKey PRO = BillingFixture.PRO;
    private static final URI APP = URI.create("https://app.example/");

    private final List<Billing> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @BeforeEach
    void openServers() {
        Catalog catalog = Catalog.of(BillingFixture.catalog().plans().stream()
                .map(plan -> plan.key().equals(PRO) ? plan.limitedTo(Plan.Limited.of(PLACES)) : plan)
                .toList());
        for (int i = 0; i < SERVERS; i++) {
            servers.add(Billing.builder(catalog, fixture.provider, fixture.stores)
                    .clock(fixture.clock)
                    .withoutBackgroundWork()
                    .build());
        }
    }

    @AfterEach
    void closeServers() {
        threads.shutdownNow();
        servers.forEach(Billing::close);
    }

    @Test
    @DisplayName(
            "D4 of 64 accounts that buy at once at four servers three get a place, and nobody ever reads of a fourth")
    void soldOnce() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Future<Long> most = threads.submit(() -> {
            long seen = 0;
            while (!over.get()) {
                Offer offer = offer();
                seen = Math.max(seen, offer.taken() + offer.held());
            }
            return seen;
        });

        int bought = all(this::buy);
        over.set(true);

        assertThat(bought).isEqualTo(PLACES);
        assertThat(most.get()).isLessThanOrEqualTo(PLACES);
        assertThat(offer()).isEqualTo(new Offer(PRO, PLACES, PLACES, 0));
    }

    @Test
    @DisplayName(
            "D4 places whose pages were paid without anybody's hearing of it, or left open, are looked at by those who come next")
    void lookedAt() throws Exception {
        List<Checkout> first = new ArrayList<>();
        for (int buyer = 0; buyer < PLACES; buyer++) {
            first.add(open(buyer));
        }
        Checkout paid = first.get(1);
        pay(paid, 1);
        fixture.clock.advance(Duration.ofHours(1));
        assertThat(offer()).isEqualTo(new Offer(PRO, PLACES, 0, 0));

        int bought = all(buyer -> buyer >= PLACES && buy(buyer));

        assertThat(bought).isEqualTo(PLACES - 1);
        assertThat(offer()).isEqualTo(new Offer(PRO, PLACES, PLACES, 0));
        assertThat(fixture.provider.openPages()).isZero();
    }

    @Test
    @DisplayName("D4 a page that is open longer than its place was held is not used again, but closed")
    void staleOwnPage() throws Exception {
        Checkout first = open(0);
        fixture.clock.advance(Duration.ofHours(1));

        assertThat(all(buyer -> buyer > 0 && buyer <= PLACES - 1 && buy(buyer))).isEqualTo(PLACES - 1);
        assertThat(open(0).id()).isNotEqualTo(first.id());
        fixture.clock.advance(Duration.ofHours(1));
        assertThat(buy(PLACES)).isTrue();

        assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> open(0));
        assertThat(fixture.provider.openPages()).isZero();
    }

    @Test
    @DisplayName("D4 whose money takes days keeps his place meanwhile, and gives it up when it does not come")
    void moneyOnItsWay() throws Exception {
        Checkout slow = open(0);
        open(1);
        fixture.provider.finish(slow.id(), CheckoutStatus.PENDING, null);
        server(0).checkout().confirmReturn(account(0));
        fixture.clock.advance(Duration.ofDays(3));

        assertThat(offer()).isEqualTo(new Offer(PRO, PLACES, 0, 1));
        assertThat(all(buyer -> buyer > 0 && buy(buyer))).isEqualTo(PLACES - 1);

        fixture.clock.advance(Duration.ofDays(12));
        assertThatExceptionOfType(SoldOutException.class).isThrownBy(() -> open(BUYERS));
        assertThat(offer().held()).isEqualTo(1);

        fixture.provider.finish(slow.id(), CheckoutStatus.EXPIRED, null);
        server(0).checkout().confirmReturn(account(0));

        assertThat(offer().remaining()).isEqualTo(1);
        assertThat(buy(BUYERS)).isTrue();
    }

    /** How many of the buyers get what they try, all at once. */
    private int all(Attempt attempt) throws Exception {
        List<Callable<Boolean>> attempts = new ArrayList<>();
        for (int buyer = 0; buyer < BUYERS; buyer++) {
            int number = buyer;
            attempts.add(() -> attempt.by(number));
        }
        int done = 0;
        for (Future<Boolean> each : threads.invokeAll(attempts)) {
            done += each.get() ? 1 : 0;
        }
        return done;
    }

    private interface Attempt {
        boolean by(int buyer);
    }

    private boolean buy(int buyer) {
        try {
            pay(open(buyer), buyer);
            server(buyer + 1).checkout().confirmReturn(account(buyer));
            return true;
        } catch (SoldOutException e) {
            return false;
        }
    }

    private Checkout open(int buyer) {
        server(buyer).accounts().register(account(buyer), AccountProfile.empty());
        return server(buyer).checkout().start(CheckoutRequest.of(account(buyer), PRO, APP, APP));
    }

    private void pay(Checkout page, int buyer) {
        String id = "sub_" + buyer;
        String customer =
                server(buyer).accounts().get(account(buyer)).customerId().orElseThrow();
        fixture.provider.put(
                SubscriptionStates.snapshot(SubscriptionStates.active(id, PRO.value(), 1), customer, account(buyer)));
        fixture.provider.finish(page.id(), CheckoutStatus.COMPLETE, id);
    }

    private Offer offer() {
        return servers.get(0).offers().find(PRO).orElseThrow();
    }

    private Billing server(int number) {
        return servers.get(number % SERVERS);
    }

    private static AccountRef account(int buyer) {
        return AccountRef.of("user", "buyer" + buyer);
    }
}
