package dev.billhook.stripe.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.billhook.RequestKey;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.error.ProviderException;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.stripe.testing.Documents;
import dev.billhook.stripe.testing.RecordingStripe;
import dev.billhook.subscription.BillingTerms;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.ScheduledChange;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionStatus;
import dev.billhook.subscription.Timing;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Subscriptions at Stripe")
class StripeSubscriptionsTest {
    private static final RequestKey KEY = new RequestKey("key-1");
    private static final String RUNNING = "\"cancel_at_period_end\": false, \"cancel_at\": null";
    private static final String GONE =
            Documents.error("\"type\": \"invalid_request_error\", \"code\": \"resource_missing\"");

    @AutoClose
    private final RecordingStripe stripe = new RecordingStripe();

    private final SubscriptionGateway subscriptions = stripe.provider().subscriptions();

    /** The parameters together with what every answer is asked to tell. */
    private static Map<String, String> telling(String... params) {
        Map<String, String> all = new HashMap<>();
        all.put("expand[0]", "discounts");
        all.put("expand[1]", "default_payment_method");
        all.put("expand[2]", "default_source");
        all.put("expand[3]", "schedule.phases.items.price");
        for (int i = 0; i < params.length; i += 2) {
            all.put(params[i], params[i + 1]);
        }
        return all;
    }

    private Subscription state(String fields) {
        stripe.replies(Documents.subscription(fields));
        return subscriptions.fetch("sub_1").value().subscription();
    }

    @Test
    @DisplayName("are read with plan, quantity and period of each line")
    void fetch() {
        Subscription subscription = state(RUNNING);
        assertThat(stripe.call().path()).isEqualTo("/v1/subscriptions/sub_1");
        assertThat(subscription.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(subscription.itemOf(PlanKey.of("pro-monthly"))).hasValueSatisfying(item -> {
            assertThat(item.quantity()).isEqualTo(3);
            assertThat(item.periodEnd()).isEqualTo(Instant.ofEpochSecond(1_702_592_000));
        });
    }

    @Test
    @DisplayName("C2 are read with all their lines when Stripe lists them page by page")
    void manyLines() {
        String item = """
                {"id": "%s", "quantity": 1, "current_period_start": 1, "current_period_end": 2,
                 "price": {"id": "price_%s", "metadata": {}}}""";
        stripe.replies(Documents.subscription(RUNNING).replace("\"has_more\": false", "\"has_more\": true"))
                .replies("{\"has_more\": true, \"data\": [%s]}".formatted(item.formatted("si_1", "a")))
                .replies("{\"has_more\": false, \"data\": [%s]}".formatted(item.formatted("si_2", "b")));

        Subscription subscription = subscriptions.fetch("sub_1").value().subscription();

        assertThat(subscription.items()).extracting("priceId").containsExactly("price_a", "price_b");
        assertThat(stripe.calls().get(2).params())
                .containsEntry("subscription", "sub_1")
                .containsEntry("starting_after", "si_1");
    }

    @Test
    @DisplayName("C2 C19 tell the phase that will change them, and their discounts")
    void scheduleAndDiscounts() {
        String price = """
                {"id": "price_%s", "object": "price", "lookup_key": "%s", "recurring": {"usage_type": "licensed"}}""";
        Subscription subscription =
                state("""
                "currency": "usd", "discounts": [{"id": "di_1", "object": "discount", "end": 1800000000,
                  "promotion_code": "promo_1", "source": {"type": "coupon", "coupon": "welcome"}}],
                "schedule": {"id": "sub_sched_1", "object": "subscription_schedule",
                  "current_phase": {"start_date": 1700000000, "end_date": 1702592000},
                  "phases": [
                    {"start_date": 1690000000, "end_date": 1700000000, "items": [{"price": %1$s, "quantity": 1}]},
                    {"start_date": 1700000000, "end_date": 1702592000, "items": [{"price": %2$s, "quantity": 3}]},
                    {"start_date": 1702592000, "end_date": 1705270400, "items": [{"price": %2$s, "quantity": 3}]},
                    {"start_date": 1705270400, "end_date": 1707948800, "items": [{"price": %1$s, "quantity": 2}]}]}
                """.formatted(price.formatted("a", "hobby-monthly"), price.formatted("1", "pro-monthly")));

        assertThat(stripe.call().params()).isEqualTo(telling());
        assertThat(subscription.scheduledChange())
                .as("the first phase to come that has other lines")
                .contains(new ScheduledChange(
                        Instant.ofEpochSecond(1_705_270_400),
                        List.of(new ScheduledChange.Line("price_a", PlanKey.of("hobby-monthly"), 2))));
        assertThat(subscription.terms())
                .isEqualTo(new BillingTerms(
                        Currency.getInstance("USD"),
                        CollectionMethod.automatic(),
                        List.of(new BillingTerms.Discount(
                                "di_1", "welcome", "promo_1", Instant.ofEpochSecond(1_800_000_000)))));
    }

    @Test
    @DisplayName("C2 in a list that name a schedule are read one by one")
    void listed() {
        stripe.replies("{\"has_more\": false, \"data\": [%s, %s]}"
                        .formatted(
                                Documents.subscription("\"schedule\": \"sub_sched_1\""),
                                Documents.subscription(RUNNING)))
                .replies(Documents.subscription(
                        "\"schedule\": {\"id\": \"sub_sched_1\", \"current_phase\": null, \"phases\": []}"));

        assertThat(subscriptions.list(null, 10).items()).hasSize(2);

        assertThat(stripe.calls())
                .extracting(RecordingStripe.Call::path)
                .containsExactly("/v1/subscriptions", "/v1/subscriptions/sub_1");
        assertThat(stripe.calls().get(0).params()).containsEntry("expand[0]", "data.discounts");
    }

    @Test
    @DisplayName("C16 end with the period")
    void cancelAtPeriodEnd() {
        stripe.replies(Documents.subscription("\"cancel_at_period_end\": true"));
        Subscription cancelled = subscriptions
                .cancel("sub_1", Cancellation.atPeriodEnd(), KEY)
                .value()
                .subscription();
        assertThat(stripe.call().params()).isEqualTo(telling("cancel_at_period_end", "true"));
        assertThat(stripe.call().idempotencyKey()).isEqualTo("subscription.cancel:key-1");
        assertThat(cancelled.pendingEnd()).contains(Instant.ofEpochSecond(1_702_592_000));
    }

    @Test
    @DisplayName("C16 end at a date, without giving anything back")
    void cancelAt() {
        stripe.replies(Documents.subscription("\"cancel_at\": 1800000000"));
        subscriptions.cancel("sub_1", Cancellation.at(Instant.ofEpochSecond(1_800_000_000)), KEY);
        assertThat(stripe.call().params()).isEqualTo(telling("cancel_at", "1800000000", "proration_behavior", "none"));
    }

    @Test
    @DisplayName("C16 end at once")
    void cancelNow() {
        stripe.replies(Documents.subscription("\"ended_at\": 1700000001").replace("active", "canceled"));
        Subscription ended =
                subscriptions.cancel("sub_1", Cancellation.now(), KEY).value().subscription();
        assertThat(stripe.call().method()).isEqualTo("DELETE");
        assertThat(stripe.call().idempotencyKey()).isEqualTo("subscription.delete:key-1");
        assertThat(ended.status()).isEqualTo(SubscriptionStatus.CANCELED);
    }

    @Test
    @DisplayName("C5 that ended by an earlier call whose answer was lost are told as ended")
    void cancelTwice() {
        stripe.replies(404, GONE, Map.of())
                .replies(Documents.subscription("\"ended_at\": 1700000001").replace("active", "canceled"));
        Subscription ended =
                subscriptions.cancel("sub_1", Cancellation.now(), KEY).value().subscription();
        assertThat(ended.status()).isEqualTo(SubscriptionStatus.CANCELED);
    }

    @Test
    @DisplayName("C5 that cannot be ended stay a failure")
    void cancelRefused() {
        stripe.replies(404, GONE, Map.of()).replies(Documents.subscription(RUNNING));
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> subscriptions.cancel("sub_1", Cancellation.now(), KEY));
    }

    @Test
    @DisplayName("C16 no longer end with the period")
    void uncancelPeriodEnd() {
        stripe.replies(Documents.subscription("\"cancel_at_period_end\": true, \"cancel_at\": 1702592000"))
                .replies(Documents.subscription(RUNNING));
        Subscription running = subscriptions.uncancel("sub_1", KEY).value().subscription();
        assertThat(stripe.calls()).hasSize(2);
        assertThat(stripe.calls().get(1).params()).isEqualTo(telling("cancel_at_period_end", "false"));
        assertThat(running.pendingEnd()).isEmpty();
    }

    @Test
    @DisplayName("C16 no longer end at a date")
    void uncancelDate() {
        stripe.replies(Documents.subscription("\"cancel_at\": 1800000000")).replies(Documents.subscription(RUNNING));
        subscriptions.uncancel("sub_1", KEY);
        assertThat(stripe.calls()).hasSize(2);
        assertThat(stripe.calls().get(1).params()).isEqualTo(telling("cancel_at", ""));
    }

    @Test
    @DisplayName("C16 no longer end in any way, also if the date outlives the period's flag")
    void uncancelBoth() {
        stripe.replies(Documents.subscription("\"cancel_at_period_end\": true, \"cancel_at\": 1702592000"))
                .replies(Documents.subscription("\"cancel_at\": 1800000000"))
                .replies(Documents.subscription(RUNNING));
        Subscription running = subscriptions.uncancel("sub_1", KEY).value().subscription();
        assertThat(running.pendingEnd()).isEmpty();
        assertThat(stripe.calls())
                .extracting(RecordingStripe.Call::idempotencyKey)
                .containsExactly(null, "subscription.uncancel:key-1", "subscription.uncancel-date:key-1");
    }

    @Test
    @DisplayName("C16 without a pending end are only read")
    void uncancelNothing() {
        stripe.replies(Documents.subscription(RUNNING));
        subscriptions.uncancel("sub_1", KEY);
        assertThat(stripe.call().method()).isEqualTo("GET");
    }

    @Test
    @DisplayName("C2 change all their lines in one step")
    void changeItems() {
        stripe.replies(Documents.list(Documents.price(
                        "price_team", "\"recurring\": {\"interval\": \"year\", \"usage_type\": \"licensed\"}")))
                .replies(Documents.list(Documents.price(
                        "price_api", "\"recurring\": {\"interval\": \"month\", \"usage_type\": \"metered\"}")))
                .replies(Documents.subscription(RUNNING));

        subscriptions.changeItems(
                "sub_1",
                List.of(
                        new ItemChange.Replace("si_1", PlanKey.of("team-yearly"), 5),
                        new ItemChange.Replace("si_2", PlanKey.of("api"), 0),
                        new ItemChange.SetQuantity("si_3", 9),
                        new ItemChange.Remove("si_4")),
                Timing.NOW_PRORATE,
                KEY);

        assertThat(stripe.calls().get(0).params()).isEqualTo(Map.of("lookup_keys[0]", "team-yearly", "active", "true"));
        assertThat(stripe.calls().get(2).params())
                .isEqualTo(telling(
                        "items[0][id]", "si_1",
                        "items[0][price]", "price_team",
                        "items[0][quantity]", "5",
                        "items[1][id]", "si_2",
                        "items[1][price]", "price_api",
                        "items[2][id]", "si_3",
                        "items[2][quantity]", "9",
                        "items[3][id]", "si_4",
                        "items[3][deleted]", "true",
                        "proration_behavior", "create_prorations"));
        assertThat(stripe.calls().get(2).idempotencyKey()).isEqualTo("subscription.change:key-1");
    }

    @ParameterizedTest
    @CsvSource({"NOW_PRORATE,create_prorations", "NOW_INVOICE,always_invoice", "NOW_WITHOUT_PRORATION,none"})
    @DisplayName("C2 charge a change as asked")
    void proration(Timing timing, String wire) {
        stripe.replies(Documents.subscription(RUNNING));
        subscriptions.changeItems("sub_1", List.of(new ItemChange.SetQuantity("si_1", 2)), timing, KEY);
        assertThat(stripe.call().params()).containsEntry("proration_behavior", wire);
        if (timing == Timing.NOW_INVOICE) {
            assertThat(stripe.call().params()).containsEntry("payment_behavior", "error_if_incomplete");
        } else {
            assertThat(stripe.call().params()).doesNotContainKey("payment_behavior");
        }
    }

    @Test
    @DisplayName("B3 charge a set-up fee together with the change")
    void charge() {
        stripe.replies(Documents.list(Documents.price("price_fee", ""))).replies(Documents.subscription(RUNNING));
        subscriptions.changeItems("sub_1", List.of(new ItemChange.Charge(PlanKey.of("fee"))), Timing.NOW_INVOICE, KEY);
        assertThat(stripe.calls().get(1).params())
                .containsEntry("add_invoice_items[0][price]", "price_fee")
                .containsEntry("add_invoice_items[0][quantity]", "1");
    }

    @Test
    @DisplayName("without a change are only read")
    void noChange() {
        stripe.replies(Documents.subscription(RUNNING));
        subscriptions.changeItems("sub_1", List.of(), Timing.NOW_WITHOUT_PRORATION, KEY);
        assertThat(stripe.call().method()).isEqualTo("GET");
    }

    @Test
    @DisplayName("B4 name the remedy when a plan has no price at Stripe")
    void missingPrice() {
        stripe.replies(Documents.list());
        assertThatExceptionOfType(ProviderException.class)
                .isThrownBy(() -> subscriptions.changeItems(
                        "sub_1",
                        List.of(new ItemChange.Replace("si_1", PlanKey.of("gold"), 1)),
                        Timing.NOW_WITHOUT_PRORATION,
                        KEY))
                .withMessageContaining("'gold'")
                .withMessageContaining("catalog apply")
                .satisfies(e -> assertThat(e.category()).isEqualTo(ProviderException.Category.NOT_FOUND));
    }

    @Test
    @DisplayName("C5 are read again when Stripe repeats an earlier answer")
    void replayed() {
        stripe.replies(
                        200,
                        Documents.subscription("\"cancel_at_period_end\": true"),
                        Map.of("Idempotent-Replayed", "true"))
                .replies(Documents.subscription(RUNNING));
        assertThat(subscriptions
                        .cancel("sub_1", Cancellation.atPeriodEnd(), KEY)
                        .value()
                        .subscription()
                        .cancelAtPeriodEnd())
                .isFalse();
    }
}
