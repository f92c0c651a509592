package dev.billhook.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.BillingSwitchedOffException;
import dev.billhook.NotFoundException;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.entitlement.AccessPolicy;
import dev.billhook.entitlement.AccessState;
import dev.billhook.entitlement.EntitlementResolver;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.grant.GrantRequest;
import dev.billhook.grant.GrantService;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.store.AccessStore;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.testing.BillingFixture;
import dev.billhook.testing.SubscriptionStates;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("D2 the catalog is replaced while the billing runs")
class CatalogReplacementTest {
    private static final Instant T = SubscriptionStates.START;
    private static final AccountRef ACCOUNT = BillingFixture.ACCOUNT;
    private static final Catalog CHAPTERS = catalog("chapters");
    private static final Catalog PLAYER = catalog("player");

    /** The fixture's plan with another feature, and a plan the fixture has not. */
    private static Catalog catalog(String feature) {
        return CatalogReader.readYaml("""
                products:
                  pro: {name: Pro, tier: 10, features: [%s]}
                  basic: {name: Basic, tier: 5}
                plans:
                  pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29.00}}}
                  basic-monthly: {product: basic, interval: month, pricing: {flat: {usd: 9.00}}}
                """.formatted(feature));
    }

    @Test
    @DisplayName("D2 C21 subscribers have what the new catalog gives them at once, also whose answer was remembered")
    void followsAtOnce() {
        try (BillingFixture host = new BillingFixture()) {
            host.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), T);
            assertThat(features(host)).containsExactly("transcripts");

            host.billing.replaceCatalog(CHAPTERS);

            assertThat(features(host)).containsExactly("chapters");
            assertThat(host.billing.catalog()).isSameAs(CHAPTERS);
        }
    }

    @Test
    @DisplayName("D2 a service the host has kept goes by the new catalog, and is the same object as before")
    void keptServices() {
        try (BillingFixture host = new BillingFixture()) {
            GrantService grants = host.billing.grants();
            GrantRequest basic = GrantRequest.ofPlan(ACCOUNT, PlanKey.of("basic-monthly"), "support", "outage");
            assertThatExceptionOfType(NotFoundException.class)
                    .isThrownBy(() -> grants.give(basic))
                    .withMessageContaining("team-monthly");

            host.billing.replaceCatalog(CHAPTERS);

            grants.give(basic);
            assertThat(host.billing.entitlements().resolve(ACCOUNT).plans())
                    .containsExactly(PlanKey.of("basic-monthly"));
            assertThat(host.billing.grants()).isSameAs(grants).isEqualTo(grants).hasSameHashCodeAs(grants);
        }
    }

    @Test
    @DisplayName("D2 with another policy what late subscribers may do follows, too; without one it stays")
    void policy() {
        try (BillingFixture host = new BillingFixture(
                builder -> builder.accessPolicy(AccessPolicy.STANDARD.withGrace(Duration.ofDays(2))))) {
            host.deliver(
                    SubscriptionStates.withStatus(
                            SubscriptionStates.active("sub_1", "pro-monthly", 1), SubscriptionStatus.PAST_DUE),
                    T);
            host.clock.advance(Duration.ofDays(3));
            assertThat(state(host)).isEqualTo(AccessState.READ_ONLY);

            host.billing.replaceCatalog(CHAPTERS);
            assertThat(state(host)).isEqualTo(AccessState.READ_ONLY);

            host.billing.replaceCatalog(PLAYER, AccessPolicy.LENIENT);
            assertThat(state(host)).isEqualTo(AccessState.GRACE);
            assertThat(features(host)).containsExactly("player");
        }
    }

    @Test
    @DisplayName(
            "D2 an answer that is being decided while the catalog is replaced goes by the old one, and is not remembered")
    void underWay() throws Exception {
        GatedStores gate = new GatedStores();
        try (BillingFixture host = new BillingFixture(gate.stores, builder -> builder)) {
            host.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), T);
            gate.closed = true;
            CompletableFuture<Set<String>> begunBefore = CompletableFuture.supplyAsync(() -> features(host));
            assertThat(gate.reached.await(10, TimeUnit.SECONDS)).isTrue();
            gate.closed = false;

            host.billing.replaceCatalog(CHAPTERS);
            gate.open.countDown();

            assertThat(begunBefore.get(10, TimeUnit.SECONDS)).containsExactly("transcripts");
            assertThat(features(host)).containsExactly("chapters");
        }
    }

    @Test
    @DisplayName(
            "D2 while many ask and the catalog is replaced again and again, every answer is of one catalog, and the next of the newest")
    void manyAsk() throws Exception {
        try (BillingFixture host = new BillingFixture()) {
            host.deliver(SubscriptionStates.active("sub_1", "pro-monthly", 1), T);
            host.billing.replaceCatalog(CHAPTERS);
            AtomicBoolean over = new AtomicBoolean();
            EntitlementResolver access = host.billing.entitlements();
            ExecutorService askers = Executors.newFixedThreadPool(4);
            Callable<Set<Set<String>>> asking = () -> {
                Set<Set<String>> seen = new HashSet<>();
                while (!over.get()) {
                    seen.add(access.resolve(ACCOUNT).features());
                }
                return seen;
            };
            List<Future<Set<Set<String>>>> seen =
                    IntStream.range(0, 4).mapToObj(i -> askers.submit(asking)).toList();

            for (int i = 0; i < 300; i++) {
                boolean even = i % 2 == 0;
                host.billing.replaceCatalog(even ? PLAYER : CHAPTERS);
                assertThat(access.resolve(ACCOUNT).features()).containsExactly(even ? "player" : "chapters");
            }
            over.set(true);

            for (Future<Set<Set<String>>> each : seen) {
                assertThat(each.get(10, TimeUnit.SECONDS)).isSubsetOf(Set.of("player"), Set.of("chapters"));
            }
            askers.shutdown();
        }
    }

    @Test
    @DisplayName("D2 events that arrive while it is replaced are taken in, and each is told once")
    void eventsGoOn() throws Exception {
        List<BillingEvent> told = new CopyOnWriteArrayList<>();
        UnaryOperator<BillingBuilder> withThreads = builder -> builder.backgroundInterval(Duration.ofMillis(5))
                .listener(BillingListener.named("counter", ListenerPhase.AFTER_COMMIT, told::add));
        int accounts = 60;
        try (BillingFixture host = new BillingFixture(withThreads)) {
            CompletableFuture<Void> delivering = CompletableFuture.runAsync(() -> IntStream.range(0, accounts)
                    .forEach(i -> {
                        AccountRef account = AccountRef.of("user", "n" + i);
                        host.billing.accounts().register(account, AccountProfile.empty());
                        host.billing
                                .webhooks()
                                .dispatch(host.provider.event(
                                        "evt_n" + i,
                                        "customer.subscription.created",
                                        T,
                                        new EventContent.State(SubscriptionStates.snapshot(
                                                SubscriptionStates.active("sub_n" + i, "pro-monthly", 1),
                                                "cus_n" + i,
                                                account))));
                    }));
            for (int i = 0; !delivering.isDone(); i++) {
                host.billing.replaceCatalog(i % 2 == 0 ? CHAPTERS : PLAYER);
            }
            delivering.get(10, TimeUnit.SECONDS);
            host.drain();
        }

        assertThat(told.stream()
                        .filter(BillingEvent.SubscriptionActivated.class::isInstance)
                        .map(BillingEvent::account)
                        .map(AccountRef::id))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, accounts).mapToObj(i -> "n" + i).toList());
    }

    @Test
    @DisplayName("D5 a billing that is switched off has nothing to replace it for, and says so")
    void off() {
        assertThatExceptionOfType(BillingSwitchedOffException.class)
                .isThrownBy(() -> Billing.off().replaceCatalog(CHAPTERS));
    }

    private static Set<String> features(BillingFixture host) {
        return host.billing.entitlements().resolve(ACCOUNT).features();
    }

    private static AccessState state(BillingFixture host) {
        return host.billing.entitlements().resolve(ACCOUNT).state();
    }

    /** Stores that, when told so, hold up who reads what access follows from. */
    private static final class GatedStores {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        volatile boolean closed;
        final BillingStores stores;

        GatedStores() {
            BillingStores real = InMemoryStores.create(ProviderScope.test());
            AccessStore gated = wrapped(AccessStore.class, real.access(), null);
            this.stores = wrapped(BillingStores.class, real, gated);
        }

        private <T> T wrapped(Class<T> type, T real, @Nullable AccessStore access) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                        if (method.getName().equals("access")) {
                            return access;
                        }
                        if (method.getName().equals("claims") && closed) {
                            reached.countDown();
                            open.await(10, TimeUnit.SECONDS);
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getTargetException();
                        }
                    }));
        }
    }
}
