package dev.billhook.stripe;

import static dev.billhook.stripe.testing.SimulatedShop.ADA;
import static dev.billhook.stripe.testing.SimulatedShop.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.error.ProviderUnavailableException;
import dev.billhook.money.Money;
import dev.billhook.simulator.api.Fault;
import dev.billhook.stripe.testing.SimulatedShop;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Subscription;
import dev.billhook.support.CustomerSummary;
import dev.billhook.support.Spend;
import dev.billhook.support.SubscriptionSummary;
import dev.billhook.support.SupportRequest;
import dev.billhook.support.SupportRow;
import dev.billhook.support.SupportSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A The help desk's sidebar, from what Stripe has")
class SupportDeskTest {
    private static final String TOKEN = "a-token-of-the-help-desk";
    private final Map<String, Set<AccountRef>> members = new ConcurrentHashMap<>();

    @AutoClose
    private final SimulatedShop shop = new SimulatedShop(
            """
            products: {pro: {name: Pro, tier: 10}}
            plans: {pro-monthly: {product: pro, interval: month, pricing: {flat: {usd: 29, jpy: 4500, kwd: 9.250}}}}
            """,
            builder -> builder.support(
                    SupportSettings.withToken(TOKEN),
                    email -> members.getOrDefault(email, Set.of()),
                    (email, accounts) -> List.of(new SupportRow("Accounts", accounts.toString()))));

    private CustomerSummary only(String email) {
        List<CustomerSummary> found = shop.billing().support().find(email);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private String customer(AccountRef account, String... cards) {
        String id = shop.customer(account, cards);
        shop.post("/v1/customers/" + id, "email=" + account.id() + "@example.com");
        return id;
    }

    private void charge(String customer, long amount, String currency) {
        shop.post(
                "/v1/payment_intents",
                "customer=" + customer + "&amount=" + amount + "&currency=" + currency
                        + "&payment_method=pm_card_visa&confirm=true&off_session=true");
    }

    private String chargeOf(String customer) {
        String charges = shop.get("/v1/charges?limit=1&customer=" + customer);
        int id = charges.indexOf("\"ch_");
        return charges.substring(id + 1, charges.indexOf('"', id + 1));
    }

    @Test
    @DisplayName(
            "A3 A8 what was paid is summed over all charges, by currency, and what was paid back of it, in parts too")
    void spend() {
        String customer = customer(ADA);
        for (int i = 0; i < 130; i++) {
            charge(customer, 100, "usd");
        }
        shop.post("/v1/refunds", "charge=" + chargeOf(customer) + "&amount=40");
        charge(customer, 4500, "jpy");
        charge(customer, 9250, "kwd");
        shop.post("/v1/refunds", "charge=" + chargeOf(customer));

        assertThat(only("ada@example.com").spend())
                .containsExactlyInAnyOrder(
                        new Spend(Money.of(13_000, "usd"), 130, Money.of(40, "usd"), 0),
                        new Spend(Money.of(4500, "jpy"), 1, Money.of(0, "jpy"), 0),
                        new Spend(Money.of(9250, "kwd"), 1, Money.of(9250, "kwd"), 0));
    }

    @Test
    @DisplayName(
            "A4 the summary has the customer's facts, his subscriptions with plan and end, and his page in the dashboard")
    void summary() {
        String customer = customer(ADA, "pm_card_visa");
        shop.post(
                "/v1/customers/" + customer,
                "name=Ada&address[country]=DE&address[line1]=Hidden%20Street&metadata[referral]=friend-7");
        Subscription subscription = shop.subscribe(ADA, "pro-monthly", 1);
        shop.billing().subscriptions().cancel(ADA, Cancellation.atPeriodEnd());

        CustomerSummary ada = only("ada@example.com");

        assertThat(ada.name()).isEqualTo("Ada");
        assertThat(ada.account()).isEqualTo(ADA);
        assertThat(ada.country()).isEqualTo("DE");
        assertThat(ada.currency()).isEqualTo("USD");
        assertThat(ada.referral()).isEqualTo("friend-7");
        assertThat(ada.dashboard()).isEqualTo(URI.create("https://dashboard.stripe.com/test/customers/" + customer));
        assertThat(ada.subscriptions())
                .containsExactly(new SubscriptionSummary(
                        List.of("Pro (pro-monthly)"),
                        subscription.status(),
                        subscription.createdAt(),
                        subscription.periodEnd().orElseThrow(),
                        null));
        assertThat(ada.toString()).doesNotContain("Hidden");

        shop.advanceTo(subscription.periodEnd().orElseThrow().plus(Duration.ofHours(2)));
        SubscriptionSummary ended = only("ada@example.com").subscriptions().get(0);
        assertThat(ended.endedAt()).isEqualTo(subscription.periodEnd().orElseThrow());
        assertThat(ended.cancelAt()).isNull();
    }

    @Test
    @DisplayName("A2 customers are found by the host's lookup and by the address at Stripe in any letters, each once")
    void found() {
        String ada = customer(ADA);
        String bob = customer(BOB);
        String old = shop.post("/v1/customers", "email=Ada@Example.com&name=Before");
        members.put("ada@example.com", Set.of(ADA, BOB));

        assertThat(shop.billing().support().find("ADA@example.com"))
                .extracting(CustomerSummary::customerId)
                .containsExactlyInAnyOrder(ada, bob, old);
        assertThat(shop.billing().support().find("nobody@example.com")).isEmpty();
    }

    @Test
    @DisplayName("A2 a customer who was deleted is shown as what he is")
    void deleted() {
        String ada = customer(ADA, "pm_card_visa");
        charge(ada, 100, "usd");
        shop.stripe().customers().delete(ada, RequestKey.random());
        members.put("ada@example.com", Set.of(ADA));

        CustomerSummary gone = only("ada@example.com");

        assertThat(gone.deleted()).isTrue();
        assertThat(gone.account()).isEqualTo(ADA);
        assertThat(gone.spend()).hasSize(1);
    }

    @Test
    @DisplayName("A7 a dispute is flagged, and so is what is mostly paid back")
    void flagged() {
        String ada = customer(ADA);
        charge(ada, 1000, "usd");
        assertThat(only("ada@example.com").unusual(30)).isFalse();
        shop.post("/v1/refunds", "charge=" + chargeOf(ada) + "&amount=300");
        assertThat(only("ada@example.com").unusual(30)).isTrue();
        assertThat(only("ada@example.com").unusual(31)).isFalse();

        String bob = customer(BOB);
        shop.post(
                "/v1/payment_intents",
                "customer=" + bob
                        + "&amount=1000&currency=usd&payment_method=pm_card_createDispute&confirm=true&off_session=true");
        shop.advance(Duration.ofMinutes(5));
        assertThat(only("bob@example.com").spend().get(0).disputes()).isOne();
        assertThat(only("bob@example.com").unusual(100)).isTrue();
    }

    @Test
    @DisplayName("A1 A5 the desk's question is answered with the sidebar's HTML; while Stripe is away it says so")
    void answered() {
        customer(ADA);
        SupportRequest asks = new SupportRequest(
                "{\"customer\":{\"email\":\"ada@example.com\"}}".getBytes(StandardCharsets.UTF_8), null, TOKEN);

        assertThat(shop.billing().support().answer(asks).json())
                .startsWith("{\"html\":\"<h4>")
                .contains("dashboard.stripe.com/test/customers/cus_", "Accounts:", "[user:ada]");

        shop.simulator().faults().plan(100, Fault.error(503));
        assertThat(shop.billing().support().answer(asks).json()).contains("cannot be reached");
        assertThatExceptionOfType(ProviderUnavailableException.class)
                .isThrownBy(() -> shop.billing().support().find("ada@example.com"));
    }
}
