package dev.billhook.stripe.internal.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billhook.mirror.SubscriptionSnapshot;
import dev.billhook.subscription.Cancellation;
import dev.billhook.subscription.CollectionPause;
import dev.billhook.subscription.Subscription;
import dev.billhook.subscription.SubscriptionItem;
import dev.billhook.subscription.SubscriptionStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads subscriptions. Until API version 2025-03-31 the period stood on the subscription, since then it stands on each
 * line.
 */
public final class SubscriptionReader {
    private SubscriptionReader() {}

    /**
     * The subscription's state.
     *
     * @throws dev.billhook.BillingException if it cannot be understood
     */
    public static SubscriptionSnapshot read(JsonNode subscription) {
        String customer = Json.id(subscription, "customer");
        if (customer == null) {
            throw Json.malformed(subscription, "customer");
        }
        List<SubscriptionItem> items = items(subscription);
        boolean atPeriodEnd = Json.flag(subscription, "cancel_at_period_end");
        Instant cancelAt = Json.instant(subscription, "cancel_at");
        SubscriptionStatus status = SubscriptionStatus.ofWire(Json.requireText(subscription, "status"));
        Subscription state = Subscription.builder(
                        Json.requireText(subscription, "id"), status, Json.requireInstant(subscription, "created"))
                .items(items)
                .trialEnd(Json.instant(subscription, "trial_end"))
                .cancelAtPeriodEnd(atPeriodEnd)
                .cancelAt(cancelAt == null && atPeriodEnd ? periodEnd(items) : cancelAt)
                .canceledAt(Json.instant(subscription, "canceled_at"))
                .endedAt(Json.instant(subscription, "ended_at"))
                .cancellation(cancellation(subscription, status))
                .pause(pause(subscription))
                .terms(TermsReader.read(subscription, status))
                .paymentMethod(status.ended() ? null : PaymentMethodReader.ofSubscription(subscription))
                .schedule(status.ended() ? null : ScheduleReader.read(subscription, items))
                .build();
        return new SubscriptionSnapshot(
                state,
                customer,
                Metadata.account(subscription),
                Json.node(subscription, "test_clock") != null,
                confirmed(subscription));
    }

    /** Versions of before 2022-11-15 do not tell it; of one that still runs it is known that somebody asked for its end. */
    private static Cancellation.@Nullable Told cancellation(JsonNode subscription, SubscriptionStatus status) {
        JsonNode details = Json.node(subscription, "cancellation_details");
        if (details != null) {
            return Cancellation.Told.ofWire(Json.text(details, "reason"), Json.text(details, "feedback"));
        }
        return status.ended() || Json.node(subscription, "canceled_at") == null
                ? null
                : new Cancellation.Told(Cancellation.Cause.CANCELLATION_REQUESTED, null);
    }

    private static @Nullable CollectionPause pause(JsonNode subscription) {
        JsonNode pause = Json.node(subscription, "pause_collection");
        return pause == null
                ? null
                : new CollectionPause(
                        CollectionPause.Behavior.ofWire(Json.text(pause, "behavior")),
                        Json.instant(pause, "resumes_at"));
    }

    /** A change at renewal is marked on the schedule that makes it. */
    private static @Nullable String confirmed(JsonNode subscription) {
        String scheduled = Metadata.value(subscription.path("schedule"), Metadata.CONFIRMED);
        return scheduled == null ? Metadata.value(subscription, Metadata.CONFIRMED) : scheduled;
    }

    /**
     * Whether the document tells less than the lines: it lists only some of them, or it is of a version that shows one period for
     * all of them, and they are of different intervals.
     */
    public static boolean incomplete(JsonNode subscription) {
        JsonNode items = subscription.get("items");
        return items != null && (Json.flag(items, "has_more") || periodsUnclear(items.path("data")));
    }

    private static boolean periodsUnclear(JsonNode items) {
        Set<String> intervals = new HashSet<>();
        boolean shared = false;
        for (JsonNode item : items) {
            JsonNode recurring = item.path("price").path("recurring");
            intervals.add(recurring.path("interval") + " " + recurring.path("interval_count"));
            shared |= Json.instant(item, "current_period_end") == null;
        }
        return shared && intervals.size() > 1;
    }

    /**
     * Whether the document only names its schedule or a discount: then what they say must be asked for. Of an ended
     * subscription neither matters any more.
     */
    public static boolean namesOnly(JsonNode subscription) {
        String status = Json.text(subscription, "status");
        if (status != null && SubscriptionStatus.ofWire(status).ended()) {
            return false;
        }
        return Json.text(subscription, "schedule") != null || TermsReader.namesOnly(subscription);
    }

    private static @Nullable Instant periodEnd(List<SubscriptionItem> items) {
        return items.stream()
                .map(SubscriptionItem::periodEnd)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static List<SubscriptionItem> items(JsonNode subscription) {
        JsonNode list = subscription.get("items");
        JsonNode data = list == null ? null : list.get("data");
        if (data == null || !data.isArray()) {
            throw Json.malformed(subscription, "items");
        }
        List<SubscriptionItem> items = new ArrayList<>();
        data.forEach(item -> items.add(item(subscription, item)));
        return items;
    }

    private static SubscriptionItem item(JsonNode subscription, JsonNode item) {
        JsonNode price = Json.node(item, "price");
        if (price == null) {
            throw Json.malformed(item, "price");
        }
        return new SubscriptionItem(
                Json.requireText(item, "id"),
                Json.requireText(price, "id"),
                Metadata.plan(price),
                quantity(item, price),
                period(subscription, item, "current_period_start"),
                period(subscription, item, "current_period_end"),
                Metadata.value(price, Metadata.VERSION));
    }

    /** Whether what is sold at the price is measured, so that a line of it has no quantity. */
    public static boolean metered(JsonNode price) {
        return "metered".equals(Json.text(price.path("recurring"), "usage_type"));
    }

    /** The units of a line or of a schedule's line; 0 for metered prices. */
    public static long quantity(JsonNode item, JsonNode price) {
        if (metered(price)) {
            return 0;
        }
        Long quantity = Json.number(item, "quantity");
        return quantity == null ? 1 : quantity;
    }

    private static Instant period(JsonNode subscription, JsonNode item, String field) {
        Instant own = Json.instant(item, field);
        return own == null ? Json.requireInstant(subscription, field) : own;
    }
}
