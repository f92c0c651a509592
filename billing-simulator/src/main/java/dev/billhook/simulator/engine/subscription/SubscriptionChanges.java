package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.InvoiceSettlement;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes subscriptions: items, trial, end, terms; with prorations as asked. */
public final class SubscriptionChanges {
    private final World world;
    private final SubscriptionItems items;
    private final Prorations prorations;
    private final Subscriptions subscriptions;
    private final Billing billing;
    private final InvoiceSettlement settlement;

    SubscriptionChanges(
            World world,
            SubscriptionItems items,
            Prorations prorations,
            Subscriptions subscriptions,
            Billing billing,
            InvoiceSettlement settlement) {
        this.world = world;
        this.items = items;
        this.prorations = prorations;
        this.subscriptions = subscriptions;
        this.billing = billing;
        this.settlement = settlement;
    }

    /** Carries out an update and collects what is due at once. */
    public ObjectNode update(String id, Params params) {
        ObjectNode draft = apply(id, params);
        ObjectNode subscription = world.store().edit(SubscriptionDocs.TYPE, id);
        if (draft != null) {
            String behavior = params.text("payment_behavior", "allow_incomplete");
            if ("pending_if_incomplete".equals(behavior)) {
                behavior = "error_if_incomplete";
            }
            world.events().emitUpdated("customer.subscription.updated", subscription);
            settlement.settleNow(draft, behavior, false);
        }
        world.events().emitUpdated("customer.subscription.updated", subscription);
        return subscription;
    }

    /** Ends the pause of a subscription whose trial ended without a payment method. */
    public ObjectNode resume(String id, Params params) {
        ObjectNode subscription = world.finder().editInUrl(SubscriptionDocs.TYPE, id);
        if (!"paused".equals(SubscriptionDocs.status(subscription))) {
            throw ApiError.invalid(null, null, "Only paused subscriptions can be resumed.");
        }
        long now = subscriptions.now(subscription);
        restartCycle(subscription, now);
        subscription.put("status", "active");
        ObjectNode draft = billing.draft(subscription, "subscription_update", Docs.objects(subscription, "items"), now);
        subscriptions.scheduleNext(subscription);
        world.events().emitUpdated("customer.subscription.resumed", subscription);
        settlement.settleNow(draft, params.text("payment_behavior", "allow_incomplete"), false);
        world.events().emitUpdated("customer.subscription.updated", subscription);
        return subscription;
    }

    /** Carries out an update up to the draft of the invoice it makes at once; null when it makes none. */
    @Nullable ObjectNode apply(String id, Params params) {
        ObjectNode subscription = world.finder().editInUrl(SubscriptionDocs.TYPE, id);
        if (SubscriptionDocs.isEnded(subscription)) {
            return applyToEnded(subscription, params);
        }
        ObjectNode before = subscription.deepCopy();
        long now = subscriptions.now(subscription);
        subscriptions.setTerms(subscription, params);
        params.group("cancellation_details")
                .copyTo(Docs.child(subscription, "cancellation_details"), "comment", "feedback");
        if (params.has("pause_collection")) {
            pause(subscription, params);
        }
        Map<String, Params> asked = items.apply(subscription, params.groups("items"));
        if (!"none".equals(params.text("proration_behavior"))) {
            prorations.recordUsage(before, subscription, now);
        }
        subscriptions.setDiscounts(subscription, params, asked);
        subscriptions.addExtras(subscription, params);
        boolean trialEnded = endTrialNow(subscription, params, now);
        boolean restart = trialEnded
                || (!SubscriptionDocs.isTrialing(subscription)
                        && ("now".equals(params.text("billing_cycle_anchor"))
                                || intervalsChanged(before, subscription)));
        boolean extended = extendTrial(subscription, params, now);
        ObjectNode draft = bill(before, subscription, params, new Timing(now, restart, trialEnded, extended));
        subscriptions.setCancellation(subscription, params, now);
        subscriptions.scheduleNext(subscription);
        return draft;
    }

    private record Timing(long now, boolean restart, boolean trialEnded, boolean trialExtended) {}

    private @Nullable ObjectNode bill(ObjectNode before, ObjectNode after, Params params, Timing timing) {
        String proration = params.text("proration_behavior", "create_prorations");
        boolean prorates = !"none".equals(proration);
        boolean wasFree = SubscriptionDocs.isTrialing(before);
        Long date = params.number("proration_date");
        long at = date == null ? timing.now() : Math.max(SubscriptionDocs.periodStart(before), date);
        if (timing.restart()) {
            if (prorates && !wasFree) {
                prorations.recordCredits(before, at);
            }
            restartCycle(after, timing.now());
            return billing.draft(after, "subscription_update", Docs.objects(after, "items"), timing.now());
        }
        setPeriodsOfNewItems(before, after, timing.now());
        if (timing.trialExtended() && prorates && !wasFree) {
            prorations.recordCredits(before, at);
            return null;
        }
        if (SubscriptionDocs.isTrialing(after)) {
            return null;
        }
        prorations.settleDiscounts(before, after, at);
        if (!prorates) {
            return null;
        }
        prorations.recordChange(before, after, at);
        boolean now =
                "always_invoice".equals(proration) && !billing.pending(after).isEmpty();
        return now ? billing.draft(after, "subscription_update", List.of(), timing.now()) : null;
    }

    private void restartCycle(ObjectNode subscription, long now) {
        subscription.put("billing_cycle_anchor", now);
        Docs.objects(subscription, "items").forEach(item -> items.setPeriod(subscription, item, now));
    }

    private void setPeriodsOfNewItems(ObjectNode before, ObjectNode after, long now) {
        Map<String, ObjectNode> known = new HashMap<>();
        Docs.objects(before, "items").forEach(item -> known.put(Docs.textOf(item, "id"), item));
        for (ObjectNode item : Docs.objects(after, "items")) {
            if (known.containsKey(Docs.textOf(item, "id"))) {
                continue;
            }
            if (SubscriptionDocs.isTrialing(after)) {
                item.put("current_period_start", SubscriptionDocs.periodStart(before));
                item.put("current_period_end", Docs.numberOf(after, "trial_end"));
                continue;
            }
            long anchor = Docs.numberOf(after, "billing_cycle_anchor");
            String interval = items.interval(item);
            long count = items.intervalCount(item);
            item.put("current_period_start", BillingCalendar.boundaryAtOrBefore(anchor, now, interval, count));
            item.put("current_period_end", BillingCalendar.boundaryAfter(anchor, now, interval, count));
        }
    }

    private boolean intervalsChanged(ObjectNode before, ObjectNode after) {
        Map<String, String> known = new HashMap<>();
        Docs.objects(before, "items").forEach(item -> known.put(Docs.textOf(item, "id"), rhythm(item)));
        return Docs.objects(after, "items").stream().anyMatch(item -> {
            String was = known.get(Docs.textOf(item, "id"));
            return was != null && !was.equals(rhythm(item));
        });
    }

    private String rhythm(ObjectNode item) {
        return items.intervalCount(item) + items.interval(item);
    }

    private static boolean endTrialNow(ObjectNode subscription, Params params, long now) {
        if (!"now".equals(params.text("trial_end")) || !SubscriptionDocs.isTrialing(subscription)) {
            return false;
        }
        subscription.put("trial_end", now);
        subscription.put("status", "active");
        return true;
    }

    private static boolean extendTrial(ObjectNode subscription, Params params, long now) {
        Long end = params.number("trial_end");
        if (end == null) {
            return false;
        }
        if (end <= now) {
            throw ApiError.invalid(null, "trial_end", "A trial ends in the future; use now to end it.");
        }
        if (!SubscriptionDocs.isTrialing(subscription)) {
            subscription.put("trial_start", now);
            subscription.put("status", "trialing");
        }
        subscription.put("trial_end", end);
        subscription.put("billing_cycle_anchor", end);
        Docs.objects(subscription, "items").forEach(item -> item.put("current_period_end", end));
        return true;
    }

    private static void pause(ObjectNode subscription, Params params) {
        if (params.isUnset("pause_collection")) {
            subscription.putNull("pause_collection");
            return;
        }
        Params given = params.group("pause_collection");
        ObjectNode pause = subscription.putObject("pause_collection");
        pause.put("behavior", given.requireText("behavior"));
        pause.put("resumes_at", given.number("resumes_at"));
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
}
