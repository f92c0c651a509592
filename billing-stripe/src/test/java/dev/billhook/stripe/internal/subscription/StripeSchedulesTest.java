package dev.billhook.stripe.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.billhook.RequestKey;
import dev.billhook.catalog.PlanKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.stripe.testing.Documents;
import dev.billhook.stripe.testing.RecordingStripe;
import dev.billhook.subscription.Timing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C2 Subscriptions at Stripe that change at renewal")
class StripeSchedulesTest {
    private static final RequestKey KEY = new RequestKey("key-1");
    /** The same key for another schedule is another one. */
    private static final String OF_SCHEDULE =
            RequestKey.derived("schedule", "sub_sched_1", KEY.value()).value();

    private static final String SCHEDULE = """
            {"id": "sub_sched_1", "object": "subscription_schedule", "phases": [],
             "current_phase": {"start_date": 1700000000, "end_date": 1702592000}}""";
    private static final String YEARLY = Documents.list(Documents.price(
            "price_year",
            "\"recurring\": {\"interval\": \"year\", \"interval_count\": 1, \"usage_type\": \"licensed\"}"));
    private static final String FEE = Documents.list(Documents.price("price_fee", ""));

    @AutoClose
    private final RecordingStripe stripe = new RecordingStripe();

    private final SubscriptionGateway subscriptions = stripe.provider().subscriptions();

    @Test
    @DisplayName("get a schedule of the running period as it is and one interval of the new lines")
    void schedule() {
        stripe.replies(Documents.subscription(
                        "\"discounts\": [{\"id\": \"di_1\", \"source\": {\"coupon\": \"half\"}}]"))
                .replies(YEARLY)
                .replies(FEE)
                .replies(SCHEDULE)
                .replies(SCHEDULE)
                .replies(Documents.subscription(""));

        subscriptions.scheduleItems(
                "sub_1",
                List.of(
                        new ItemChange.Replace("si_1", PlanKey.of("pro-yearly"), 5),
                        new ItemChange.Charge(PlanKey.of("fee"))),
                KEY);

        RecordingStripe.Call create = stripe.calls().get(3);
        assertThat(create.path()).isEqualTo("/v1/subscription_schedules");
        assertThat(create.params()).isEqualTo(Map.of("from_subscription", "sub_1"));
        assertThat(create.idempotencyKey()).startsWith("schedule.create:").doesNotContain("key-1");
        RecordingStripe.Call update = stripe.calls().get(4);
        assertThat(update.path()).isEqualTo("/v1/subscription_schedules/sub_sched_1");
        assertThat(update.idempotencyKey()).isEqualTo("schedule.update:" + OF_SCHEDULE);
        assertThat(update.params())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("end_behavior", "release"),
                        Map.entry("proration_behavior", "none"),
                        Map.entry("metadata[billhook_account]", "user:42"),
                        Map.entry("phases[0][start_date]", "1700000000"),
                        Map.entry("phases[0][end_date]", "1702592000"),
                        Map.entry("phases[0][discounts][0][discount]", "di_1"),
                        Map.entry("phases[0][items][0][price]", "price_1"),
                        Map.entry("phases[0][items][0][quantity]", "3"),
                        Map.entry("phases[1][duration][interval]", "year"),
                        Map.entry("phases[1][duration][interval_count]", "1"),
                        Map.entry("phases[1][proration_behavior]", "none"),
                        Map.entry("phases[1][discounts][0][discount]", "di_1"),
                        Map.entry("phases[1][add_invoice_items][0][price]", "price_fee"),
                        Map.entry("phases[1][add_invoice_items][0][quantity]", "1"),
                        Map.entry("phases[1][items][0][price]", "price_year"),
                        Map.entry("phases[1][items][0][quantity]", "5")));
    }

    @Test
    @DisplayName("keep a trial that runs, and use the schedule there is")
    void amend() {
        stripe.replies(Documents.subscription("\"trial_end\": 1702592000, \"schedule\": " + SCHEDULE)
                        .replace("\"active\"", "\"trialing\""))
                .replies(YEARLY)
                .replies(SCHEDULE)
                .replies(Documents.subscription(""));

        subscriptions.scheduleItems("sub_1", List.of(new ItemChange.Replace("si_1", PlanKey.of("pro-yearly"), 1)), KEY);

        assertThat(stripe.calls()).hasSize(4);
        assertThat(stripe.calls().get(2).params())
                .containsEntry("phases[0][trial_end]", "1702592000")
                .doesNotContainKey("phases[1][trial_end]");
    }

    @Test
    @DisplayName("are released from their schedule")
    void release() {
        stripe.replies(Documents.subscription("\"schedule\": " + SCHEDULE))
                .replies(SCHEDULE)
                .replies(Documents.subscription(""));

        assertThat(subscriptions
                        .releaseSchedule("sub_1", KEY)
                        .value()
                        .subscription()
                        .schedule())
                .isNull();

        assertThat(stripe.calls().get(1).path()).isEqualTo("/v1/subscription_schedules/sub_sched_1/release");
        assertThat(stripe.calls().get(1).idempotencyKey()).isEqualTo("schedule.release:" + OF_SCHEDULE);
    }

    @Test
    @DisplayName("are only read if there is nothing to release or to schedule")
    void nothing() {
        stripe.replies(Documents.subscription("")).replies(Documents.subscription(""));

        subscriptions.releaseSchedule("sub_1", KEY);
        subscriptions.scheduleItems("sub_1", List.of(), KEY);

        assertThat(stripe.calls()).extracting(RecordingStripe.Call::method).containsOnly("GET");
    }

    @Test
    @DisplayName("are not changed at once in their place")
    void notNow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subscriptions.changeItems("sub_1", List.of(), Timing.AT_RENEWAL, KEY));
    }
}
