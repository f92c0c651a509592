package dev.billhook.stripe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.reconcile.Drift;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.provider.discount.DiscountGateway;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.subscription.Subscription;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A billing of a catalog file with one buyer, at a Stripe that remembers. What it did not do by itself it takes in by {@link #sync}. */
public final class OneBuyer implements AutoCloseable {
    public static final AccountRef BUYER = AccountRef.of("user", "42");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StripeSimulator simulator = StripeSimulator.builder()
            .startAt(Instant.parse("2027-01-10T10:00:00Z"))
            .seed(1)
            .start();
    private final OtherProgram other = new OtherProgram(simulator);
    private final List<BillingEvent> events = new CopyOnWriteArrayList<>();
    private final BillingStores stores = InMemoryStores.create(ProviderScope.test());
    private final Map<String, String> notes = new HashMap<>();
    private final Catalog catalog;
    private final StripePaymentProvider stripe;
    private final Billing billing;
    private final String customer;

    public OneBuyer(String catalog) {
        this(catalog, builder -> builder);
    }

    /**
     * @param settings further settings of the billing
     */
    public OneBuyer(String catalog, UnaryOperator<BillingBuilder> settings) {
        stripe = provider(2);
        this.catalog = CatalogReader.readYaml(catalog);
        billing = settings.apply(builder(stripe)
                        .listener(BillingListener.named("recorder", ListenerPhase.IN_TRANSACTION, events::add)))
                .build();
        billing.catalogPublisher().apply();
        billing.reconciler().replay();
        customer = register(BUYER);
    }

    private StripePaymentProvider provider(int repetitions) {
        URI base = URI.create(simulator.baseUrl());
        return StripePaymentProvider.of(StripeConfig.builder()
                .apiKey(simulator.apiKey())
                .withoutWebhooks()
                .connection(
                        new StripeConfig.Connection(base, Duration.ofSeconds(10), Duration.ofSeconds(30), repetitions))
                .build());
    }

    /** Another server of the same shop that repeats no call by itself, so that every fault is seen. */
    public Billing impatient() {
        return builder(provider(0)).build();
    }

    private BillingBuilder builder(PaymentProvider provider) {
        return builder(provider, catalog);
    }

    private BillingBuilder builder(PaymentProvider provider, Catalog sold) {
        return Billing.builder(sold, provider, stores)
                .clock(simulator.instantSource())
                .withoutBackgroundWork();
    }

    /** Another server of the same shop; something happens there just before a method of the gateway of discounts is carried out. */
    public Billing serverWhere(String method, Runnable happens) {
        DiscountGateway discounts = proxy(DiscountGateway.class, (self, called, args) -> {
            if (called.getName().equals(method)) {
                happens.run();
            }
            return forward(stripe.discounts(), called, args);
        });
        PaymentProvider provider = proxy(
                PaymentProvider.class,
                (self, called, args) ->
                        called.getName().equals("discounts") ? discounts : forward(stripe, called, args));
        return builder(provider).build();
    }

    /** Another server of the same shop, with another catalog file. */
    public Billing serverOf(String otherCatalog) {
        return builder(stripe, CatalogReader.readYaml(otherCatalog)).build();
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object forward(Object target, Method called, Object[] args) throws Throwable {
        try {
            return called.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Makes an account known, here and at Stripe. */
    public String register(AccountRef account) {
        billing.accounts().register(account, AccountProfile.empty());
        String id = stripe.customers()
                .create(account, RequestKey.random())
                .value()
                .customer()
                .id();
        sync();
        return id;
    }

    public StripeSimulator simulator() {
        return simulator;
    }

    public Billing billing() {
        return billing;
    }

    public StripePaymentProvider stripe() {
        return stripe;
    }

    /** The buyer's id at Stripe. */
    public String customer() {
        return customer;
    }

    /** Calls the API as another program; tells the id of what it made. */
    public String post(String path, String form) {
        return other.post(path, form);
    }

    /** What the API tells another program. */
    public JsonNode get(String path) {
        try {
            return JSON.readTree(other.get(path));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Gives the buyer another card to pay with; tells its id. */
    public String pay(String card) {
        String method = post("/v1/payment_methods/" + card + "/attach", "customer=" + customer);
        post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + method);
        return method;
    }

    /** A subscription of the buyer's, made by another program. */
    public Subscription subscribe(String plan, String more) {
        String id = post(
                "/v1/subscriptions",
                "customer=" + customer + "&metadata[billhook_account]=" + BUYER + "&items[0][price]=" + price(plan)
                        + more);
        sync();
        return stored(id);
    }

    /** The price a plan is sold at. */
    public String price(String plan) {
        return get("/v1/prices?active=true&lookup_keys[0]=" + plan)
                .at("/data/0/id")
                .textValue();
    }

    /** The product a plan is of. */
    public String product(String plan) {
        return get("/v1/prices/" + price(plan)).path("product").textValue();
    }

    /** The subscription as mirrored. */
    public Subscription stored(String id) {
        return billing.subscriptions().list(BUYER).stream()
                .filter(subscription -> subscription.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Takes in what happened at Stripe as far as it was not an answer to a call; then the mirror is as Stripe is. */
    public void sync() {
        billing.reconciler().replay();
        for (int i = 0; i < 50 && billing.runDueWork() > 0; i++) {
            assertThat(i).as("there is always something left to do").isLessThan(49);
        }
        billing.subscriptions()
                .list(BUYER)
                .forEach(each -> assertThat(each)
                        .isEqualTo(
                                stripe.subscriptions().fetch(each.id()).value().subscription()));
    }

    /** What was found out once, for steps that are repeated. */
    public String once(String name, Supplier<String> ask) {
        return notes.computeIfAbsent(name, n -> ask.get());
    }

    /** How the mirror differs from Stripe. */
    public List<Drift> drifts() {
        return billing.reconciler()
                .sweep(SweepRequest.dryRun().fromTheBeginning().pause(Duration.ZERO))
                .drifts();
    }

    /** Lets time pass, and takes in what happened. */
    public void advanceTo(Instant time) {
        simulator.advanceTo(time);
        sync();
    }

    /** What was told, of these kinds. */
    public <E extends BillingEvent> List<E> told(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() {
        billing.close();
        simulator.close();
    }
}
