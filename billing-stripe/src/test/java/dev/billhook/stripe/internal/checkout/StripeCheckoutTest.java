package dev.billhook.stripe.internal.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.RequestKey;
import dev.billhook.account.AccountRef;
import dev.billhook.catalog.BillingInterval;
import dev.billhook.catalog.Plan;
import dev.billhook.catalog.PlanKey;
import dev.billhook.catalog.Pricing;
import dev.billhook.catalog.TrialTerms;
import dev.billhook.catalog.UnitTerms;
import dev.billhook.checkout.CheckoutRequest;
import dev.billhook.checkout.CheckoutStatus;
import dev.billhook.error.ProviderException;
import dev.billhook.spi.provider.CheckoutGateway;
import dev.billhook.spi.provider.CheckoutGateway.Line;
import dev.billhook.spi.provider.CheckoutGateway.Order;
import dev.billhook.spi.provider.CheckoutGateway.Session;
import dev.billhook.stripe.testing.Documents;
import dev.billhook.stripe.testing.Plans;
import dev.billhook.stripe.testing.RecordingStripe;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Checkout at Stripe")
class StripeCheckoutTest {
    private static final RequestKey KEY = new RequestKey("key-1");
    private static final AccountRef ACCOUNT = AccountRef.of("user", "42");
    private static final String LICENSED =
            Documents.list(Documents.price("price_1", "\"recurring\": {\"usage_type\": \"licensed\"}"));

    @AutoClose
    private final RecordingStripe stripe = new RecordingStripe();

    private final CheckoutGateway checkout = stripe.provider().checkout();

    private static Order order(CheckoutRequest request, Plan plan) {
        return new Order(request, new Line(plan, plan.units().billed(request.units())), List.of(), plan.trial());
    }

    private Map<String, String> open(AccountRef account, Plan plan, long units) {
        stripe.replies(Documents.session("open"));
        CheckoutRequest request = CheckoutRequest.of(
                        account,
                        plan.key(),
                        URI.create("https://app.example/done?a=1&b=2"),
                        URI.create("https://app.example/back"))
                .withUnits(units);
        checkout.open("cus_1", order(request, plan), KEY);
        return stripe.calls().get(1).params();
    }

    @Test
    @DisplayName("B6 opens a page for a plan and writes the account wherever it is needed later")
    void subscription() {
        stripe.replies(LICENSED);
        assertThat(open(ACCOUNT, Plans.flat(null), 4))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "mode", "subscription",
                        "customer", "cus_1",
                        "client_reference_id", "user:42",
                        "success_url", "https://app.example/done?a=1&b=2",
                        "cancel_url", "https://app.example/back",
                        "line_items[0][price]", "price_1",
                        "line_items[0][quantity]", "4",
                        "metadata[billhook_account]", "user:42",
                        "metadata[billhook_plan]", "pro-monthly",
                        "subscription_data[metadata][billhook_account]", "user:42"));
        assertThat(stripe.calls().get(1).idempotencyKey()).isEqualTo("checkout.open:key-1");
    }

    @Test
    @DisplayName("B3 charges the plan's set-up fee once, and at least the included units")
    void setUpFee() {
        Plan plan = new Plan(
                PlanKey.of("team-yearly"),
                Plans.PRO,
                BillingInterval.YEARLY,
                new Pricing.PerUnit(Map.of(Plans.USD, 12000L)),
                null,
                new UnitTerms(1, null, 10, UnitTerms.Beyond.REFUSE),
                PlanKey.of("onboarding-fee"));
        stripe.replies(LICENSED)
                .replies(Documents.list(Documents.price("price_fee", "")))
                .replies(Documents.session("open"));

        CheckoutRequest request = CheckoutRequest.of(
                        ACCOUNT,
                        plan.key(),
                        URI.create("https://app.example/done"),
                        URI.create("https://app.example/back"))
                .withUnits(4);
        checkout.open("cus_1", order(request, plan), KEY);

        assertThat(stripe.calls().get(2).params())
                .containsEntry("line_items[0][quantity]", "10")
                .containsEntry("line_items[1][price]", "price_fee")
                .containsEntry("line_items[1][quantity]", "1");
    }

    @Test
    @DisplayName("B6 tells what the page is")
    void session() {
        stripe.replies(Documents.session("open"));
        assertThat(checkout.fetch("cs_test_1"))
                .isEqualTo(new Session(
                        "cs_test_1",
                        CheckoutStatus.OPEN,
                        URI.create("https://checkout.example/cs_test_1"),
                        Instant.ofEpochSecond(1_700_000_000),
                        Instant.ofEpochSecond(1_700_086_400),
                        null,
                        null));
    }

    @Test
    @DisplayName("D4 opens a page for a one-time purchase")
    void oneTime() {
        stripe.replies(Documents.list(Documents.price("price_1", "\"recurring\": null")));
        assertThat(open(ACCOUNT, Plans.lifetime(), 1))
                .containsEntry("mode", "payment")
                .containsEntry("payment_intent_data[metadata][billhook_account]", "user:42")
                .doesNotContainKey("subscription_data[metadata][billhook_account]");
    }

    @Test
    @DisplayName("C8 tells no quantity of metered use")
    void metered() {
        stripe.replies(Documents.list(Documents.price("price_1", "\"recurring\": {\"usage_type\": \"metered\"}")));
        Plan api = Plans.monthly("api", new Pricing.Metered("calls", Map.of(Plans.USD, BigDecimal.ONE)));
        assertThat(open(ACCOUNT, api, 1)).doesNotContainKey("line_items[0][quantity]");
    }

    @Test
    @DisplayName("C9 gives a trial with a card")
    void trialWithCard() {
        stripe.replies(LICENSED);
        assertThat(open(ACCOUNT, Plans.flat(new TrialTerms(14, true)), 1))
                .containsEntry("subscription_data[trial_period_days]", "14")
                .doesNotContainKey("payment_method_collection");
    }

    @Test
    @DisplayName("C9 gives a trial without a card that ends by itself")
    void trialWithoutCard() {
        stripe.replies(LICENSED);
        assertThat(open(ACCOUNT, Plans.flat(new TrialTerms(7, false)), 1))
                .containsEntry("subscription_data[trial_period_days]", "7")
                .containsEntry("payment_method_collection", "if_required")
                .containsEntry("subscription_data[trial_settings][end_behavior][missing_payment_method]", "cancel");
    }

    @Test
    @DisplayName("leaves out a reference that is too long for Stripe; the metadata has room for it")
    void longAccount() {
        stripe.replies(LICENSED);
        AccountRef account = AccountRef.of("a".repeat(32), "b".repeat(190));
        assertThat(open(account, Plans.flat(null), 1))
                .doesNotContainKey("client_reference_id")
                .containsEntry("metadata[billhook_account]", account.toString());
    }

    @Test
    @DisplayName("B4 names the remedy when the plan has no price at Stripe")
    void missingPrice() {
        stripe.replies(Documents.list());
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> open(ACCOUNT, Plans.flat(null), 1))
                .withMessageContaining("'pro-monthly'")
                .withMessageContaining("catalog apply");
    }

    @ParameterizedTest
    @CsvSource({"open,OPEN", "complete,COMPLETE", "expired,EXPIRED"})
    @DisplayName("B7 tells how far the buyer got, and no page once it is closed")
    void status(String wire, CheckoutStatus status) {
        stripe.replies(Documents.session(wire));
        Session session = checkout.fetch("cs_test_1");
        assertThat(session.status()).isEqualTo(status);
        assertThat(session.url() != null).isEqualTo(status == CheckoutStatus.OPEN);
    }

    @Test
    @DisplayName("stops an open page")
    void expire() {
        stripe.replies(Documents.session("expired"));
        assertThat(checkout.expire("cs_test_1", KEY).status()).isEqualTo(CheckoutStatus.EXPIRED);
        assertThat(stripe.call().path()).isEqualTo("/v1/checkout/sessions/cs_test_1/expire");
        assertThat(stripe.call().method()).isEqualTo("POST");
    }

    @Test
    @DisplayName("tells the page was paid when it was too late to stop it")
    void paidMeanwhile() {
        stripe.replies(400, Documents.error("\"type\": \"invalid_request_error\""), Map.of())
                .replies(Documents.session("complete"));
        assertThat(checkout.expire("cs_test_1", KEY).status()).isEqualTo(CheckoutStatus.COMPLETE);
    }

    @Test
    @DisplayName("stays a failure when an open page cannot be stopped, or does not exist")
    void cannotExpire() {
        stripe.replies(400, Documents.error("\"type\": \"invalid_request_error\""), Map.of())
                .replies(Documents.session("open"));
        assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> checkout.expire("cs_test_1", KEY));
        stripe.replies(404, Documents.error("\"code\": \"resource_missing\""), Map.of());
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> checkout.expire("cs_test_1", KEY))
                .satisfies(e -> assertThat(e.category()).isEqualTo(ProviderException.Category.NOT_FOUND));
    }

    @Test
    @DisplayName("C5 reads the page again when Stripe repeats an earlier answer")
    void replayed() {
        stripe.replies(LICENSED)
                .replies(200, Documents.session("open"), Map.of("Idempotent-Replayed", "true"))
                .replies(Documents.session("complete"));
        CheckoutRequest request = CheckoutRequest.of(
                ACCOUNT, Plans.flat(null).key(), URI.create("https://a.example/"), URI.create("https://a.example/"));
        assertThat(checkout.open("cus_1", order(request, Plans.flat(null)), KEY).status())
                .isEqualTo(CheckoutStatus.COMPLETE);
    }
}
