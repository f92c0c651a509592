package dev.billhook.stripe.internal.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionResumeParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.SubscriptionUpdateParams.PaymentBehavior;
import com.stripe.param.SubscriptionUpdateParams.ProrationBehavior;
import com.stripe.param.common.EmptyParam;
import dev.billhook.RequestKey;
import dev.billhook.conversion.ItemChange;
import dev.billhook.error.ProviderException;
import dev.billhook.error.ProviderException.Category;
import dev.billhook.mirror.Fetched;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.spi.provider.Page;
import dev.billhook.spi.provider.SubscriptionGateway;
import dev.billhook.stripe.internal.catalog.PriceLookup;
import dev.billhook.stripe.internal.read.Json;
import dev.billhook.stripe.internal.read.Metadata;
import dev.billhook.stripe.internal.read.SubscriptionReader;
import dev.billhook.stripe.internal.schedule.SchedulePhases;
import dev.billhook.stripe.internal.schedule.StripeSchedules;
import dev.billhook.stripe.internal.transport.Answer;
import dev.billhook.stripe.internal.transport.StripeApi;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.Cancellation.Settlement;
import dev.billhook.subscription.Cancellation.Why;
import dev.billhook.subscription.CollectionMethod;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Schedule;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.Timing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Subscriptions at Stripe. */
public final class StripeSubscriptions implements SubscriptionGateway {
    private static final String COLLECTION = "/v1/subscriptions";

    private final StripeApi api;
    private final LineChanges lines;
    private final SubscriptionDocuments documents;
    private final StripeSchedules schedules;
    private final StripeBeginnings beginnings;

    /** Subscriptions of the account the calls go to. */
    public StripeSubscriptions(StripeApi api, PriceLookup prices, SubscriptionDocuments documents) {
        this.api = api;
        this.lines = new LineChanges(prices);
        this.documents = documents;
        this.beginnings = new StripeBeginnings(api, prices, documents);
        this.schedules = new StripeSchedules(api, new SchedulePhases(prices));
    }

    @Override
    public Fetched<SubscriptionSnapshot> fetch(String subscriptionId) {
        return read(documents.get(subscriptionId));
    }

    @Override
    public Page<SubscriptionSnapshot> list(@Nullable String afterId, int max) {
        SubscriptionListParams params = SubscriptionListParams.builder()
                .setStatus(SubscriptionListParams.Status.ALL)
                .setStartingAfter(afterId)
                .setLimit((long) max)
                .addAllExpand(List.of("data.discounts", "data.default_payment_method", "data.default_source"))
                .build();
        return api.get("list subscriptions", COLLECTION, params)
                .page(body -> SubscriptionReader.read(documents.complete(body)));
    }

    @Override
    public Fetched<SubscriptionSnapshot> cancel(
            String subscriptionId, Cancellation cancellation, Why why, RequestKey key) {
        if (cancellation instanceof Cancellation.Now now) {
            return cancelNow(subscriptionId, now.settlement() != Settlement.NOTHING, why, key);
        }
        SubscriptionUpdateParams.Builder params = SubscriptionUpdateParams.builder();
        if (cancellation instanceof Cancellation.At at) {
            // Like the other cancellations it gives nothing back for the time that is cut off.
            params.setCancelAt(at.end().getEpochSecond()).setProrationBehavior(ProrationBehavior.NONE);
        } else {
            params.setCancelAtPeriodEnd(true);
        }
        if (!why.equals(Why.UNSAID)) {
            params.setCancellationDetails(CancellationWords.update(why));
        }
        return update("cancel", subscriptionId, params, key);
    }

    @Override
    public Fetched<SubscriptionSnapshot> uncancel(String subscriptionId, RequestKey key) {
        Fetched<SubscriptionSnapshot> now = fetch(subscriptionId);
        // Stripe refuses both fields in one request, and clearing the first clears the date that came with it.
        if (now.value().subscription().cancelAtPeriodEnd()) {
            SubscriptionUpdateParams.Builder params =
                    SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(false);
            now = update("uncancel", subscriptionId, params, key);
        }
        Subscription state = now.value().subscription();
        if (state.cancelAt() != null && !state.status().ended()) {
            SubscriptionUpdateParams.Builder params =
                    SubscriptionUpdateParams.builder().setCancelAt(EmptyParam.EMPTY);
            now = update("uncancel-date", subscriptionId, params, key);
        }
        return now;
    }

    @Override
    public Fetched<SubscriptionSnapshot> changeItems(
            String subscriptionId,
            List<ItemChange> changes,
            Timing timing,
            @Nullable Confirmation confirmation,
            RequestKey key) {
        ProrationBehavior behavior = LineChanges.behavior(timing);
        if (changes.isEmpty()) {
            return fetch(subscriptionId);
        }
        SubscriptionUpdateParams.Builder params = lines.update(changes).setProrationBehavior(behavior);
        if (timing == Timing.NOW_INVOICE) {
            params.setPaymentBehavior(PaymentBehavior.ERROR_IF_INCOMPLETE);
        }
        if (confirmation != null) {
            params.putMetadata(Metadata.CONFIRMED, confirmation.mark());
            if (behavior != ProrationBehavior.NONE) {
                params.setProrationDate(confirmation.prorationDate().getEpochSecond());
            }
        }
        return update("change", subscriptionId, params, key);
    }

    @Override
    public Fetched<SubscriptionSnapshot> scheduleItems(
            String subscriptionId, List<ItemChange> changes, @Nullable Confirmation confirmation, RequestKey key) {
        if (!changes.isEmpty()) {
            JsonNode now = documents.get(subscriptionId).read(documents::complete);
            schedules.schedule(now, changes, confirmation, key);
        }
        return fetch(subscriptionId);
    }

    @Override
    public Fetched<SubscriptionSnapshot> useForPayments(String subscriptionId, String paymentMethodId, RequestKey key) {
        SubscriptionUpdateParams.Builder params =
                SubscriptionUpdateParams.builder().setDefaultPaymentMethod(paymentMethodId);
        return update("card", subscriptionId, params, key);
    }

    @Override
    public Fetched<SubscriptionSnapshot> releaseSchedule(String subscriptionId, RequestKey key) {
        Fetched<SubscriptionSnapshot> now = fetch(subscriptionId);
        Schedule schedule = now.value().subscription().schedule();
        if (schedule == null) {
            return now;
        }
        schedules.release(schedule.id(), key);
        return fetch(subscriptionId);
    }

    @Override
    public Fetched<SubscriptionSnapshot> pauseCollection(String subscriptionId, CollectionPause pause, RequestKey key) {
        SubscriptionUpdateParams.PauseCollection.Builder params = SubscriptionUpdateParams.PauseCollection.builder()
                .setBehavior(SubscriptionUpdateParams.PauseCollection.Behavior.valueOf(
                        pause.behavior().name()));
        if (pause.resumesAt() != null) {
            params.setResumesAt(pause.resumesAt().getEpochSecond());
        }
        return update(
                "pause", subscriptionId, SubscriptionUpdateParams.builder().setPauseCollection(params.build()), key);
    }

    @Override
    public Fetched<SubscriptionSnapshot> resumeCollection(String subscriptionId, RequestKey key) {
        return update(
                "collect",
                subscriptionId,
                SubscriptionUpdateParams.builder().setPauseCollection(EmptyParam.EMPTY),
                key);
    }

    @Override
    public Fetched<SubscriptionSnapshot> resume(String subscriptionId, RequestKey key) {
        api.post(
                "resume subscription " + subscriptionId,
                "subscription.resume",
                StripeApi.path(COLLECTION, subscriptionId) + "/resume",
                SubscriptionResumeParams.builder()
                        .setBillingCycleAnchor(SubscriptionResumeParams.BillingCycleAnchor.NOW)
                        .build(),
                key);
        return fetch(subscriptionId);
    }

    @Override
    public Fetched<SubscriptionSnapshot> collectBy(String subscriptionId, CollectionMethod method, RequestKey key) {
        SubscriptionUpdateParams.Builder params = SubscriptionUpdateParams.builder();
        if (method instanceof CollectionMethod.Invoice invoice) {
            params.setCollectionMethod(SubscriptionUpdateParams.CollectionMethod.SEND_INVOICE)
                    .setDaysUntilDue((long) invoice.daysUntilDue());
        } else {
            params.setCollectionMethod(SubscriptionUpdateParams.CollectionMethod.CHARGE_AUTOMATICALLY);
        }
        Fetched<SubscriptionSnapshot> updated = update("collect-by", subscriptionId, params, key);
        if (updated.value().subscription().schedule() == null) {
            return updated;
        }
        StripeSchedules.again(api, documents.get(subscriptionId).read(documents::complete), "collection", key);
        return fetch(subscriptionId);
    }

    @Override
    public Fetched<SubscriptionSnapshot> beginAgain(String endedId, List<NewLine> lines, RequestKey key) {
        Answer answer = beginnings.beginAgain(endedId, lines, key);
        return answer.replayed() ? fetch(answer.read(body -> Json.requireText(body, "id"))) : read(answer);
    }

    @Override
    public Optional<Fetched<SubscriptionSnapshot>> findSuccessor(String endedId) {
        return beginnings.findSuccessor(endedId).map(this::fetch);
    }

    @Override
    public Set<String> sellable(Set<String> priceIds) {
        return beginnings.sellable(priceIds);
    }

    @Override
    public boolean canBeCharged(String endedId) {
        return beginnings.canBeCharged(endedId);
    }

    /** Stripe's DELETE knows no idempotency key: if an earlier one got through, the subscription is gone for a second. */
    private Fetched<SubscriptionSnapshot> cancelNow(String subscriptionId, boolean billRest, Why why, RequestKey key) {
        String path = StripeApi.path(COLLECTION, subscriptionId);
        SubscriptionCancelParams.Builder params = SubscriptionCancelParams.builder();
        if (billRest) {
            params.setInvoiceNow(true).setProrate(true);
        }
        if (!why.equals(Why.UNSAID)) {
            params.setCancellationDetails(CancellationWords.end(why));
        }
        try {
            return read(api.delete(
                    "cancel subscription " + subscriptionId, "subscription.delete", path, params.build(), key));
        } catch (ProviderException e) {
            if (e.category() != Category.NOT_FOUND && e.category() != Category.INVALID_REQUEST) {
                throw e;
            }
            Fetched<SubscriptionSnapshot> now = fetch(subscriptionId);
            if (now.value().subscription().status().ended()) {
                return now;
            }
            throw e;
        }
    }

    private Fetched<SubscriptionSnapshot> update(
            String verb, String subscriptionId, SubscriptionUpdateParams.Builder params, RequestKey key) {
        Answer answer = api.post(
                verb + " subscription " + subscriptionId,
                "subscription." + verb,
                StripeApi.path(COLLECTION, subscriptionId),
                params.addAllExpand(SubscriptionDocuments.TOLD).build(),
                key);
        return documents.current(subscriptionId, answer);
    }

    private Fetched<SubscriptionSnapshot> read(Answer answer) {
        return documents.read(answer);
    }
}
