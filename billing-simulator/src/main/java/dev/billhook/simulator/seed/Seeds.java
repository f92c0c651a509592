package dev.billhook.simulator.seed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes test accounts in any state with one call. They are made through the API, so everything about them is as if a client and a
 * person had done it, events included. Thread-safe.
 */
public final class Seeds {
    private static final String PAYS = "pm_card_visa";
    private static final String FAILS = "pm_card_chargeCustomerFail";
    private static final long DAY = 86_400;

    private final SeedApi api;
    private final SeedCatalog catalog;

    public Seeds(SeedApi api) {
        this.api = api;
        this.catalog = new SeedCatalog(api);
    }

    /** An account in this state on the default plan. */
    public SeededAccount make(AccountState state) {
        return make(AccountSeed.of(state));
    }

    /** Several alike. */
    public List<SeededAccount> make(AccountSeed seed, int count) {
        return Stream.generate(() -> make(seed)).limit(count).toList();
    }

    /**
     * An account as described.
     *
     * @throws dev.billhook.simulator.kernel.ApiError when the API refuses it, for example because there is no such price
     */
    public SeededAccount make(AccountSeed seed) {
        return api.together(() -> seed.state() == AccountState.LIFETIME ? lifetime(seed) : subscribed(seed));
    }

    private SeededAccount lifetime(AccountSeed seed) {
        ObjectNode price = price(seed);
        String customer = customer(seed, null, null);
        List<String> params = new ArrayList<>(List.of(
                "mode=payment",
                "customer=" + customer,
                "success_url=http://localhost/bought",
                "line_items[0][price]=" + id(price),
                "line_items[0][quantity]=" + seed.units()));
        addAddOns(params, "line_items", seed);
        String session = id(api.post("/v1/checkout/sessions", params));
        api.pay(session);
        return new SeededAccount(
                seed.state(), customer, null, Docs.textOf(price, "product"), id(price), null, session, null);
    }

    private SeededAccount subscribed(AccountSeed seed) {
        ObjectNode price = price(seed);
        String clock = switch (seed.state()) {
            case INCOMPLETE_EXPIRED, PAUSED -> clock(api.now() - DAY);
            default -> null;
        };
        String customer = customer(seed, card(seed.state()), clock);
        String subscription = id(api.post("/v1/subscriptions", subscription(seed, price, customer)));
        lead(seed, subscription, customer, clock);
        ObjectNode now = api.get("/v1/subscriptions/" + subscription, List.of());
        return new SeededAccount(
                seed.state(),
                customer,
                subscription,
                Docs.textOf(price, "product"),
                id(price),
                Docs.text(now, "latest_invoice"),
                null,
                clock);
    }

    private static @Nullable String card(AccountState state) {
        return switch (state) {
            case PAST_DUE, UNPAID, INCOMPLETE, INCOMPLETE_EXPIRED -> FAILS;
            case PAUSED, OPEN_INVOICE -> null;
            default -> PAYS;
        };
    }

    private static List<String> subscription(AccountSeed seed, ObjectNode price, String customer) {
        List<String> params = new ArrayList<>(List.of("customer=" + customer, "items[0][price]=" + id(price)));
        boolean metered = "metered".equals(Docs.text(Docs.child(price, "recurring"), "usage_type"));
        if (!metered) {
            params.add("items[0][quantity]=" + seed.units());
        }
        addAddOns(params, "items", seed);
        params.addAll(
                switch (seed.state()) {
                    case TRIALING -> List.of("trial_period_days=" + seed.trialDays());
                    case PAST_DUE, UNPAID -> List.of("trial_period_days=1");
                    case PAUSED ->
                        List.of("trial_period_days=1", "trial_settings[end_behavior][missing_payment_method]=pause");
                    case OPEN_INVOICE -> List.of("collection_method=send_invoice", "days_until_due=30");
                    default -> List.of("payment_behavior=allow_incomplete");
                });
        return params;
    }

    /** Add-ons stand behind the first price. */
    private static void addAddOns(List<String> params, String list, AccountSeed seed) {
        int index = 1;
        for (AccountSeed.AddOn addOn : seed.addOns()) {
            params.add(list + "[" + index + "][price]=" + addOn.price());
            params.add(list + "[" + index + "][quantity]=" + addOn.units());
            index++;
        }
    }

    /** Leads a new subscription into the state wanted. */
    private void lead(AccountSeed seed, String subscription, String customer, @Nullable String clock) {
        String path = "/v1/subscriptions/" + subscription;
        switch (seed.state()) {
            case PAST_DUE -> api.post(path, List.of("trial_end=now"));
            case UNPAID -> api.givingUpAtOnce(() -> api.post(path, List.of("trial_end=now")));
            case CANCELED -> api.delete(path);
            case CANCELING -> api.post(path, List.of("cancel_at_period_end=true"));
            case COLLECTION_PAUSED -> api.post(path, List.of("pause_collection[behavior]=void"));
            case METERED -> report(customer, seed.usage());
            case OPEN_INVOICE -> finalizeLatest(path);
            case INCOMPLETE_EXPIRED, PAUSED ->
                api.post("/v1/test_helpers/test_clocks/" + clock + "/advance", List.of("frozen_time=" + api.now()));
            default -> {
                // Created in the state wanted.
            }
        }
    }

    private void report(String customer, long usage) {
        if (usage > 0) {
            api.post(
                    "/v1/billing/meter_events",
                    List.of(
                            "event_name=" + SeedCatalog.METER_EVENT,
                            "payload[stripe_customer_id]=" + customer,
                            "payload[value]=" + usage));
        }
    }

    /** The first invoice of such a subscription is a draft for an hour. */
    private void finalizeLatest(String path) {
        String invoice = Docs.textOf(api.get(path, List.of()), "latest_invoice");
        if ("draft".equals(Docs.text(api.get("/v1/invoices/" + invoice, List.of()), "status"))) {
            api.post("/v1/invoices/" + invoice + "/finalize", List.of());
        }
    }

    private ObjectNode price(AccountSeed seed) {
        return seed.price() == null ? catalog.priceFor(seed.state()) : api.get("/v1/prices/" + seed.price(), List.of());
    }

    private String clock(long start) {
        return id(api.post("/v1/test_helpers/test_clocks", List.of("frozen_time=" + start, "name=Seeded account")));
    }

    private String customer(AccountSeed seed, @Nullable String card, @Nullable String clock) {
        String email = seed.email() == null ? seed.state().word() + "@example.com" : seed.email();
        List<String> params = new ArrayList<>(
                List.of("email=" + email, "name=Seeded " + seed.state().word()));
        if (clock != null) {
            params.add("test_clock=" + clock);
        }
        if (card != null) {
            params.add("payment_method=" + card);
            params.add("invoice_settings[default_payment_method]=" + card);
        }
        return id(api.post("/v1/customers", params));
    }

    private static String id(ObjectNode doc) {
        return Docs.textOf(doc, "id");
    }
}
