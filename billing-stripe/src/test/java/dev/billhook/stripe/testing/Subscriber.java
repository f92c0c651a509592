package dev.billhook.stripe.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.Billing;
import dev.billhook.BillingBuilder;
import dev.billhook.account.AccountProfile;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.Catalog;
import dev.billhook.event.BillingEvent;
import dev.billhook.subscription.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One account with a customer at a Stripe that remembers, and a whole billing in memory. Events do not arrive by themselves:
 * {@link #synced} takes them in, so that a test says when the mirror learns what.
 */
public final class Subscriber extends Shop {
    public static final AccountRef ACCOUNT = AccountRef.of("user", "42");

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
        super(catalog, USUALLY, adapt);
        account = new Account(ACCOUNT);
    }

    public String customer() {
        return account.customer();
    }

    /** Another server of the same host: the same key and catalog, the same database. */
    public Billing anotherServer() {
        return serverOf(catalog());
    }

    /** Another server of the same host, with another catalog. */
    public Billing serverOf(Catalog sold) {
        return recordedServer(sold, provider(USUALLY)).build();
    }

    /** Calls the API as any other program does. */
    public JsonNode post(String path, String... form) {
        return json(other().call(path, String.join("&", form)));
    }

    /** Deletes as any other program does. */
    public void delete(String path) {
        other().delete(path);
    }

    /** Asks the API as any other program does. */
    public JsonNode get(String path) {
        return read(path);
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
        simulator().advance(time);
        return synced();
    }

    /** Lets time pass until the next period has begun and its invoice is collected. */
    public Subscription renewed() {
        Subscription now = synced();
        simulator().advanceTo(now.periodEnd().orElseThrow().plus(Duration.ofHours(2)));
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

    /** Sells a plan at another price from now on, in dollars by the month; who has the old one keeps it. */
    public void reprice(String plan, long amount) {
        String product = get("/v1/prices/" + price(plan)).path("product").textValue();
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

    /** What was told of a kind. */
    public <E extends BillingEvent> List<E> told(Class<E> kind) {
        return events(kind);
    }

    /** The customer's credit balance in minor units; negative is credit. */
    public long balance() {
        return get("/v1/customers/" + customer()).path("balance").longValue();
    }

    /** An account with its customer. */
    public final class Account {
        private final AccountRef ref;
        private final String customer;

        private Account(AccountRef ref) {
            this.ref = ref;
            billing().accounts().register(ref, AccountProfile.empty());
            customer = newCustomer(ref);
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
            newCard(customer, card);
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
                form.add("items[" + item + "][price]=" + price(parts[0]));
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
            Subscription mirrored = billing().subscriptions().list(ref).get(0);
            assertThat(mirrored).isEqualTo(atStripe(mirrored.id()));
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
}
