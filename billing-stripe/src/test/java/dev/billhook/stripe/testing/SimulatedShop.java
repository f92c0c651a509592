package dev.billhook.stripe.testing;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.subscription.Subscription;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A Stripe that remembers, with a billing in memory that asks for its events instead of being told. */
public final class SimulatedShop implements AutoCloseable {
    public static final AccountRef ADA = AccountRef.of("user", "ada");
    public static final AccountRef BOB = AccountRef.of("user", "bob");

    private static final Instant START = Instant.parse("2027-01-10T10:00:00Z");

    private final StripeSimulator simulator =
            StripeSimulator.builder().startAt(START).seed(1).start();
    private final OtherProgram other = new OtherProgram(simulator);
    private final StripePaymentProvider stripe = StripePaymentProvider.of(StripeConfig.builder()
            .apiKey(simulator.apiKey())
            .withoutWebhooks()
            .connection(new StripeConfig.Connection(
                    URI.create(simulator.baseUrl()), Duration.ofSeconds(10), Duration.ofSeconds(30), 0))
            .build());
    private final BillingStores stores = InMemoryStores.create(ProviderScope.test());
    private final List<BillingEvent> events = new CopyOnWriteArrayList<>();
    private final Map<AccountRef, String> customers = new HashMap<>();
    private final Catalog catalog;
    private final Billing billing;

    /**
     * @param catalog what is sold
     * @param adapt how the billing is set up
     */
    public SimulatedShop(String catalog, UnaryOperator<BillingBuilder> adapt) {
        this.catalog = CatalogReader.readYaml(catalog);
        this.billing = server(adapt);
        billing.catalogPublisher().apply();
        billing.reconciler().replay();
    }

    /** Another server of the same host: another billing on the same database. */
    public Billing server(UnaryOperator<BillingBuilder> adapt) {
        return server(catalog, adapt);
    }

    /** Another server of the same host, with another catalog file. */
    public Billing serverOf(String otherCatalog) {
        return server(CatalogReader.readYaml(otherCatalog), builder -> builder);
    }

    private Billing server(Catalog sold, UnaryOperator<BillingBuilder> adapt) {
        return adapt.apply(Billing.builder(sold, stripe, stores)
                        .clock(simulator.instantSource())
                        .retention(Duration.ofDays(3650))
                        .listener(BillingListener.named("recorder", ListenerPhase.IN_TRANSACTION, events::add))
                        .withoutBackgroundWork())
                .build();
    }

    public Billing billing() {
        return billing;
    }

    public StripeSimulator simulator() {
        return simulator;
    }

    public StripePaymentProvider stripe() {
        return stripe;
    }

    public BillingStores stores() {
        return stores;
    }

    public Instant now() {
        return simulator.instantSource().instant();
    }

    /** Registers the account with its e-mail address and makes its customer, with a card if one is named. */
    public String customer(AccountRef account, String... cards) {
        billing.accounts().register(account, AccountProfile.ofEmail(account.id() + "@example.com"));
        String id = stripe.customers()
                .create(account, RequestKey.random())
                .value()
                .customer()
                .id();
        customers.put(account, id);
        for (String card : cards) {
            pay(account, card);
        }
        settle();
        return id;
    }

    /** The id of the account's customer. */
    public String customerOf(AccountRef account) {
        return customers.get(account);
    }

    /** Gives the account's customer a card to pay with. */
    public void pay(AccountRef account, String card) {
        String customer = customers.get(account);
        String method = other.post("/v1/payment_methods/" + card + "/attach", "customer=" + customer);
        other.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + method);
    }

    /** Pays at a hosted page; answers whether the page took it. */
    public boolean payAt(String sessionId) {
        return other.leaveCard(sessionId, "4242424242424242") == 303;
    }

    /** Subscribes the account at Stripe to so many units of a plan; the rest of the form may ask for more. */
    public Subscription subscribe(AccountRef account, String plan, long units, String... form) {
        other.post(
                "/v1/subscriptions",
                "customer=" + customers.get(account) + "&metadata[billhook_account]=" + account
                        + "&items[0][price]=" + price(plan) + "&items[0][quantity]=" + units
                        + (form.length == 0 ? "" : "&" + String.join("&", form)));
        return synced(account);
    }

    /** What another program does at Stripe; answers the id of what it is told. */
    public String post(String path, String form) {
        return other.post(path, form);
    }

    /** What another program is told by Stripe. */
    public String get(String path) {
        return other.get(path);
    }

    /** The id of the plan's present price. */
    public String price(String plan) {
        String found = other.get("/v1/prices?active=true&lookup_keys[0]=" + plan);
        return found.replaceFirst("(?s).*\"id\"\\s*:\\s*\"(price_[^\"]+)\".*", "$1");
    }

    /** Takes in what happened at Stripe, and does what follows from it. */
    public void settle() {
        billing.reconciler().replay();
        for (int i = 0;
                billing.runDueWork() > 0 || billing.reconciler().replay().missed() > 0;
                i++) {
            assertThat(i).as("there is always something left to do").isLessThan(1000);
        }
    }

    /** The account's main subscription when all is settled: the same here and there. */
    public Subscription synced(AccountRef account) {
        settle();
        Subscription mirrored = billing.subscriptions().find(account).orElseThrow();
        assertThat(mirrored).isEqualTo(atStripe(mirrored.id()));
        return mirrored;
    }

    /** A subscription as Stripe has it. */
    public Subscription atStripe(String id) {
        return stripe.subscriptions().fetch(id).value().subscription();
    }

    /** Lets time pass, and takes in what happened. */
    public void advance(Duration time) {
        simulator.advance(time);
        settle();
    }

    /** Lets time pass until then, and takes in what happened. */
    public void advanceTo(Instant time) {
        simulator.advanceTo(time);
        settle();
    }

    /** What was told, in order. */
    public List<BillingEvent> events() {
        return List.copyOf(events);
    }

    /** The events of a kind that were told, in order. */
    public <E extends BillingEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** All that was paid so far, in minor units. */
    public long paid() {
        return events(BillingEvent.InvoicePaid.class).stream()
                .mapToLong(event -> event.amountPaid().minorUnits())
                .sum();
    }

    /** The lines of a subscription as {@code plan × units}, sorted. */
    public static List<String> lines(Subscription subscription) {
        return subscription.items().stream()
                .map(item -> item.plan() + " × " + item.quantity())
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        billing.close();
        simulator.close();
    }
}
