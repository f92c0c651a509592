package dev.billhook.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.RequestKey;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.cli.catalog.CatalogFile;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.jdbc.BillhookSchema;
import dev.billhook.jdbc.Dialect;
import dev.billhook.jdbc.JdbcStores;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.webhook.RetryPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/** An application that runs on a database, its Stripe, and its one customer. It works only when it is told to. */
final class HostApplication implements AutoCloseable {
    static final AccountRef ADA = AccountRef.of("user", "ada");

    /** What it sells. */
    static final String CATALOG = CatalogFile.PRO_AND_TEAM
            + "  pro-lifetime: {product: pro, interval: once, pricing: {one_time: {usd: 299}}}\n"
            + "  pro-calls: {product: pro, interval: month, pricing: {metered: {meter: calls, amounts: {usd: 0.02}}}}\n";

    private final AtomicBoolean hostIsDown = new AtomicBoolean();
    private final AtomicBoolean mailIsDown = new AtomicBoolean();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<BillingEvent> mailed = new CopyOnWriteArrayList<>();
    private final StripeSimulator stripe =
            StripeSimulator.builder().runningClock().start();
    private final Billing billing;
    private final String customer;

    /** On a database without tables. */
    HostApplication(DataSource dataSource) {
        ProviderScope scope = new ProviderScope("shop", false);
        BillhookSchema.of(Dialect.detect(dataSource)).install(dataSource);
        StripePaymentProvider provider = StripePaymentProvider.of(StripeConfig.builder()
                .apiKey(stripe.apiKey())
                .scope(scope)
                .withoutWebhooks()
                .apiBase(URI.create(stripe.baseUrl()))
                .build());
        billing = Billing.builder(CatalogReader.readYaml(CATALOG), provider, JdbcStores.create(dataSource, scope))
                .retryPolicy(new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .listener(BillingListener.named("host", ListenerPhase.IN_TRANSACTION, this::hear))
                .listener(BillingListener.named("mail", ListenerPhase.AFTER_COMMIT, this::mail))
                .withoutBackgroundWork()
                .build();
        billing.catalogPublisher().apply();
        billing.accounts().register(ADA, AccountProfile.empty());
        billing.reconciler().replay();
        customer = provider.customers()
                .create(ADA, RequestKey.random())
                .value()
                .customer()
                .id();
        post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=pm_card_visa");
    }

    @Override
    public void close() {
        billing.close();
        stripe.close();
    }

    private void hear(BillingEvent event) {
        if (hostIsDown.get()) {
            throw new IllegalStateException("host is down");
        }
        heard.add(event.getClass().getSimpleName());
    }

    private void mail(BillingEvent event) {
        if (mailIsDown.get()) {
            throw new IllegalStateException("mail is down");
        }
        mailed.add(event);
    }

    StripeSimulator stripe() {
        return stripe;
    }

    Billing billing() {
        return billing;
    }

    String customer() {
        return customer;
    }

    /** Whether it fails on every event from now on. */
    void hostIsDown(boolean down) {
        hostIsDown.set(down);
    }

    /** Whether its mail fails from now on. */
    void mailIsDown(boolean down) {
        mailIsDown.set(down);
    }

    /** The kinds of the events it took in, in order. */
    List<String> heard() {
        return List.copyOf(heard);
    }

    /** What it took in so far no longer counts. */
    void forgetHeard() {
        heard.clear();
    }

    /** The events it sent mail about, in order. */
    List<BillingEvent> mailed() {
        return List.copyOf(mailed);
    }

    /** Makes its customer subscribe; it does not hear of it. Answers the subscription's id. */
    String subscribe() {
        return subscribe(customer);
    }

    /** The same for another customer. */
    String subscribe(String customer) {
        String price = send(HttpRequest.newBuilder(
                                URI.create(stripe.baseUrl() + "/v1/prices?lookup_keys%5B%5D=team-monthly"))
                        .header("Authorization", "Bearer " + stripe.apiKey())
                        .build())
                .at("/data/0/id")
                .textValue();
        return post(
                "/v1/subscriptions", "customer=" + customer + "&items[0][price]=" + price + "&items[0][quantity]=2");
    }

    /** Calls the API as any other program does; answers the document's id. */
    String post(String path, String form) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stripe.baseUrl() + path))
                .header("Authorization", "Bearer " + stripe.apiKey())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return send(request).path("id").textValue();
    }

    /** Buys at a hosted page, as its customer does; it does not hear of it. */
    void buyAt(String session) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stripe.baseUrl() + "/pay/" + session))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("email=ada@example.com&card_number=4242424242424242"
                        + "&card_expiry=12/40&card_cvc=123&card_name=Ada"))
                .build();
        assertThat(answered(request).statusCode()).isEqualTo(303);
    }

    /** Takes in what happened, as its background would. */
    void takeIn() {
        billing.reconciler().replay();
        work();
    }

    /** Does what is due. */
    void work() {
        for (int i = 0; i < 20 && billing.runDueWork() > 0; i++) {
            assertThat(i).isLessThan(19);
        }
    }

    private static JsonNode send(HttpRequest request) {
        HttpResponse<String> response = answered(request);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return ShellContract.parsed(response.body());
    }

    private static HttpResponse<String> answered(HttpRequest request) {
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
