package dev.billhook.stripe.internal.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.SubscriptionScheduleCreateParams;
import com.stripe.param.SubscriptionScheduleReleaseParams;
import com.stripe.param.SubscriptionScheduleUpdateParams;
import com.stripe.param.SubscriptionScheduleUpdateParams.EndBehavior;
import com.stripe.param.SubscriptionScheduleUpdateParams.Phase;
import com.stripe.param.SubscriptionScheduleUpdateParams.ProrationBehavior;
import dev.billhook.RequestKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.spi.provider.SubscriptionGateway.Confirmation;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.transport.StripeApi;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes of lines at renewal: a schedule of two phases, the running period as it is and one interval of the new lines, after
 * which Stripe lets the subscription go on by itself.
 */
public final class StripeSchedules {
    private static final String COLLECTION = "/v1/subscription_schedules";

    private final StripeApi api;
    private final SchedulePhases phases;

    public StripeSchedules(StripeApi api, SchedulePhases phases) {
        this.api = api;
        this.phases = phases;
    }

    /** Lets the lines change when the running period ends, in place of whatever was to change then. */
    public void schedule(
            JsonNode subscription, List<ItemChange> changes, @Nullable Confirmation confirmation, RequestKey key) {
        String id = Json.requireText(subscription, "id");
        Phase next = phases.next(subscription, changes);
        JsonNode present = Json.node(subscription, "schedule");
        JsonNode schedule = present == null ? create(id) : present;
        SubscriptionScheduleUpdateParams.Builder params = course(phases.present(subscription, schedule), next);
        if (confirmation != null) {
            params.putMetadata(Metadata.CONFIRMED, confirmation.mark());
        }
        String account = Metadata.value(subscription, Metadata.ACCOUNT);
        if (account != null) {
            params.putMetadata(Metadata.ACCOUNT, account);
        }
        api.post(
                "schedule a change of subscription " + id,
                "schedule.update",
                StripeApi.path(COLLECTION, Json.requireText(schedule, "id")),
                params.build(),
                of(Json.requireText(schedule, "id"), key));
    }

    /** A schedule of two phases, after which the subscription goes on by itself. */
    public static SubscriptionScheduleUpdateParams.Builder course(Phase present, Phase next) {
        return SubscriptionScheduleUpdateParams.builder()
                .setEndBehavior(EndBehavior.RELEASE)
                .setProrationBehavior(ProrationBehavior.NONE)
                .addPhase(present)
                .addPhase(next);
    }

    /**
     * Has the steps of a subscription's schedule go on with the terms it has now, which each step names for itself. Somebody else's
     * schedule is left as it is.
     *
     * @param what the terms that changed, in one word
     */
    public static void again(StripeApi api, JsonNode subscription, String what, RequestKey key) {
        JsonNode schedule = Json.node(subscription, "schedule");
        if (schedule == null || Metadata.value(schedule, Metadata.ACCOUNT) == null) {
            return;
        }
        SubscriptionScheduleUpdateParams.Builder params =
                SubscriptionScheduleUpdateParams.builder().setProrationBehavior(ProrationBehavior.NONE);
        SchedulePhases.again(schedule, subscription).forEach(params::addPhase);
        String id = Json.requireText(schedule, "id");
        api.post(
                "set the " + what + " of the schedule of " + Json.requireText(subscription, "id"),
                "schedule." + what,
                StripeApi.path(COLLECTION, id),
                params.build(),
                of(id, key));
    }

    /** Takes the schedule off its subscription. */
    public void release(String scheduleId, RequestKey key) {
        api.post(
                "release schedule " + scheduleId,
                "schedule.release",
                StripeApi.path(COLLECTION, scheduleId) + "/release",
                SubscriptionScheduleReleaseParams.builder().build(),
                of(scheduleId, key));
    }

    /** A command that is repeated may find another schedule: the one that was put back when a change was refused. */
    private static RequestKey of(String scheduleId, RequestKey key) {
        return RequestKey.derived("schedule", scheduleId, key.value());
    }

    /**
     * Stripe allows a subscription one schedule at a time, so none is made twice; and one that was made with the command's own key
     * and let go since must not be answered again.
     */
    private JsonNode create(String subscriptionId) {
        SubscriptionScheduleCreateParams params = SubscriptionScheduleCreateParams.builder()
                .setFromSubscription(subscriptionId)
                .build();
        return api.post(
                        "make a schedule for " + subscriptionId,
                        "schedule.create",
                        COLLECTION,
                        params,
                        RequestKey.random())
                .body();
    }
}
