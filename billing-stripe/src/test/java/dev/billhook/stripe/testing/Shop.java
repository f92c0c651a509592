package dev.billhook.stripe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripeConfig.Connection;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.subscription.Subscription;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * A Stripe that remembers, another program that uses it too, and a whole billing in memory that sells there, with what it told.
 * Events do not arrive by themselves: {@link #settle} takes them in.
 */
public abstract class Shop implements AutoCloseable {
    /** How often calls are repeated unless a host says otherwise. */
    static final int USUALLY = Connection.DEFAULT.maxNetworkRetries();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StripeSimulator simulator = StripeSimulator.builder()
            .startAt(Instant.parse("2027-01-10T10:00:00Z"))
            .seed(1)
            .start();
    private final OtherProgram other = new OtherProgram(simulator);
    private final BillingStores stores = InMemoryStores.create(ProviderScope.test());
    private final List<BillingEvent> events = new CopyOnWriteArrayList<>();
    private final Catalog catalog;
    private final StripePaymentProvider stripe;
    private final Billing billing;

    /**
     * @param catalog what is sold
     * @param repetitions how often a call to Stripe that fails is repeated by itself
     * @param adapt how the billing differs from the usual one
     */
    Shop(Catalog catalog, int repetitions, UnaryOperator<BillingBuilder> adapt) {
        this.catalog = catalog;
        this.stripe = provider(repetitions);
        this.billing = adapt.apply(recordedServer(catalog, stripe)).build();
        billing.catalogPublisher().apply();
        billing.reconciler().replay();
    }

    final StripePaymentProvider provider(int repetitions) {
        Connection usual = Connection.DEFAULT;
        return StripePaymentProvider.of(StripeConfig.builder()
                .apiKey(simulator.apiKey())
                .withoutWebhooks()
                .connection(new Connection(
                        URI.create(simulator.baseUrl()), usual.connectTimeout(), usual.readTimeout(), repetitions))
                .build());
    }

    /** A server of the host on the shop's database; nobody listens to what it tells. */
    final BillingBuilder server(Catalog sold, PaymentProvider provider) {
        return Billing.builder(sold, provider, stores)
                .clock(simulator.instantSource())
                .withoutBackgroundWork();
    }

    /** The same, and what it tells is remembered. */
    final BillingBuilder recordedServer(Catalog sold, PaymentProvider provider) {
        return server(sold, provider)
                .listener(BillingListener.named("recorder", ListenerPhase.IN_TRANSACTION, events::add));
    }

    final OtherProgram other() {
        return other;
    }

    final Catalog catalog() {
        return catalog;
    }

    public final StripeSimulator simulator() {
        return simulator;
    }

    public final StripePaymentProvider stripe() {
        return stripe;
    }

    public final BillingStores stores() {
        return stores;
    }

    public final Billing billing() {
        return billing;
    }

    public final Instant now() {
        return simulator.now();
    }

    /** Makes the customer of an account; tells its id. */
    final String newCustomer(AccountRef account) {
        return stripe.customers()
                .create(account, RequestKey.random())
                .value()
                .customer()
                .id();
    }

    /** Makes a test card the default of a customer; tells its id. */
    final String newCard(String customer, String card) {
        String method = other.post("/v1/payment_methods/" + card + "/attach", "customer=" + customer);
        other.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + method);
        return method;
    }

    /** What Stripe tells another program. */
    final JsonNode read(String path) {
        return json(other.get(path));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The id of the price a plan is sold at. */
    public final String price(String plan) {
        return read("/v1/prices?active=true&lookup_keys[0]=" + plan)
                .at("/data/0/id")
                .textValue();
    }

    /** A subscription as Stripe has it. */
    public final Subscription atStripe(String id) {
        return stripe.subscriptions().fetch(id).value().subscription();
    }

    /** Takes in what happened at Stripe as far as it was not an answer to a call, and does what follows from it. */
    public void settle() {
        billing.reconciler().replay();
        for (int i = 0; billing.runDueWork() > 0; i++) {
            assertThat(i).as("there is always something left to do").isLessThan(1000);
        }
    }

    /** What was told, in order. */
    public final List<BillingEvent> events() {
        return List.copyOf(events);
    }

    /** What was told of a kind, in order. */
    public final <E extends BillingEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** What was told, by the names of the events, in order. */
    public final List<String> told() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    /** The lines of a subscription as {@code plan × units}, sorted. */
    public static List<String> lines(Subscription subscription) {
        return subscription.items().stream()
                .map(item -> item.plan() + " × " + item.quantity())
                .sorted()
                .toList();
    }

    @Override
    public final void close() {
        billing.close();
        simulator.close();
    }
}
