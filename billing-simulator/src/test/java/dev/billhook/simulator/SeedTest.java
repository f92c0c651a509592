package dev.billhook.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.Invoice;
import com.stripe.model.Subscription;
import com.stripe.model.checkout.Session;
import dev.billhook.simulator.ApiClient.Answer;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.seed.AccountSeed;
import dev.billhook.simulator.seed.AccountState;
import dev.billhook.simulator.seed.SeededAccount;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Seeded accounts")
class SeedTest extends OwnSimulatorTest {
    private static final Instant START = Instant.parse("2027-01-31T10:00:00Z");

    private final StripeClient client = StripeClients.of(simulator);

    SeedTest() {
        super(StripeSimulator.builder().startAt(START));
    }

    private Subscription subscription(SeededAccount account) throws StripeException {
        return client.v1().subscriptions().retrieve(account.subscription());
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "ACTIVE, active, paid",
        "TRIALING, trialing, paid",
        "PAST_DUE, past_due, open",
        "UNPAID, unpaid, open",
        "CANCELED, canceled, paid",
        "CANCELING, active, paid",
        "INCOMPLETE, incomplete, open",
        "INCOMPLETE_EXPIRED, incomplete_expired, void",
        "COLLECTION_PAUSED, active, paid",
        "METERED, active, paid",
        "OPEN_INVOICE, active, open"
    })
    @DisplayName("D12 one call makes an account in a state, and Stripe's client reads it")
    void states(AccountState state, String subscription, String invoice) throws StripeException {
        SeededAccount account = simulator.seed().make(state);
        assertThat(subscription(account).getStatus()).isEqualTo(subscription);
        Invoice latest = client.v1().invoices().retrieve(account.invoice());
        assertThat(latest.getStatus()).isEqualTo(invoice);
        assertThat(latest.getCustomer()).isEqualTo(account.customer());
        assertThat(client.v1().prices().retrieve(account.price()).getProduct()).isEqualTo(account.product());
        assertThat(simulator.now()).isEqualTo(START);
    }

    @Test
    @DisplayName("D12 paused: the trial ended without a payment method, and the subscription can be resumed")
    void paused() throws StripeException {
        SeededAccount account = simulator.seed().make(AccountState.PAUSED);
        assertThat(subscription(account).getStatus()).isEqualTo("paused");
        assertThat(account.testClock()).startsWith("clock_");
        assertThat(simulator.now()).isEqualTo(START);
    }

    @Test
    @DisplayName("D12 lifetime: bought once through Checkout, without a subscription")
    void lifetime() throws StripeException {
        SeededAccount account = simulator.seed().make(AccountState.LIFETIME);
        assertThat(account.subscription()).isNull();
        Session session = client.v1().checkout().sessions().retrieve(account.session());
        assertThat(session.getStatus()).isEqualTo("complete");
        assertThat(session.getPaymentStatus()).isEqualTo("paid");
        assertThat(session.getCustomer()).isEqualTo(account.customer());
        assertThat(session.getAmountTotal()).isEqualTo(19_900);
    }

    @Test
    @DisplayName("D12 units, add-ons, price, trial and address are as wished")
    void described() throws StripeException {
        String price = shop.monthly(2500);
        String addOn = shop.monthly(300);
        SeededAccount account = simulator
                .seed()
                .make(AccountSeed.of(AccountState.TRIALING)
                        .onPrice(price)
                        .withUnits(4)
                        .withAddOn(addOn, 2)
                        .withTrialDays(30)
                        .withEmail("jo@example.org"));
        Subscription made = subscription(account);
        assertThat(made.getItems().getData())
                .extracting(item -> item.getPrice().getId() + " " + item.getQuantity())
                .containsExactlyInAnyOrder(price + " 4", addOn + " 2");
        assertThat(made.getTrialEnd()).isEqualTo(START.plus(Duration.ofDays(30)).getEpochSecond());
        assertThat(api.get("/v1/customers/" + account.customer()).text("/email"))
                .isEqualTo("jo@example.org");
    }

    @Test
    @DisplayName("D12 what a metered account has used is billed when its period ends")
    void metered() throws StripeException {
        SeededAccount account =
                simulator.seed().make(AccountSeed.of(AccountState.METERED).withUsage(321));
        simulator.seed().make(AccountState.METERED);
        assertThat(api.get("/v1/billing/meters").body().path("data")).hasSize(1);
        simulator.advance(Period.ofMonths(1).plusDays(1));
        Invoice latest = client.v1().invoices().retrieve(subscription(account).getLatestInvoice());
        assertThat(latest.getTotal()).isEqualTo(321 * 5);
    }

    @Test
    @DisplayName("the account goes on living: one that is past due recovers when its card is replaced")
    void goesOn() throws StripeException {
        SeededAccount account = simulator.seed().make(AccountState.PAST_DUE);
        api.post("/v1/payment_methods/pm_card_visa/attach", "customer=" + account.customer());
        String card =
                api.get("/v1/payment_methods", "customer=" + account.customer()).text("/data/0/id");
        api.post("/v1/invoices/" + account.invoice() + "/pay", "payment_method=" + card);
        assertThat(subscription(account).getStatus()).isEqualTo("active");
    }

    @Test
    @DisplayName("giving up at once to seed an unpaid account leaves the rule for others as it was")
    void rulesStay() throws StripeException {
        var before = simulator.dunning();
        simulator.seed().make(AccountState.UNPAID);
        assertThat(simulator.dunning()).isEqualTo(before);
        assertThat(subscription(simulator.seed().make(AccountState.PAST_DUE)).getStatus())
                .isEqualTo("past_due");
    }

    @ParameterizedTest
    @EnumSource(AccountState.class)
    @DisplayName("D12 every state is made over HTTP, too, several at once")
    void http(AccountState state) {
        ApiClient control = new ApiClient(simulator.baseUrl(), "");
        Answer made = control.post("/_sim/seed", "state=" + state.word(), "count=2");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.body().path("data")).hasSize(2);
        assertThat(made.text("/data/0/customer")).isNotEqualTo(made.text("/data/1/customer"));
        assertThat(made.text("/data/0/price")).isEqualTo(made.text("/data/1/price"));
    }

    @Test
    @DisplayName("what cannot be made is refused")
    void refused() {
        ApiClient control = new ApiClient(simulator.baseUrl(), "");
        for (List<String> wrong : List.of(
                List.of("state=happy"),
                List.of("count=1"),
                List.of("state=active", "count=0"),
                List.of("state=active", "units=0"),
                List.of("state=active", "price=price_none"))) {
            assertThat(control.post("/_sim/seed", wrong.toArray(String[]::new)).status())
                    .as("%s", wrong)
                    .isBetween(400, 404);
        }
        assertThatThrownBy(() -> simulator
                        .seed()
                        .make(AccountSeed.of(AccountState.ACTIVE).onPrice("price_none")))
                .isInstanceOf(ApiError.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccountSeed.of(AccountState.ACTIVE).withUnits(0));
    }
}
