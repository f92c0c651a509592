package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.subscription.item.Billing;
import dev.billhook.simulator.engine.subscription.item.ExtraLines;
import dev.billhook.simulator.engine.subscription.item.ItemPeriods;
import dev.billhook.simulator.engine.subscription.item.Prorations;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.engine.subscription.item.SubscriptionItems;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Works an update into a subscription: items, trial, cycle, end and terms; with prorations as asked. */
final class SubscriptionUpdate {
    private final SubscriptionItems items;
    private final ItemPeriods periods;
    private final SubscriptionTerms terms;
    private final ExtraLines extras;
    private final Prorations prorations;
    private final Subscriptions subscriptions;
    private final Billing billing;

    SubscriptionUpdate(
            SubscriptionItems items,
            SubscriptionTerms terms,
            ExtraLines extras,
            Prorations prorations,
            Subscriptions subscriptions,
            Billing billing) {
        this.items = items;
        this.periods = new ItemPeriods(items);
        this.terms = terms;
        this.extras = extras;
        this.prorations = prorations;
        this.subscriptions = subscriptions;
        this.billing = billing;
    }

    /**
     * Works an update in; returns the draft of the invoice it makes at once, or null.
     *
     * @param planned whether it was foreseen for this second: then the renewal of this second, which is still to come, bills it
     */
    @Nullable ObjectNode apply(ObjectNode subscription, Params params, boolean planned) {
        ObjectNode before = subscription.deepCopy();
        long now = subscriptions.now(subscription);
        terms.set(subscription, params);
        params.group("cancellation_details")
                .copyTo(Docs.child(subscription, "cancellation_details"), "comment", "feedback");
        if (params.has("pause_collection")) {
            pause(subscription, params);
        }
        Map<String, Params> asked = items.apply(subscription, params.groups("items"));
        if (planned || !"none".equals(params.text("proration_behavior"))) {
            prorations.recordUsage(before, subscription, now);
        }
        terms.setDiscounts(subscription, params, asked);
        extras.add(subscription, params);
        boolean trialEnded = endTrialNow(subscription, params, now);
        boolean restart = trialEnded || restarts(before, subscription, params);
        boolean extended = extendTrial(subscription, params, now);
        if (planned && !extended && !trialEnded && SubscriptionDocs.lastPeriodEnd(before) <= now) {
            leaveToRenewal(before, subscription, restart, now);
            SubscriptionTerms.setCancellation(subscription, params, now);
            return null;
        }
        return bill(before, subscription, params, new Timing(now, restart, extended));
    }

    /** Lets the billing cycle and the present periods begin at this second. */
    void restartCycle(ObjectNode subscription, long now) {
        ItemPeriods.restart(subscription, now);
        Docs.objects(subscription, "items").forEach(item -> periods.begin(subscription, item, now));
    }

    private record Timing(long now, boolean restart, boolean trialExtended) {}

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
            SubscriptionTerms.setCancellation(after, params, timing.now());
            periods.limit(after);
            return billing.draft(after, "subscription_update", Docs.objects(after, "items"), timing.now());
        }
        setPeriodsOfNewItems(before, after, timing.now());
        SubscriptionTerms.setCancellation(after, params, timing.now());
        if (timing.trialExtended() && prorates && !wasFree) {
            prorations.recordCredits(before, at);
        }
        if (SubscriptionDocs.isTrialing(after)) {
            return null;
        }
        if (params.has("cancel_at") || params.has("cancel_at_period_end")) {
            periods.limit(after);
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

    private void leaveToRenewal(ObjectNode before, ObjectNode after, boolean restart, long now) {
        if (restart) {
            ItemPeriods.restart(after, now);
        }
        Map<String, ObjectNode> known = SubscriptionItems.byId(before);
        for (ObjectNode item : Docs.objects(after, "items")) {
            if (!known.containsKey(Docs.textOf(item, "id"))) {
                item.put("current_period_start", SubscriptionDocs.periodStart(before));
                item.put("current_period_end", now);
            }
        }
    }

    private void setPeriodsOfNewItems(ObjectNode before, ObjectNode after, long now) {
        Map<String, ObjectNode> known = SubscriptionItems.byId(before);
        for (ObjectNode item : Docs.objects(after, "items")) {
            if (known.containsKey(Docs.textOf(item, "id"))) {
                continue;
            }
            if (SubscriptionDocs.isTrialing(after)) {
                item.put("current_period_start", SubscriptionDocs.periodStart(before));
                item.put("current_period_end", Docs.numberOf(after, "trial_end"));
            } else {
                periods.join(after, item, now);
            }
        }
    }

    private boolean restarts(ObjectNode before, ObjectNode after, Params params) {
        return !SubscriptionDocs.isTrialing(after)
                && ("now".equals(params.text("billing_cycle_anchor"))
                        || intervalsChanged(before, after)
                        || (isForNothing(before) && !isForNothing(after)));
    }

    /** From then on it is paid for: Stripe lets the cycle begin with the first payment. */
    private boolean isForNothing(ObjectNode subscription) {
        return Docs.objects(subscription, "items").stream()
                .allMatch(item -> !items.isMetered(item) && items.amount(subscription, item) == 0);
    }

    private boolean intervalsChanged(ObjectNode before, ObjectNode after) {
        Map<String, ObjectNode> known = SubscriptionItems.byId(before);
        return Docs.objects(after, "items").stream().anyMatch(item -> {
            ObjectNode was = known.get(Docs.textOf(item, "id"));
            return was != null && !rhythm(was).equals(rhythm(item));
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
        ItemPeriods.restart(subscription, end);
        Docs.objects(subscription, "items").forEach(item -> item.put("current_period_end", end));
        return true;
    }

    private void pause(ObjectNode subscription, Params params) {
        if (params.isUnset("pause_collection")) {
            subscription.putNull("pause_collection");
            return;
        }
        Params given = params.group("pause_collection");
        Long resumes = given.number("resumes_at");
        if (resumes != null) {
            if (resumes <= subscriptions.now(subscription)) {
                throw ApiError.invalid(null, given.name("resumes_at"), "Collection is resumed in the future.");
            }
            subscriptions.schedule(subscription, resumes, SubscriptionCycle.COLLECT_AGAIN);
        }
        ObjectNode pause = subscription.putObject("pause_collection");
        pause.put("behavior", given.requireText("behavior"));
        pause.put("resumes_at", resumes);
    }
}
