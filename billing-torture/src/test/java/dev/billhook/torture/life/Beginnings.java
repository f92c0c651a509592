package dev.billhook.torture.life;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.Billing;
import dev.billhook.account.AccountProfile;
import dev.billhook.catalog.PlanKey;
import dev.billhook.checkout.Checkout;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.simulator.StripeSimulator;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** How accounts come to be customers and subscribe. */
final class Beginnings {
    private static final URI HOME = URI.create("https://app.example/");
    private static final String VISA = "4242424242424242";
    private static final List<String> CARDS = List.of(
            "pm_card_visa",
            "pm_card_visa",
            "pm_card_mastercard",
            "pm_card_amex",
            "pm_card_chargeCustomerFail",
            "pm_card_createDispute",
            "pm_card_authenticationRequired");

    private final StripeSimulator simulator;
    private final SimulatorApi api;
    private final Billing desk;
    private final Shop shop;
    private final Dice dice;

    Beginnings(StripeSimulator simulator, SimulatorApi api, Billing desk, Shop shop, Dice dice) {
        this.simulator = simulator;
        this.api = api;
        this.desk = desk;
        this.shop = shop;
        this.dice = dice;
    }

    /** The host gets to know the account; it may be one of the provider's long before. */
    void register(Person person) {
        if (!person.registered()) {
            desk.accounts()
                    .register(
                            person.account(),
                            new AccountProfile(
                                    person.account().id() + "@example.com",
                                    "User " + person.account().id()));
            person.register();
        }
    }

    /** The account appears in one way or another. */
    void begin(Person person) {
        if (dice.percent(80)) {
            register(person);
        }
        int way = dice.between(0, 99);
        if (way < 35 && person.registered()) {
            byHostsCheckout(person);
        } else if (way < 50) {
            byForeignCheckout(person);
        } else {
            if (way > 92) {
                person.livesOn(api.make(
                        "/v1/test_helpers/test_clocks",
                        "frozen_time=" + simulator.now().getEpochSecond()));
            }
            makeCustomer(person);
            subscribe(person);
        }
    }

    /** A customer made by somebody who writes the account into its metadata, with a card. */
    void makeCustomer(Person person) {
        List<String> params = new ArrayList<>(List.of(
                "email=" + person.account().id() + "@example.com",
                "name=User " + person.account().id(),
                "metadata[billhook_account]=" + person.account()));
        if (person.clock() != null) {
            params.add("test_clock=" + person.clock());
        }
        String customer = api.make("/v1/customers", params.toArray(String[]::new));
        person.became(customer);
        if (dice.percent(90)) {
            addCard(customer);
        }
    }

    /** Another card, which becomes the one that is charged. */
    void addCard(String customer) {
        String card = api.post("/v1/payment_methods/" + dice.one(CARDS) + "/attach", "customer=" + customer)
                .id();
        api.post("/v1/customers/" + customer, "invoice_settings[default_payment_method]=" + card);
    }

    /** A subscription made without Checkout. */
    void subscribe(Person person) {
        List<String> params = new ArrayList<>(List.of("customer=" + person.customer()));
        int kind = dice.between(0, 99);
        if (kind < 8) {
            params.add("items[0][price]=" + shop.foreignPrice());
        } else if (kind < 16) {
            params.add("items[0][price]=" + shop.price(Shop.METERED));
        } else {
            params.add("items[0][price]=" + shop.price(dice.one(Shop.PLANS)));
            params.add("items[0][quantity]=" + dice.between(1, 9));
        }
        if (dice.percent(25)) {
            params.add("items[1][price]=" + shop.price(Shop.ADD_ON));
            params.add("items[1][quantity]=" + dice.between(1, 3));
        }
        if (dice.percent(25)) {
            params.add("trial_period_days=" + dice.between(1, 20));
            params.add("trial_settings[end_behavior][missing_payment_method]="
                    + dice.one(List.of("cancel", "pause", "create_invoice")));
        } else if (dice.percent(15)) {
            params.add("collection_method=send_invoice");
            params.add("days_until_due=" + dice.between(1, 20));
        }
        if (dice.percent(60)) {
            params.add("metadata[billhook_account]=" + person.account());
        }
        api.post("/v1/subscriptions", params.toArray(String[]::new));
    }

    private void byHostsCheckout(Person person) {
        PlanKey plan = PlanKey.of(dice.percent(30) ? Shop.TRIAL : dice.one(Shop.PLANS));
        CheckoutRequest request =
                CheckoutRequest.of(person.account(), plan, HOME, HOME).withUnits(dice.between(1, 4));
        Checkout visit = desk.checkout().start(request);
        person.became(
                api.read("/v1/checkout/sessions/" + visit.id()).path("customer").asText());
        if (dice.percent(85)) {
            pay(visit.id(), person);
        }
        if (dice.percent(50)) {
            desk.checkout().confirmReturn(person.account());
        }
    }

    /** A page that somebody else opened for the account: only the session tells whose it is. */
    private void byForeignCheckout(Person person) {
        String session = api.make(
                "/v1/checkout/sessions",
                "mode=subscription",
                "client_reference_id=" + person.account(),
                "metadata[billhook_account]=" + person.account(),
                "line_items[0][price]=" + shop.price(dice.one(Shop.PLANS)),
                "line_items[0][quantity]=" + dice.between(1, 4),
                "success_url=https://app.example/",
                "cancel_url=https://app.example/");
        pay(session, person);
        JsonNode customer = api.read("/v1/checkout/sessions/" + session).path("customer");
        if (customer.isTextual()) {
            person.became(customer.asText());
        }
    }

    private void pay(String session, Person person) {
        api.post(
                "/pay/" + session,
                "email=" + person.account().id() + "@example.com",
                "card_number=" + VISA,
                "card_expiry=12 / 34",
                "card_cvc=123",
                "card_name=User " + person.account().id());
    }

    /** All subscriptions of the account's present customer. */
    List<JsonNode> subscriptions(Person person) {
        return api.all("/v1/subscriptions", "customer=" + person.customer(), "status=all");
    }
}
