package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.DunningPolicy.FinalAction;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.invoice.InvoiceOwner;
import dev.billhook.simulator.engine.invoice.Invoices;
import dev.billhook.simulator.engine.payment.method.PaymentMethods;
import dev.billhook.simulator.engine.subscription.item.Billing;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.kernel.Docs;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the passage of time and the fate of invoices do to subscriptions. */
final class SubscriptionCycle implements InvoiceOwner {
    static final String PERIOD = "subscription.period";
    static final String INCOMPLETE = "subscription.incomplete";
    static final String CANCEL_AT = "subscription.cancel_at";
    static final String TRIAL_WILL_END = "subscription.trial_will_end";
    static final String UPCOMING = "subscription.upcoming";
    static final String COLLECT_AGAIN = "subscription.collect_again";
    static final long INCOMPLETE_SECONDS = 23 * 3_600;
    static final long TRIAL_NOTICE_SECONDS = 3 * 86_400;
    static final long UPCOMING_SECONDS = 7 * 86_400;
    static final String PAUSED = "_paused";
    private static final Set<String> RENEWING = Set.of("active", "past_due", "unpaid", "trialing");
    private static final Set<String> RECOVERABLE = Set.of("incomplete", "past_due", "unpaid");

    private final World world;
    private final Subscriptions subscriptions;
    private final Renewals renewals;
    private final Billing billing;
    private final InvoiceEngine invoicing;
    private final PaymentMethods methods;
    private final PendingUpdates pending;
    private final Previews previews;

    /** The parts of the engine the cycle drives. */
    record Parts(
            Subscriptions subscriptions,
            Renewals renewals,
            Billing billing,
            InvoiceEngine invoicing,
            PendingUpdates pending,
            Previews previews) {}

    SubscriptionCycle(World world, PaymentMethods methods, Parts parts) {
        this.world = world;
        this.methods = methods;
        this.subscriptions = parts.subscriptions();
        this.renewals = parts.renewals();
        this.billing = parts.billing();
        this.invoicing = parts.invoicing();
        this.pending = parts.pending();
        this.previews = parts.previews();
        world.simulation().onTimer(PERIOD, this::periodEnded);
        world.simulation().onTimer(INCOMPLETE, this::expireIncomplete);
        world.simulation().onTimer(CANCEL_AT, this::cancelDue);
        world.simulation().onTimer(TRIAL_WILL_END, this::announceTrialEnd);
        world.simulation().onTimer(UPCOMING, this::announceUpcoming);
        world.simulation().onTimer(COLLECT_AGAIN, this::collectAgain);
    }

    @Override
    public void paid(ObjectNode invoice) {
        ObjectNode subscription = of(invoice);
        if (subscription == null) {
            return;
        }
        pending.paid(subscription, invoice);
        if (RECOVERABLE.contains(SubscriptionDocs.status(subscription))) {
            subscription.put("status", "active");
        }
        String saving = Docs.text(Docs.child(subscription, "payment_settings"), "save_default_payment_method");
        String used = Docs.text(invoice, "_payment_method");
        if ("on_subscription".equals(saving) && used != null) {
            methods.attach(used, Docs.textOf(subscription, "customer"));
            subscription.put("default_payment_method", used);
        }
        updated(subscription);
    }

    @Override
    public void failed(ObjectNode invoice) {
        ObjectNode subscription = of(invoice);
        if (subscription != null
                && !pending.isFor(subscription, invoice)
                && "active".equals(SubscriptionDocs.status(subscription))) {
            subscription.put("status", "past_due");
            updated(subscription);
        }
    }

    @Override
    public void givenUp(ObjectNode invoice, FinalAction action) {
        ObjectNode subscription = of(invoice);
        if (subscription == null || pending.isFor(subscription, invoice)) {
            return;
        }
        switch (action) {
            case CANCEL -> subscriptions.end(subscription, "payment_failed");
            case UNPAID -> {
                subscription.put("status", "unpaid");
                updated(subscription);
            }
            case PAST_DUE -> failed(invoice);
        }
    }

    @Override
    public void voided(ObjectNode invoice) {
        ObjectNode subscription = of(invoice);
        if (subscription != null && pending.isFor(subscription, invoice)) {
            pending.discard(subscription);
            updated(subscription);
        }
    }

    @Override
    public @Nullable String paymentMethod(ObjectNode invoice) {
        ObjectNode subscription = find(invoice);
        return subscription == null ? null : SubscriptionDocs.paymentMethod(subscription);
    }

    @Override
    public @Nullable String pauseBehavior(ObjectNode invoice) {
        return Docs.text(invoice, PAUSED);
    }

    private @Nullable ObjectNode find(ObjectNode invoice) {
        String id = Invoices.subscriptionOf(invoice);
        return id == null ? null : world.store().find(SubscriptionDocs.TYPE, id);
    }

    private @Nullable ObjectNode of(ObjectNode invoice) {
        ObjectNode found = find(invoice);
        return found == null || SubscriptionDocs.isEnded(found)
                ? null
                : world.store().edit(SubscriptionDocs.TYPE, SubscriptionDocs.id(found));
    }

    private void periodEnded(String id) {
        ObjectNode subscription = renewing(id);
        if (subscription == null) {
            return;
        }
        long now = subscriptions.now(subscription);
        renewals.carryOutPlan(subscription);
        if (SubscriptionDocs.periodEnd(subscription) > now || SubscriptionDocs.isEnded(subscription)) {
            return;
        }
        if (endDue(subscription, now)) {
            endAndBill(subscription, now);
        } else if (SubscriptionDocs.isTrialing(subscription)) {
            endTrial(subscription, now);
        } else {
            renewAndBill(subscription, now);
        }
    }

    private void renewAndBill(ObjectNode subscription, long now) {
        ObjectNode draft = renewals.renew(subscription, "subscription_cycle", now);
        updated(subscription);
        String paused = Docs.text(Docs.child(subscription, "pause_collection"), "behavior");
        if ("unpaid".equals(SubscriptionDocs.status(subscription)) || "keep_as_draft".equals(paused)) {
            invoicing.settlement().keepAsDraft(draft);
        } else {
            draft.put(PAUSED, paused);
            invoicing.settlement().settleLater(draft);
        }
        subscriptions.scheduleNext(subscription);
    }

    private void endTrial(ObjectNode subscription, long now) {
        String missing = Docs.text(
                Docs.child(Docs.child(subscription, "trial_settings"), "end_behavior"), "missing_payment_method");
        boolean payable = methods.forSubscription(
                        SubscriptionDocs.paymentMethod(subscription), Docs.textOf(subscription, "customer"))
                != null;
        boolean automatic = SubscriptionDocs.chargesAutomatically(subscription);
        if (!payable && automatic && "cancel".equals(missing)) {
            subscriptions.end(subscription, "cancellation_requested");
        } else if (!payable && automatic && "pause".equals(missing)) {
            subscription.put("status", "paused");
            world.events().emitUpdated("customer.subscription.paused", subscription);
        } else {
            subscription.put("status", "active");
            renewAndBill(subscription, now);
        }
    }

    private void expireIncomplete(String id) {
        ObjectNode found = world.store().find(SubscriptionDocs.TYPE, id);
        if (found == null || !"incomplete".equals(SubscriptionDocs.status(found))) {
            return;
        }
        ObjectNode subscription = world.store().edit(SubscriptionDocs.TYPE, id);
        SubscriptionDocs.end(subscription, "incomplete_expired", subscriptions.now(subscription));
        String invoice = Docs.text(subscription, "latest_invoice");
        if (invoice != null && "open".equals(Invoices.status(world.store().get(Invoices.TYPE, invoice)))) {
            invoicing.invoices().voidInvoice(invoice);
        }
        updated(subscription);
        subscriptions.neverBegan(subscription);
    }

    private void cancelDue(String id) {
        ObjectNode subscription = renewing(id);
        if (subscription != null && endDue(subscription, subscriptions.now(subscription))) {
            endAndBill(subscription, subscriptions.now(subscription));
        }
    }

    private void endAndBill(ObjectNode subscription, long now) {
        ObjectNode draft = billing.lastDraft(subscription, "subscription_cycle", now);
        subscriptions.end(subscription, endReason(subscription));
        if (draft != null) {
            invoicing.settlement().settleLater(draft);
        }
    }

    private void collectAgain(String id) {
        ObjectNode found = world.store().find(SubscriptionDocs.TYPE, id);
        Long at = found == null ? null : Docs.number(Docs.child(found, "pause_collection"), "resumes_at");
        if (found != null && at != null && at <= subscriptions.now(found)) {
            ObjectNode subscription = world.store().edit(SubscriptionDocs.TYPE, id);
            subscription.putNull("pause_collection");
            updated(subscription);
        }
    }

    private void announceTrialEnd(String id) {
        ObjectNode subscription = renewing(id);
        if (subscription == null || !SubscriptionDocs.isTrialing(subscription)) {
            return;
        }
        long left = Docs.numberOf(subscription, "trial_end") - subscriptions.now(subscription);
        boolean told = Docs.numberOf(subscription, "_trial_end_told") == Docs.numberOf(subscription, "trial_end");
        if (left <= TRIAL_NOTICE_SECONDS && !told) {
            subscription.put("_trial_end_told", Docs.numberOf(subscription, "trial_end"));
            world.events().emit("customer.subscription.trial_will_end", subscription);
        }
    }

    private void announceUpcoming(String id) {
        ObjectNode subscription = renewing(id);
        if (subscription == null
                || subscription.path("pause_collection").isObject()
                || endDue(subscription, SubscriptionDocs.periodEnd(subscription))) {
            return;
        }
        long now = subscriptions.now(subscription);
        if (SubscriptionDocs.periodEnd(subscription) - UPCOMING_SECONDS == now) {
            ObjectNode upcoming = previews.upcoming(subscription);
            if (upcoming != null) {
                world.events().emit("invoice.upcoming", upcoming);
            }
        }
    }

    private @Nullable ObjectNode renewing(String id) {
        ObjectNode found = world.store().find(SubscriptionDocs.TYPE, id);
        return found != null && renews(found) ? world.store().edit(SubscriptionDocs.TYPE, id) : null;
    }

    /** Whether a subscription is one that time renews. */
    static boolean renews(ObjectNode subscription) {
        return RENEWING.contains(SubscriptionDocs.status(subscription));
    }

    private static boolean endDue(ObjectNode subscription, long now) {
        Long at = Docs.number(subscription, "cancel_at");
        return at != null && at <= now;
    }

    private static String endReason(ObjectNode subscription) {
        String reason = Docs.text(Docs.child(subscription, "cancellation_details"), "reason");
        return reason == null ? "cancellation_requested" : reason;
    }

    private void updated(ObjectNode subscription) {
        world.events().emitUpdated("customer.subscription.updated", subscription);
    }
}
