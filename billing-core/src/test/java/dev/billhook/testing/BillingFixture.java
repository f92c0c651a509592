package dev.billhook.testing;

import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Limit;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.Product;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.spi.provider.EventContent;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.subscription.Subscription;
import dev.billhook.webhook.RetryPolicy;
import dev.billhook.webhook.WebhookOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A whole billing on a provider in memory with one registered account, and what its listeners saw. */
public final class BillingFixture implements AutoCloseable {
    public static final AccountRef ACCOUNT = AccountRef.of("user", "42");
    public static final PlanKey PRO = PlanKey.of("pro-monthly");
    public static final PlanKey TEAM = PlanKey.of("team-monthly");
    public static final PlanKey YEARLY = PlanKey.of("team-yearly");

    public final TestClock clock = new TestClock(SubscriptionStates.START);
    public final FakeProvider provider;
    public final BillingStores stores;
    public final List<BillingEvent> inTransaction = new CopyOnWriteArrayList<>();
    public final List<BillingEvent> afterCommit = new CopyOnWriteArrayList<>();
    public final Billing billing;
    private final AtomicInteger eventIds = new AtomicInteger();

    public BillingFixture() {
        this(builder -> builder);
    }

    public BillingFixture(UnaryOperator<BillingBuilder> adapt) {
        this(InMemoryStores.create(ProviderScope.test()), adapt);
    }

    public BillingFixture(BillingStores stores, UnaryOperator<BillingBuilder> adapt) {
        this.stores = stores;
        provider = new FakeProvider(stores.scope(), clock);
        billing = adapt.apply(Billing.builder(catalog(), provider, stores)
                        .clock(clock)
                        .retryPolicy(new RetryPolicy(3, Duration.ofSeconds(10), Duration.ofMinutes(1)))
                        .listener(BillingListener.named("recorder", ListenerPhase.IN_TRANSACTION, inTransaction::add))
                        .listener(BillingListener.named("mailer", ListenerPhase.AFTER_COMMIT, afterCommit::add))
                        .withoutBackgroundWork())
                .build();
        billing.accounts().register(ACCOUNT, AccountProfile.ofEmail("ada@example.com"));
    }

    /** Two tiers, "pro" alone and "team" by the seat, and an add-on to both, "support". */
    public static Catalog catalog() {
        Currency usd = Currency.getInstance("USD");
        Product pro = new Product("pro", "Pro", null, 10, Set.of("transcripts"), Map.of("episodes", Limit.of(50)));
        Product team = new Product(
                "team", "Team", null, 20, Set.of("transcripts", "roles"), Map.of("seats", Limit.perUnit(1)));
        Product support =
                new Product("support", "Support", null, Product.Kind.ADD_ON, 0, Set.of(), Set.of("phone"), Map.of());
        return Catalog.of(List.of(
                new Plan(
                        PlanKey.of("support-monthly"),
                        support,
                        BillingInterval.MONTHLY,
                        new Pricing.Flat(Map.of(usd, 500L)),
                        null,
                        UnitTerms.SINGLE),
                new Plan(
                        PRO,
                        pro,
                        BillingInterval.MONTHLY,
                        new Pricing.Flat(Map.of(usd, 2900L)),
                        null,
                        UnitTerms.SINGLE),
                new Plan(
                        TEAM,
                        team,
                        BillingInterval.MONTHLY,
                        new Pricing.PerUnit(Map.of(usd, 1200L)),
                        null,
                        new UnitTerms(1, 100L)),
                new Plan(
                        YEARLY,
                        team,
                        BillingInterval.YEARLY,
                        new Pricing.PerUnit(Map.of(usd, 12000L)),
                        null,
                        UnitTerms.ANY),
                new Plan(
                        PlanKey.of("lifetime"),
                        pro,
                        BillingInterval.ONCE,
                        new Pricing.OneTime(Map.of(usd, 29900L)),
                        null,
                        UnitTerms.SINGLE)));
    }

    /** Delivers a subscription's state as an event of the given time. */
    public WebhookOutcome deliver(Subscription state, Instant createdAt) {
        return deliver("evt_" + eventIds.incrementAndGet(), state, createdAt);
    }

    /** Delivers a subscription's state as the event of the given id. */
    public WebhookOutcome deliver(String eventId, Subscription state, Instant createdAt) {
        return deliver(
                eventId,
                "customer.subscription.updated",
                new EventContent.State(SubscriptionStates.snapshot(state, "cus_1", ACCOUNT)),
                createdAt);
    }

    public WebhookOutcome deliver(String eventId, String type, EventContent content, Instant createdAt) {
        return billing.webhooks().dispatch(provider.event(eventId, type, createdAt, content));
    }

    /** The state the provider would answer. */
    public void atProvider(Subscription state) {
        provider.put(SubscriptionStates.snapshot(state, "cus_1", ACCOUNT));
    }

    public Subscription mirrored(String id) {
        return stores.subscriptions().find(id).orElseThrow().subscription();
    }

    /** Simple names of the events the in-transaction listener saw. */
    public List<String> eventNames() {
        return inTransaction.stream()
                .map(event -> event.getClass().getSimpleName())
                .toList();
    }

    /** Does due work until nothing is due, at most twenty times. */
    public void drain() {
        int done = billing.runDueWork();
        for (int i = 0; i < 20 && done > 0; i++) {
            done = billing.runDueWork();
        }
    }

    @Override
    public void close() {
        billing.close();
    }
}
