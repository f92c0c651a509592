package dev.billhook.stripe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.Billing;
import dev.billhook.ProviderScope;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.account.BillingAccount;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.event.BillingEvent;
import dev.billhook.event.BillingListener;
import dev.billhook.event.ListenerPhase;
import dev.billhook.simulator.StripeSimulator;
import dev.billhook.spi.store.InMemoryStores;
import dev.billhook.stripe.StripeConfig;
import dev.billhook.stripe.StripePaymentProvider;
import dev.billhook.subscription.Subscription;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Stripe that remembers, a whole billing in memory that sells three tiers and an add-on in three currencies, and its accounts. */
public final class Storefront implements AutoCloseable {
    public static final AccountRef ADA = AccountRef.of("user", "ada");
    public static final AccountRef BOB = AccountRef.of("user", "bob");
    private static final Catalog CATALOG = CatalogReader.readYaml("""
            products:
              hobby: {name: Hobby, tier: 10}
              pro: {name: Pro, tier: 20}
              team: {name: Team, tier: 30}
              storage: {name: Storage, kind: add-on}
            plans:
              hobby-monthly: {product: hobby, interval: month, pricing: {flat: {usd: 9}}}
              pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29, jpy: 3000, kwd: "9.120"}}}
              pro-yearly: {product: pro, interval: year, pricing: {flat: {usd: 290}}}
              team-monthly: {product: team, interval: month, pricing: {per_unit: {usd: 12, jpy: 1200, kwd: "4.010"}}}
              storage-monthly: {product: storage, interval: month, pricing: {per_unit: {usd: 5}}}
            """);

    private final StripeSimulator simulator = StripeSimulator.builder()
            .startAt(Instant.parse("2027-01-10T10:00:00Z"))
            .seed(1)
            .start();
    private final OtherProgram other = new OtherProgram(simulator);
    private final StripePaymentProvider stripe = StripePaymentProvider.of(StripeConfig.builder()
            .apiKey(simulator.apiKey())
            .withoutWebhooks()
            .apiBase(URI.create(simulator.baseUrl()))
            .build());
    private final List<BillingEvent> told = new CopyOnWriteArrayList<>();
    private final Billing billing = Billing.builder(CATALOG, stripe, InMemoryStores.create(ProviderScope.test()))
            .clock(simulator.instantSource())
            .listener(BillingListener.named("recorder", ListenerPhase.IN_TRANSACTION, told::add))
            .withoutBackgroundWork()
            .build();

    public Storefront() {
        billing.catalogPublisher().apply();
        billing.reconciler().replay();
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

    /** Calls Stripe as another program does; answers the id of what was made. */
    public String post(String path, String form) {
        return other.post(path, form);
    }

    /** What Stripe tells another program. */
    public String get(String path) {
        return other.get(path);
    }

    /** Makes the account and its customer, and gives it the card. */
    public String customer(AccountRef account, String card) {
        billing.accounts().register(account, AccountProfile.empty());
        post("/v1/customers", "metadata[billhook_account]=" + account);
        sync();
        card(account, card);
        return customerOf(account);
    }

    /** Gives the account's customer a new default card. */
    public void card(AccountRef account, String card) {
        String customer = customerOf(account);
        String method = post("/v1/payment_methods/" + card + "/attach", "customer=" + customer);
        post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + method);
        sync();
    }

    public String customerOf(AccountRef account) {
        return billing.accounts()
                .find(account)
                .flatMap(BillingAccount::customerId)
                .orElseThrow();
    }

    /**
     * Subscribes the account's customer.
     *
     * @param form further parameters, beginning with an ampersand
     */
    public Subscription subscribe(AccountRef account, String plan, long units, String form) {
        post(
                "/v1/subscriptions",
                "customer=" + customerOf(account) + "&metadata[billhook_account]=" + account + "&items[0][price]="
                        + price(plan) + "&items[0][quantity]=" + units + form);
        sync();
        return subscription(account);
    }

    public Subscription subscription(AccountRef account) {
        return billing.subscriptions().find(account).orElseThrow();
    }

    public String price(String plan) {
        String found = get("/v1/prices?active=true&lookup_keys[0]=" + plan);
        return found.replaceFirst("(?s).*\"id\"\\s*:\\s*\"(price_[^\"]+)\".*", "$1");
    }

    /** Lets time pass, and takes in what happened. */
    public void advance(Duration time) {
        simulator.advance(time);
        sync();
    }

    /** Goes on until an hour after the account's next renewal is final. */
    public void renew(AccountRef account) {
        simulator.advanceTo(subscription(account).periodEnd().orElseThrow().plus(Duration.ofHours(2)));
        sync();
    }

    /** Takes in what happened at Stripe; the mirror is then as Stripe is. */
    public void sync() {
        billing.reconciler().replay();
        for (int i = 0; billing.runDueWork() > 0; i++) {
            assertThat(i).as("there is always something left to do").isLessThan(50);
        }
    }

    /** What was told, by kind. */
    public List<String> told() {
        return told.stream().map(event -> event.getClass().getSimpleName()).toList();
    }

    @Override
    public void close() {
        billing.close();
        simulator.close();
    }
}
