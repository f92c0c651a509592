package dev.billhook.stripe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.event.OutboxEntry;
import dev.billhook.reconcile.DriftReport;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.simulator.WebhookSpec;
import dev.billhook.spi.store.BillingStores;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.spi.store.MirroredSubscription;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.webhook.InboxEvent;
import dev.billhook.webhook.InboxQuery;
import dev.billhook.webhook.WebhookRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A Stripe that remembers, whose events go over HTTP into a whole billing in memory, and what that told. */
public final class MirroredShop implements AutoCloseable {
    public static final AccountRef ADA = AccountRef.of("user", "ada");
    public static final AccountRef BOB = AccountRef.of("user", "bob");

    /** Where Checkout sends buyers who have paid. */
    public static final URI SUCCESS = URI.create("https://app.example/return");

    /** Where Checkout sends those who have not. */
    public static final URI CANCEL = URI.create("https://app.example/plans");

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SECRET = "whsec_mirrored";

    private final StripeSimulator simulator = StripeSimulator.builder()
            .startAt(Instant.parse("2027-01-10T10:00:00Z"))
            .seed(1)
            .start();
    private final OtherProgram other = new OtherProgram(simulator);
    private final BillingStores stores = InMemoryStores.create(ProviderScope.test());
    private final List<BillingEvent> told = new CopyOnWriteArrayList<>();
    private final StripePaymentProvider stripe;
    private final Billing billing;
    private final HttpServer endpoint;

    /** A shop that knows these accounts, each by its name and e-mail address. */
    public static MirroredShop of(AccountRef... accounts) {
        MirroredShop shop = new MirroredShop(webhook -> webhook);
        shop.register(accounts);
        return shop;
    }

    /**
     * @param adapt how the events are to be delivered
     */
    public MirroredShop(UnaryOperator<WebhookSpec> adapt) {
        this(adapt, builder -> builder);
    }

    /**
     * A shop that sells more, or has other policies.
     *
     * @param adapt how the events are to be delivered
     * @param more what is set besides
     * @param extra plans that are sold besides
     */
    public MirroredShop(UnaryOperator<WebhookSpec> adapt, UnaryOperator<BillingBuilder> more, Plan... extra) {
        stripe = StripePaymentProvider.of(StripeConfig.builder()
                .apiKey(simulator.apiKey())
                .webhookSecrets(SECRET)
                .apiBase(URI.create(simulator.baseUrl()))
                .build());
        BillingBuilder builder = Billing.builder(catalog(extra), stripe, stores)
                .clock(simulator.instantSource())
                .retention(Duration.ofDays(3650))
                .listener(BillingListener.named("recorder", ListenerPhase.IN_TRANSACTION, told::add))
                .withoutBackgroundWork();
        billing = more.apply(builder).build();
        billing.catalogPublisher().apply();
        try {
            endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        endpoint.createContext("/", this::take);
        endpoint.start();
        String url = "http://127.0.0.1:" + endpoint.getAddress().getPort() + "/hook";
        simulator.registerWebhook(adapt.apply(WebhookSpec.of(url).withSecret(SECRET)));
    }

    private static Catalog catalog(Plan... extra) {
        List<Plan> plans = new ArrayList<>(List.of(
                Plans.flat(null),
                Plans.lifetime(),
                new Plan(
                        PlanKey.of("team-monthly"),
                        Plans.PRO,
                        BillingInterval.MONTHLY,
                        new Pricing.PerUnit(Map.of(Plans.USD, 1200L)),
                        null,
                        UnitTerms.ANY)));
        plans.addAll(Arrays.asList(extra));
        return Catalog.of(plans);
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = billing.webhooks()
                .dispatch(new WebhookRequest(body, exchange.getRequestHeaders().getFirst("Stripe-Signature")))
                .httpStatus();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
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

    /** Calls the API as any other program does, and lets the events arrive. */
    public JsonNode post(String path, String... form) {
        return post(path, 200, form);
    }

    /** The same for a call that is answered with this status. */
    public JsonNode post(String path, int status, String... form) {
        String encoded = Arrays.stream(form).map(MirroredShop::encoded).collect(Collectors.joining("&"));
        String answer = other.call(path, encoded, status);
        settle();
        return Shop.json(answer);
    }

    public JsonNode get(String path) {
        return Shop.json(other.get(path));
    }

    public void delete(String path) {
        other.delete(path);
        settle();
    }

    /** Lets time pass, and the events arrive. */
    public void advance(Duration time) {
        simulator.advance(time);
        settle();
    }

    /** Pays at a hosted page, and lets the events arrive. */
    public void pay(String sessionId) {
        leaveCard(sessionId, "4242424242424242");
        settle();
    }

    /** Enters a card at a hosted page. */
    public void leaveCard(String sessionId, String number) {
        assertThat(other.leaveCard(sessionId, number)).isEqualTo(303);
    }

    /** Pays at a hosted page from a bank account, whose bank answers after four days. */
    public void payLater(String sessionId, String number) {
        assertThat(other.leaveBankAccount(sessionId, number)).isEqualTo(303);
        settle();
    }

    /** Registers accounts by their names and e-mail addresses. */
    public void register(AccountRef... accounts) {
        for (AccountRef account : accounts) {
            String name = account.id().substring(0, 1).toUpperCase(Locale.ROOT)
                    + account.id().substring(1);
            billing.accounts().register(account, new AccountProfile(account.id() + "@example.com", name));
        }
    }

    /** Sends the account to Checkout to buy a plan. */
    public Checkout visit(AccountRef account, PlanKey plan) {
        return billing.checkout().start(CheckoutRequest.of(account, plan, SUCCESS, CANCEL));
    }

    /** Opens a page for the lifetime plan, which sells a sticker. */
    public String stickerPage(String customer) {
        return post(
                        "/v1/checkout/sessions",
                        "mode=payment",
                        "customer=" + customer,
                        "metadata[billhook_plan]=lifetime",
                        "success_url=https://shop.example/back",
                        "line_items[0][price_data][currency]=usd",
                        "line_items[0][price_data][unit_amount]=100",
                        "line_items[0][price_data][product_data][name]=Sticker",
                        "line_items[0][quantity]=1")
                .path("id")
                .textValue();
    }

    /** Registers the account and makes its customer, with a card if one is named. */
    public String customer(AccountRef account, String... card) {
        billing.accounts().register(account, AccountProfile.empty());
        String id = post("/v1/customers", "metadata[billhook_account]=" + account)
                .path("id")
                .textValue();
        for (String each : card) {
            post("/v1/customers/" + id, "invoice_settings[default_payment_method]=" + each);
        }
        return id;
    }

    /** Charges the customer by a card from now on, and has it subscribe to three units of a plan. */
    public void subscribe(String customer) {
        String card = post("/v1/payment_methods/pm_card_visa/attach", "customer=" + customer)
                .path("id")
                .textValue();
        post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + card);
        post(
                "/v1/subscriptions",
                "customer=" + customer,
                "items[0][price]=" + priceOf("team-monthly"),
                "items[0][quantity]=3");
    }

    public String priceOf(String plan) {
        return get("/v1/prices?lookup_keys%5B%5D=" + plan).at("/data/0/id").textValue();
    }

    /** Waits until everything has arrived, and does what is due. */
    public void settle() {
        assertThat(simulator.awaitDeliveries(SOON)).isTrue();
        for (int i = 0; i < 50 && billing.runDueWork() > 0; i++) {
            assertThat(i).as("there is always something left to do").isLessThan(49);
        }
    }

    /** What was told, without ids and times of the telling and without addresses; in no order: events overtake each other. */
    public List<String> told() {
        return told.stream()
                .map(event -> event.account() + " "
                        + event.toString()
                                .replace("meta=" + event.meta() + ", ", "")
                                .replace("meta=" + event.meta(), "")
                                .replace(simulator.baseUrl(), ""))
                .sorted()
                .toList();
    }

    /** How often each kind of event was told to the account. */
    public Map<String, Long> kinds(AccountRef account) {
        return told.stream()
                .filter(event -> event.account().equals(account))
                .collect(Collectors.groupingBy(event -> event.getClass().getSimpleName(), Collectors.counting()));
    }

    /** Delivers what was told of this kind to a listener again, as after a crash before the delivery was noted. */
    public void deliverAgain(Class<? extends BillingEvent> kind, String listener) {
        stores.outbox()
                .append(told.stream()
                        .filter(kind::isInstance)
                        .map(event ->
                                new OutboxEntry(event, listener, OutboxEntry.Status.PENDING, 0, simulator.now(), null))
                        .toList());
        settle();
    }

    /** All subscriptions of the mirror, as the host sees them. */
    public List<String> mirror() {
        return stores.subscriptions().scan(null, null, 1000).stream()
                .map(MirroredSubscription::subscription)
                .map(Object::toString)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** Everything that came in. */
    public List<InboxEvent> received() {
        return billing.inbox().list(InboxQuery.all().limit(1000));
    }

    /** How the mirror differs from Stripe. */
    public DriftReport drift() {
        return billing.reconciler()
                .sweep(SweepRequest.dryRun().fromTheBeginning().pause(Duration.ZERO));
    }

    @Override
    public void close() {
        billing.close();
        endpoint.stop(0);
        simulator.close();
    }

    private static String encoded(String param) {
        int end = param.indexOf('=');
        return URLEncoder.encode(param.substring(0, end), StandardCharsets.UTF_8)
                + "="
                + URLEncoder.encode(param.substring(end + 1), StandardCharsets.UTF_8);
    }
}
