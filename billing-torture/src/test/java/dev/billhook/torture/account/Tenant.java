package dev.billhook.torture.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.entitlement.Entitlements;
import dev.billhook.invoice.Invoice;
import dev.billhook.invoice.InvoiceQuery;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.reconcile.DriftReport;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.simulator.WebhookSpec;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.subscription.Subscription;
import dev.billhook.torture.Postgres;
import dev.billhook.torture.life.SimulatorApi;
import dev.billhook.webhook.WebhookRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A host with one account: a simulator whose events come over HTTP into a billing on PostgreSQL. */
final class Tenant implements AutoCloseable {
    static final AccountRef ACCOUNT = AccountRef.of("team", "acme");

    private static final String SECRET = "whsec_life";
    private static final String CATALOG = """
            products:
              team: {name: Team, tier: 20, limits: {seats: {per_unit: 1}, storage-gb: 50}}
              storage: {name: Storage, kind: add-on, limits: {storage-gb: {per_unit: 10}}}
              onboarding: {name: Onboarding, kind: add-on}
            plans:
              onboarding: {product: onboarding, interval: once, pricing: {one_time: {usd: 49}}}
              team-monthly:
                {product: team, interval: month, pricing: {per_unit: {usd: 12}}, trial: {days: 14}, set_up_fee: onboarding}
              team-yearly: {product: team, interval: year, pricing: {per_unit: {usd: %d}}}
              team-lifetime: {product: team, interval: once, pricing: {one_time: {usd: 2500}}}
              storage-yearly: {product: storage, interval: year, pricing: {per_unit: {usd: 20}}}
            """;

    private final StripeSimulator simulator =
            StripeSimulator.builder().startAt(day("2027-01-01")).seed(7).start();
    private final HikariDataSource pool;
    private final StripePaymentProvider stripe;
    private volatile Billing billing;
    private final HttpServer endpoint;
    private final SimulatorApi api;

    Tenant() throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(Postgres.newDatabase());
        config.setUsername("postgres");
        config.setMaximumPoolSize(4);
        pool = new HikariDataSource(config);
        BillhookSchema.of(Dialect.POSTGRESQL).install(pool);
        stripe = StripePaymentProvider.of(StripeConfig.builder()
                .apiKey(simulator.apiKey())
                .webhookSecrets(SECRET)
                .apiBase(URI.create(simulator.baseUrl()))
                .build());
        billing = selling(120);
        billing.catalogPublisher().apply();
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.createContext("/", this::take);
        endpoint.start();
        simulator.registerWebhook(
                WebhookSpec.of("http://127.0.0.1:" + endpoint.getAddress().getPort() + "/hook")
                        .withSecret(SECRET));
        api = new SimulatorApi(simulator);
        billing.accounts().register(ACCOUNT, AccountProfile.ofEmail("billing@acme.example"));
    }

    private Billing selling(int seatAYear) {
        return Billing.builder(
                        CatalogReader.readYaml(CATALOG.formatted(seatAYear)),
                        stripe,
                        JdbcStores.create(pool, ProviderScope.test()))
                .clock(simulator.instantSource())
                .retention(Duration.ofDays(3650))
                .withoutBackgroundWork()
                .build();
    }

    /** From now on seats are sold at another price by the year, in dollars; the host starts anew with another catalog file. */
    void sells(int seatAYear) {
        settle();
        billing.close();
        billing = selling(seatAYear);
        billing.catalogPublisher().apply();
        settle();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int status = billing.webhooks()
                .dispatch(new WebhookRequest(body, exchange.getRequestHeaders().getFirst("Stripe-Signature")))
                .httpStatus();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    Billing billing() {
        return billing;
    }

    static Instant day(String date) {
        return LocalDate.parse(date).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    static String dayOf(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    /** Lets time pass until midnight of a day, and everything arrive. */
    void at(String date) {
        settle();
        simulator.advanceTo(day(date));
        settle();
    }

    private void settle() {
        assertThat(simulator.awaitDeliveries(Duration.ofSeconds(20))).isTrue();
        while (billing.runDueWork() > 0) {
            // until nothing is due
        }
    }

    Checkout toCheckout(PlanKey plan, long units) {
        return billing.checkout()
                .start(CheckoutRequest.builder(
                                ACCOUNT,
                                plan,
                                URI.create("https://app.example/done"),
                                URI.create("https://app.example/no"))
                        .units(units)
                        .build());
    }

    /** Pays at the payment page, as a buyer does, and comes back. */
    void visit(Checkout checkout) {
        String session = checkout.url().getPath().replaceFirst("^.*/", "");
        api.post(
                "/pay/" + session,
                "email=billing@acme.example",
                "card_number=4242424242424242",
                "card_expiry=12 / 40",
                "card_cvc=123",
                "card_name=Acme");
        settle();
        assertThat(billing.checkout().confirmReturn(ACCOUNT).orElseThrow().status())
                .isEqualTo(CheckoutStatus.COMPLETE);
        settle();
    }

    /** Another card for everything, given at Stripe. */
    void card(String card) {
        String customer = billing.accounts().get(ACCOUNT).customerId().orElseThrow();
        String method = api.make("/v1/payment_methods/" + card + "/attach", "customer=" + customer);
        api.make("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + method);
        api.make("/v1/subscriptions/" + subscription().id(), "default_payment_method=" + method);
        settle();
    }

    Subscription subscription() {
        return billing.subscriptions().find(ACCOUNT).orElseThrow();
    }

    Entitlements access() {
        return billing.entitlements().resolve(ACCOUNT);
    }

    Invoice newest() {
        return billing.invoices()
                .list(ACCOUNT, InvoiceQuery.newest().limit(1))
                .invoices()
                .get(0);
    }

    /** The invoice made on a day. */
    Invoice invoiceOf(String date) {
        return billing.invoices().list(ACCOUNT, InvoiceQuery.newest().limit(100)).invoices().stream()
                .filter(invoice -> dayOf(invoice.dates().createdAt()).equals(date))
                .findFirst()
                .orElseThrow();
    }

    /** What Stripe paid back, in cents. */
    long refunded() {
        return api.all("/v1/refunds").stream()
                .mapToLong(refund -> refund.path("amount").longValue())
                .sum();
    }

    /** What was paid at pages that sell something once, in cents. */
    long paidOnce() {
        return api.all("/v1/checkout/sessions").stream()
                .filter(page -> "payment".equals(page.path("mode").textValue())
                        && "paid".equals(page.path("payment_status").textValue()))
                .mapToLong(page -> page.path("amount_total").longValue())
                .sum();
    }

    /** What the account has for later invoices, in cents. */
    long balance() {
        String customer = billing.accounts().get(ACCOUNT).customerId().orElseThrow();
        return -api.read("/v1/customers/" + customer).path("balance").longValue();
    }

    DriftReport drift() {
        return billing.reconciler()
                .sweep(SweepRequest.dryRun().fromTheBeginning().pause(Duration.ZERO));
    }

    @Override
    public void close() {
        billing.close();
        endpoint.stop(0);
        pool.close();
        simulator.close();
    }
}
