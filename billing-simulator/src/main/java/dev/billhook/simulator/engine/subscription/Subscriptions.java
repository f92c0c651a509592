package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.InvoiceSettlement;
import dev.billhook.simulator.engine.invoice.Invoices;
import dev.billhook.simulator.engine.subscription.item.Billing;
import dev.billhook.simulator.engine.subscription.item.ExtraLines;
import dev.billhook.simulator.engine.subscription.item.ItemPeriods;
import dev.billhook.simulator.engine.subscription.item.Prorations;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.engine.subscription.item.SubscriptionItems;
import dev.billhook.simulator.engine.subscription.item.SubscriptionStart;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;

/** Begins and ends subscriptions. */
public final class Subscriptions {
    private final World world;
    private final SubscriptionItems items;
    private final SubscriptionTerms terms;
    private final ExtraLines extras;
    private final Prorations prorations;
    private final Billing billing;
    private final InvoiceSettlement settlement;
    private SubscriptionPlanner planner = SubscriptionPlanner.NONE;

    Subscriptions(
            World world,
            SubscriptionItems items,
            SubscriptionTerms terms,
            ExtraLines extras,
            Prorations prorations,
            Billing billing,
            InvoiceSettlement settlement) {
        this.world = world;
        this.items = items;
        this.terms = terms;
        this.extras = extras;
        this.prorations = prorations;
        this.billing = billing;
        this.settlement = settlement;
    }

    void plannedBy(SubscriptionPlanner who) {
        this.planner = who;
    }

    /** Begins a subscription and bills its first period. */
    public ObjectNode create(Params params) {
        ObjectNode draft = prepare(params);
        ObjectNode subscription = world.store().edit(SubscriptionDocs.TYPE, draftedFor(draft));
        String behavior = params.text("payment_behavior", "allow_incomplete");
        terms.requireLocation(draft);
        requireMethod(subscription, draft, behavior);
        world.events().emit("customer.subscription.created", subscription);
        settlement.settleNow(draft, behavior, true);
        if ("incomplete".equals(SubscriptionDocs.status(subscription))) {
            long expiry = Docs.numberOf(subscription, "created") + SubscriptionCycle.INCOMPLETE_SECONDS;
            schedule(subscription, expiry, SubscriptionCycle.INCOMPLETE);
        }
        setCurrency(subscription);
        return subscription;
    }

    /** Stores a new subscription with the draft of its first invoice, without events or payment. */
    ObjectNode prepare(Params params) {
        ObjectNode customer = world.finder().inParam("customer", params.requireText("customer"), "customer");
        String clock = Docs.text(customer, "test_clock");
        ObjectNode subscription =
                world.create(SubscriptionDocs.SHAPE, world.ids().next("sub"), clock);
        long now = Docs.numberOf(subscription, "created");
        subscription.put("customer", Docs.textOf(customer, "id"));
        subscription.put("test_clock", clock);
        subscription.put("currency", params.text("currency", ""));
        terms.set(subscription, params);
        SubscriptionTerms.setMode(subscription, params);
        if (!params.hasValue("items")) {
            throw ApiError.missing("items");
        }
        terms.setDiscounts(subscription, params, items.apply(subscription, params.groups("items")));
        new SubscriptionStart(items).set(subscription, params, now);
        SubscriptionTerms.setCancellation(subscription, params, now);
        if (!SubscriptionDocs.isTrialing(subscription)) {
            new ItemPeriods(items).limit(subscription);
        }
        world.store().insert(subscription);
        scheduleNext(subscription);
        extras.add(subscription, params);
        return billing.firstDraft(subscription, now);
    }

    /** Begins a subscription by plan, with a first invoice that stays a draft for an hour. */
    public ObjectNode begin(Params params, String schedule) {
        ObjectNode draft = prepare(params);
        ObjectNode subscription = world.store().edit(SubscriptionDocs.TYPE, draftedFor(draft));
        subscription.put("schedule", schedule);
        if (!SubscriptionDocs.isTrialing(subscription)) {
            subscription.put("status", "active");
        }
        world.events().emit("customer.subscription.created", subscription);
        settlement.settleLater(draft);
        setCurrency(subscription);
        return subscription;
    }

    /** Ends a subscription now. */
    public ObjectNode cancel(String id, Params params) {
        ObjectNode subscription = world.finder().editInUrl(SubscriptionDocs.TYPE, id);
        if (SubscriptionDocs.isEnded(subscription)) {
            throw ApiError.noSuch(SubscriptionDocs.TYPE, id, "id", true);
        }
        long now = now(subscription);
        if (params.flag("prorate") && !SubscriptionDocs.isTrialing(subscription)) {
            prorations.recordCredits(subscription, now);
        }
        Params details = params.group("cancellation_details");
        details.copyTo(Docs.child(subscription, "cancellation_details"), "comment", "feedback");
        end(subscription, "cancellation_requested");
        ObjectNode draft =
                params.flag("invoice_now") ? billing.lastDraft(subscription, "subscription_update", now) : null;
        if (draft != null) {
            settlement.settleNow(draft, "allow_incomplete", true);
        }
        return subscription;
    }

    /** Ends a subscription for a reason; its events are recorded. */
    void end(ObjectNode subscription, String reason) {
        long now = now(subscription);
        SubscriptionDocs.end(subscription, "canceled", now);
        if (subscription.path("canceled_at").isNull()) {
            subscription.put("canceled_at", now);
        }
        SubscriptionDocs.reason(subscription, reason);
        world.events().emit("customer.subscription.deleted", subscription);
        planner.ended(subscription, reason);
    }

    /** Nothing that was planned for one whose first invoice was not paid in time comes about. */
    void neverBegan(ObjectNode expired) {
        planner.ended(expired, "payment_failed");
    }

    /** Ends everything a customer has, because it is deleted. */
    public void endAllOf(String customer) {
        world.store().newestFirst(SubscriptionDocs.TYPE, "customer", customer).forEach(found -> {
            if (!SubscriptionDocs.isEnded(found)) {
                end(world.store().edit(SubscriptionDocs.TYPE, SubscriptionDocs.id(found)), "cancellation_requested");
            }
        });
    }

    long now(ObjectNode subscription) {
        return world.now(SubscriptionDocs.clock(subscription));
    }

    void schedule(ObjectNode subscription, long second, String kind) {
        world.simulation()
                .schedule(SubscriptionDocs.clock(subscription), second, kind, SubscriptionDocs.id(subscription));
    }

    /** Sets timers for what the subscription's present dates make due. */
    void scheduleNext(ObjectNode subscription) {
        long now = now(subscription);
        long end = SubscriptionDocs.periodEnd(subscription);
        schedule(subscription, end, SubscriptionCycle.PERIOD);
        Long cancelAt = Docs.number(subscription, "cancel_at");
        if (cancelAt != null && cancelAt < end) {
            schedule(subscription, cancelAt, SubscriptionCycle.CANCEL_AT);
        }
        if (SubscriptionDocs.isTrialing(subscription)) {
            long notice = Docs.numberOf(subscription, "trial_end") - SubscriptionCycle.TRIAL_NOTICE_SECONDS;
            schedule(subscription, Math.max(now, notice), SubscriptionCycle.TRIAL_WILL_END);
        }
        if (end - SubscriptionCycle.UPCOMING_SECONDS > now) {
            schedule(subscription, end - SubscriptionCycle.UPCOMING_SECONDS, SubscriptionCycle.UPCOMING);
        }
    }

    private void requireMethod(ObjectNode subscription, ObjectNode draft, String behavior) {
        boolean paysNow = Docs.numberOf(draft, "total") > 0
                && SubscriptionDocs.chargesAutomatically(subscription)
                && !"default_incomplete".equals(behavior);
        if (paysNow && terms.methodOf(subscription) == null) {
            throw ApiError.invalid(
                    "resource_missing",
                    null,
                    "The customer has no default payment method. Attach one, or use"
                            + " payment_behavior=default_incomplete.");
        }
    }

    private void setCurrency(ObjectNode subscription) {
        ObjectNode customer = world.editCustomerOf(subscription);
        if (customer.path("currency").isNull()) {
            customer.set("currency", subscription.path("currency"));
            world.events().emitUpdated("customer.updated", customer);
        }
    }

    private static String draftedFor(ObjectNode draft) {
        String id = Invoices.subscriptionOf(draft);
        if (id == null) {
            throw new IllegalStateException("invoice without subscription");
        }
        return id;
    }
}
