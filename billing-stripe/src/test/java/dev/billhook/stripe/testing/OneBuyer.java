package dev.billhook.stripe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.file.CatalogReader;
import dev.billhook.event.BillingEvent;
import dev.billhook.reconcile.Drift;
import dev.billhook.reconcile.SweepRequest;
import dev.billhook.spi.provider.PaymentProvider;
import dev.billhook.subscription.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A billing of a catalog file with one buyer, at a Stripe that remembers. What it did not do by itself it takes in by {@link #sync}. */
public final class OneBuyer extends Shop {
    public static final AccountRef BUYER = AccountRef.of("user", "42");

    private final Map<String, String> notes = new HashMap<>();
    private final String customer;

    public OneBuyer(String catalog) {
        this(catalog, builder -> builder);
    }

    /**
     * @param settings further settings of the billing
     */
    public OneBuyer(String catalog, UnaryOperator<BillingBuilder> settings) {
        super(CatalogReader.readYaml(catalog), USUALLY, settings);
        customer = register(BUYER);
    }

    /** What the API tells another program. */
    public JsonNode get(String path) {
        return read(path);
    }

    /** Gives the buyer another card to pay with; tells its id. */
    public String pay(String card) {
        return newCard(customer, card);
    }

    /** What was told, of these kinds. */
    public <E extends BillingEvent> List<E> told(Class<E> kind) {
        return events(kind);
    }

    /** Another server of the same shop that repeats no call by itself, so that every fault is seen. */
    public Billing impatient() {
        return server(provider(0));
    }

    /** Another server of the same shop; something happens there just before a method of the gateway of discounts is carried out. */
    public Billing serverWhere(String method, Runnable happens) {
        return server(Meddling.before(stripe(), "discounts", method, happens));
    }

    /** Another server of the same shop, with another catalog file. */
    public Billing serverOf(String otherCatalog) {
        return server(CatalogReader.readYaml(otherCatalog), stripe()).build();
    }

    private Billing server(PaymentProvider provider) {
        return server(catalog(), provider).build();
    }

    /** Makes an account known, here and at Stripe. */
    public String register(AccountRef account) {
        billing().accounts().register(account, AccountProfile.empty());
        String id = newCustomer(account);
        sync();
        return id;
    }

    /** The buyer's id at Stripe. */
    public String customer() {
        return customer;
    }

    /** Calls the API as another program; tells the id of what it made. */
    public String post(String path, String form) {
        return other().post(path, form);
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

    /** The product a plan is of. */
    public String product(String plan) {
        return get("/v1/prices/" + price(plan)).path("product").textValue();
    }

    /** The subscription as mirrored. */
    public Subscription stored(String id) {
        return billing().subscriptions().list(BUYER).stream()
                .filter(subscription -> subscription.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Takes in what happened at Stripe as far as it was not an answer to a call; then the mirror is as Stripe is. */
    public void sync() {
        settle();
        billing().subscriptions().list(BUYER).forEach(each -> assertThat(each).isEqualTo(atStripe(each.id())));
    }

    /** What was found out once, for steps that are repeated. */
    public String once(String name, Supplier<String> ask) {
        return notes.computeIfAbsent(name, n -> ask.get());
    }

    /** How the mirror differs from Stripe. */
    public List<Drift> drifts() {
        return billing()
                .reconciler()
                .sweep(SweepRequest.dryRun().fromTheBeginning().pause(Duration.ZERO))
                .drifts();
    }

    /** Lets time pass, and takes in what happened. */
    public void advanceTo(Instant time) {
        simulator().advanceTo(time);
        sync();
    }
}
