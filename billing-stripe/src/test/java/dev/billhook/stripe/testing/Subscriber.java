package dev.billhook.stripe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.subscription.Subscription;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * One account with a customer at a Stripe that remembers, and a whole billing in memory. Events do not arrive by themselves:
 * {@link #synced} takes them in, so that a test says when the mirror learns what.
 */
public final class Subscriber implements AutoCloseable {
    public static final AccountRef ACCOUNT = AccountRef.of("user", "42");

    private static final ObjectMapper JSON = JsonMapper.builder().build();

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
    private final Account account;

    /** Of a shop that sells the catalog. */
    public Subscriber(Catalog catalog) {
        this(catalog, builder -> builder);
    }

    /**
     * Of a shop that sells the catalog.
     *
     * @param adapt how the billing differs from the usual one
     */
    public Subscriber(Catalog catalog, UnaryOperator<BillingBuilder> adapt) {
        this.catalog = catalog;
        stripe = provider(simulator.apiKey());
        billing = adapt.apply(Billing.builder(catalog, stripe, stores)
                        .clock(simulator.instantSource())
                        .listener(BillingListener.named("recorder", ListenerPhase.IN_TRANSACTION, events::add))
                        .withoutBackgroundWork())
                .build();
        billing.catalogPublisher().apply();
        account = new Account(ACCOUNT);
    }

    private StripePaymentProvider provider(String key) {
        return StripePaymentProvider.of(StripeConfig.builder()
                .apiKey(key)
                .withoutWebhooks()
                .apiBase(URI.create(simulator.baseUrl()))
                .build());
    }

    public StripeSimulator simulator() {
        return simulator;
    }

    public StripePaymentProvider stripe() {
        return stripe;
    }

    public Billing billing() {
        return billing;
    }

    public String customer() {
        return account.customer();
    }

    /** Another server of the same host: the same key and catalog, the same database. */
    public Billing anotherServer() {
        return Billing.builder(catalog, provider(simulator.apiKey()), stores)
                .clock(simulator.instantSource())
                .listener(BillingListener.named("recorder", ListenerPhase.IN_TRANSACTION, events::add))
                .withoutBackgroundWork()
                .build();
    }

    /** Calls the API as any other program does. */
    public JsonNode post(String path, String... form) {
        return json(other.call(path, String.join("&", form)));
    }

    /** Deletes as any other program does. */
    public void delete(String path) {
        other.delete(path);
    }

    /** Asks the API as any other program does. */
    public JsonNode get(String path) {
        return json(other.get(path));
    }

    /** Makes another account with a customer and a good card. */
    public Account open(AccountRef ref) {
        return new Account(ref);
    }

    /** The account the shop began with. */
    public Account account() {
        return account;
    }

    /** See {@link Account#pay}. */
    public void pay(String card) {
        account.pay(card);
    }

    /** See {@link Account#subscribe}. */
    public Subscription subscribe(String... plans) {
        return account.subscribe(plans);
    }

    /** See {@link Account#synced}. */
    public Subscription synced() {
        return account.synced();
    }

    /** Lets time pass. */
    public Subscription after(Duration time) {
        simulator.advance(time);
        return synced();
    }

    /** Lets time pass until the next period has begun and its invoice is collected. */
    public Subscription renewed() {
        Subscription now = synced();
        simulator.advanceTo(now.periodEnd().orElseThrow().plus(Duration.ofHours(2)));
        return synced();
    }

    /** See {@link Account#invoices}. */
    public List<JsonNode> invoices() {
        return account.invoices();
    }

    /** See {@link Account#paid}. */
    public long paid() {
        return account.paid();
    }

    /** The id of the price a plan is sold at. */
    public String priceOf(String plan) {
        return get("/v1/prices?active=true&lookup_keys[0]=" + plan)
                .at("/data/0/id")
                .textValue();
    }

    /** Sells a plan at another price from now on, in dollars by the month; who has the old one keeps it. */
    public void reprice(String plan, long amount) {
        String product = get("/v1/prices/" + priceOf(plan)).path("product").textValue();
        post(
                "/v1/prices",
                "product=" + product,
                "currency=usd",
                "unit_amount=" + amount,
                "recurring[interval]=month",
                "lookup_key=" + plan,
                "transfer_lookup_key=true",
                "metadata[billhook_plan]=" + plan);
    }

    /** The id of a new tax rate. */
    public String taxRate(String percentage, boolean inclusive) {
        return post("/v1/tax_rates", "display_name=VAT", "percentage=" + percentage, "inclusive=" + inclusive)
                .path("id")
                .textValue();
    }

    /** Takes in what happened at Stripe. */
    public void settle() {
        billing.reconciler().replay();
        while (billing.runDueWork() > 0) {
            // Until nothing is due.
        }
    }

    /** What was told, by the names of the events, in their order. */
    public List<String> told() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    /** What was told of a kind. */
    public <E extends BillingEvent> List<E> told(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The customer's credit balance in minor units; negative is credit. */
    public long balance() {
        return get("/v1/customers/" + customer()).path("balance").longValue();
    }

    /** A subscription's lines as {@code key × units}. */
    public static List<String> lines(Subscription subscription) {
        return subscription.items().stream()
                .map(item -> item.plan() + " × " + item.quantity())
                .sorted()
                .toList();
    }

    /** An account with its customer. */
    public final class Account {
        private final AccountRef ref;
        private final String customer;

        private Account(AccountRef ref) {
            this.ref = ref;
            billing.accounts().register(ref, AccountProfile.empty());
            customer = stripe.customers()
                    .create(ref, RequestKey.random())
                    .value()
                    .customer()
                    .id();
            settle();
        }

        public AccountRef ref() {
            return ref;
        }

        public String customer() {
            return customer;
        }

        /** Makes a test card the customer's default. */
        public void pay(String card) {
            String method = post("/v1/payment_methods/" + card + "/attach", "customer=" + customer)
                    .path("id")
                    .textValue();
            post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + method);
        }

        /**
         * Makes the customer subscribe with a good card; plans are told as {@code key × units}, further parameters as they are.
         */
        public Subscription subscribe(String... plans) {
            pay("pm_card_visa");
            List<String> form = new ArrayList<>(List.of("customer=" + customer, "metadata[billhook_account]=" + ref));
            int item = 0;
            for (String plan : plans) {
                if (plan.contains("=")) {
                    form.add(plan);
                    continue;
                }
                String[] parts = plan.split(" × ");
                form.add("items[" + item + "][price]=" + priceOf(parts[0]));
                if (parts.length > 1) {
                    form.add("items[" + item + "][quantity]=" + parts[1]);
                }
                item++;
            }
            post("/v1/subscriptions", form.toArray(String[]::new));
            return synced();
        }

        /** Takes in what happened at Stripe; the mirror then equals Stripe. */
        public Subscription synced() {
            settle();
            Subscription mirrored = billing.subscriptions().list(ref).get(0);
            assertThat(mirrored)
                    .isEqualTo(
                            stripe.subscriptions().fetch(mirrored.id()).value().subscription());
            return mirrored;
        }

        /** The account's invoices at Stripe, newest first. */
        public List<JsonNode> invoices() {
            List<JsonNode> invoices = new ArrayList<>();
            get("/v1/invoices?limit=100&customer=" + customer).path("data").forEach(invoices::add);
            return invoices;
        }

        /** What was paid, less what was refunded, in minor units. */
        public long paid() {
            long paid = 0;
            for (JsonNode charge :
                    get("/v1/charges?limit=100&customer=" + customer).path("data")) {
                paid += charge.path("amount_captured").longValue()
                        - charge.path("amount_refunded").longValue();
            }
            return paid;
        }
    }

    @Override
    public void close() {
        billing.close();
        simulator.close();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
