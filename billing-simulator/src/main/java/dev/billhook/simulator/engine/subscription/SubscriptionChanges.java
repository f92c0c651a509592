package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.InvoiceSettlement;
import dev.billhook.simulator.engine.subscription.item.Billing;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes subscriptions, on request or by plan, and collects what the change costs. */
public final class SubscriptionChanges {
    private static final List<String> OF_PLAN = List.of("items", "discounts");

    private final World world;
    private final Subscriptions subscriptions;
    private final SubscriptionUpdate updates;
    private final PendingUpdates pending;
    private final Billing billing;
    private final InvoiceSettlement settlement;
    private SubscriptionPlanner planner = SubscriptionPlanner.NONE;

    SubscriptionChanges(
            World world,
            Subscriptions subscriptions,
            SubscriptionUpdate updates,
            PendingUpdates pending,
            Billing billing,
            InvoiceSettlement settlement) {
        this.world = world;
        this.subscriptions = subscriptions;
        this.updates = updates;
        this.pending = pending;
        this.billing = billing;
        this.settlement = settlement;
    }

    void plannedBy(SubscriptionPlanner who) {
        this.planner = who;
    }

    /** Carries out an update and collects what is due at once. */
    public ObjectNode update(String id, Params params) {
        String behavior = params.text("payment_behavior", "allow_incomplete");
        boolean pends = "pending_if_incomplete".equals(behavior);
        ObjectNode subscription = world.finder().editInUrl(SubscriptionDocs.TYPE, id);
        if (pends) {
            PendingUpdates.check(subscription, params);
        }
        if (OF_PLAN.stream().anyMatch(params::has)) {
            pending.discard(subscription);
        }
        ObjectNode before = subscription.deepCopy();
        ObjectNode draft = apply(id, params);
        if (draft != null && pends) {
            pending.settle(before, subscription, draft);
        } else if (draft != null) {
            updated(subscription);
            settlement.settleNow(draft, behavior, false);
        }
        updated(subscription);
        if (OF_PLAN.stream().anyMatch(params::has)
                && subscription.path("pending_update").isNull()) {
            planner.changed(subscription);
        }
        return subscription;
    }

    /** Carries out a planned change; an invoice it makes stays a draft for an hour, as at a renewal. */
    public void carryOut(ObjectNode subscription, Params params) {
        ObjectNode draft = updates.apply(subscription, params, true);
        subscriptions.scheduleNext(subscription);
        updated(subscription);
        if (draft != null) {
            settlement.settleLater(draft);
        }
    }

    /** Changes a subscription to what its plan says by now, on request: what is due is collected at once. */
    public void conform(ObjectNode subscription, Params params) {
        ObjectNode draft = updates.apply(subscription, params, false);
        subscriptions.scheduleNext(subscription);
        updated(subscription);
        if (draft != null) {
            settlement.settleNow(draft, "allow_incomplete", false);
            updated(subscription);
        }
    }

    /** Carries out an update up to the draft of the invoice it makes at once; null when it makes none. */
    @Nullable ObjectNode apply(String id, Params params) {
        ObjectNode subscription = world.finder().editInUrl(SubscriptionDocs.TYPE, id);
        if (SubscriptionDocs.isEnded(subscription)) {
            return applyToEnded(subscription, params);
        }
        planner.check(subscription, params);
        ObjectNode draft = updates.apply(subscription, params, false);
        subscriptions.scheduleNext(subscription);
        return draft;
    }

    /** Ends the pause of a subscription whose trial ended without a payment method. */
    public ObjectNode resume(String id, Params params) {
        ObjectNode subscription = world.finder().editInUrl(SubscriptionDocs.TYPE, id);
        if (!"paused".equals(SubscriptionDocs.status(subscription))) {
            throw ApiError.invalid(null, null, "Only paused subscriptions can be resumed.");
        }
        long now = subscriptions.now(subscription);
        updates.restartCycle(subscription, now);
        subscription.put("status", "active");
        ObjectNode draft = billing.draft(subscription, "subscription_update", Docs.objects(subscription, "items"), now);
        subscriptions.scheduleNext(subscription);
        world.events().emitUpdated("customer.subscription.resumed", subscription);
        settlement.settleNow(draft, params.text("payment_behavior", "allow_incomplete"), false);
        updated(subscription);
        return subscription;
    }

    /** Moves a subscription to the flexible billing mode, for good. */
    public ObjectNode migrate(String id, Params params) {
        ObjectNode subscription = world.finder().editInUrl(SubscriptionDocs.TYPE, id);
        if (SubscriptionDocs.isFlexible(subscription)) {
            throw ApiError.invalid(null, "billing_mode", "The subscription has the flexible billing mode already.");
        }
        Params mode = params.group("billing_mode");
        SubscriptionDocs.setMode(
                subscription, mode.requireText("type"), mode.group("flexible").text("proration_discounts"));
        Docs.child(subscription, "billing_mode").put("updated_at", subscriptions.now(subscription));
        updated(subscription);
        return subscription;
    }

    private static @Nullable ObjectNode applyToEnded(ObjectNode subscription, Params params) {
        for (String name : (Iterable<String>) () -> params.tree().fieldNames()) {
            if (!List.of("metadata", "cancellation_details", "expand").contains(name)) {
                throw ApiError.invalid(
                        null, name, "A canceled subscription can only change its metadata and cancellation_details.");
            }
        }
        params.mergeMetadata(subscription);
        params.group("cancellation_details")
                .copyTo(Docs.child(subscription, "cancellation_details"), "comment", "feedback");
        return null;
    }

    private void updated(ObjectNode subscription) {
        world.events().emitUpdated("customer.subscription.updated", subscription);
    }
}
