package dev.billhook.stripe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.event.BillingEvent;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A Stripe that remembers, with a billing in memory that asks for its events instead of being told. */
public final class SimulatedShop extends Shop {
    public static final AccountRef ADA = AccountRef.of("user", "ada");
    public static final AccountRef BOB = AccountRef.of("user", "bob");

    private static final Duration YEARS = Duration.ofDays(3650);

    private final Map<AccountRef, String> customers = new HashMap<>();

    /**
     * @param catalog what is sold
     * @param adapt how the billing is set up
     */
    public SimulatedShop(String catalog, UnaryOperator<BillingBuilder> adapt) {
        super(CatalogReader.readYaml(catalog), 0, builder -> adapt.apply(builder.retention(YEARS)));
    }

    /** Another server of the same host: another billing on the same database. */
    public Billing server(UnaryOperator<BillingBuilder> adapt) {
        return server(catalog(), adapt);
    }

    /** Another server of the same host, with another catalog file. */
    public Billing serverOf(String otherCatalog) {
        return server(CatalogReader.readYaml(otherCatalog), builder -> builder);
    }

    /** Another server of the same host, which reaches Stripe in its own way. */
    public Billing serverAt(PaymentProvider provider) {
        return server(catalog(), provider, builder -> builder);
    }

    private Billing server(Catalog sold, UnaryOperator<BillingBuilder> adapt) {
        return server(sold, stripe(), adapt);
    }

    private Billing server(Catalog sold, PaymentProvider provider, UnaryOperator<BillingBuilder> adapt) {
        return adapt.apply(recordedServer(sold, provider).retention(YEARS)).build();
    }

    /** Registers the account with its e-mail address and makes its customer, with a card if one is named. */
    public String customer(AccountRef account, String... cards) {
        billing().accounts().register(account, AccountProfile.ofEmail(account.id() + "@example.com"));
        String id = newCustomer(account);
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
        newCard(customers.get(account), card);
    }

    /** Pays at a hosted page; answers whether the page took it. */
    public boolean payAt(String sessionId) {
        return other().leaveCard(sessionId, "4242424242424242") == 303;
    }

    /** Subscribes the account at Stripe to so many units of a plan; the rest of the form may ask for more. */
    public Subscription subscribe(AccountRef account, String plan, long units, String... form) {
        other().post(
                        "/v1/subscriptions",
                        "customer=" + customers.get(account) + "&metadata[billhook_account]=" + account
                                + "&items[0][price]=" + price(plan) + "&items[0][quantity]=" + units
                                + (form.length == 0 ? "" : "&" + String.join("&", form)));
        return synced(account);
    }

    /** What another program does at Stripe; answers the id of what it is told. */
    public String post(String path, String form) {
        return other().post(path, form);
    }

    /** What another program is told by Stripe. */
    public String get(String path) {
        return other().get(path);
    }

    /** Takes in what happened at Stripe, and does what follows from it. */
    @Override
    public void settle() {
        billing().reconciler().replay();
        for (int i = 0;
                billing().runDueWork() > 0 || billing().reconciler().replay().missed() > 0;
                i++) {
            assertThat(i).as("there is always something left to do").isLessThan(1000);
        }
    }

    /** The account's main subscription when all is settled: the same here and there. */
    public Subscription synced(AccountRef account) {
        settle();
        Subscription mirrored = billing().subscriptions().find(account).orElseThrow();
        assertThat(mirrored).isEqualTo(atStripe(mirrored.id()));
        return mirrored;
    }

    /** Lets time pass, and takes in what happened. */
    public void advance(Duration time) {
        simulator().advance(time);
        settle();
    }

    /** Lets time pass until then, and takes in what happened. */
    public void advanceTo(Instant time) {
        simulator().advanceTo(time);
        settle();
    }

    /** All that was paid so far, in minor units. */
    public long paid() {
        return events(BillingEvent.InvoicePaid.class).stream()
                .mapToLong(event -> event.amountPaid().minorUnits())
                .sum();
    }
}
