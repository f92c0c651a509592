package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.InvoiceSettlement;
import dev.billhook.simulator.engine.invoice.Invoices;
import dev.billhook.simulator.engine.subscription.item.Billing;
import dev.billhook.simulator.engine.subscription.item.Prorations;
import dev.billhook.simulator.engine.subscription.item.SubscriptionDocs;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the next invoice of a subscription will be, also after a change that is not made: the change is carried out for real and
 * undone with the unit of work, so that a preview cannot differ from what is charged later.
 */
public final class Previews {
    private final World world;
    private final Subscriptions subscriptions;
    private final SubscriptionChanges changes;
    private final Prorations prorations;
    private final Billing billing;
    private final Renewals renewals;

    Previews(
            World world,
            Subscriptions subscriptions,
            SubscriptionChanges changes,
            Prorations prorations,
            Billing billing,
            Renewals renewals) {
        this.world = world;
        this.subscriptions = subscriptions;
        this.changes = changes;
        this.prorations = prorations;
        this.billing = billing;
        this.renewals = renewals;
    }

    /** The invoice a {@code create_preview} request asks for; everything else the request did is undone. */
    public ObjectNode preview(Params params) {
        world.simulation().discardUnit();
        ObjectNode details = params.group("subscription_details").tree().deepCopy();
        params.copyTo(details, "discounts", "automatic_tax");
        String id = params.text("subscription");
        if (id == null) {
            details.put("customer", params.requireText("customer"));
            copy(params, details);
            return shown(subscriptions.prepare(Params.of(details)));
        }
        ObjectNode subscription = world.finder().inParam(SubscriptionDocs.TYPE, id, "subscription");
        if (SubscriptionDocs.isEnded(subscription)) {
            throw ApiError.invalid("invoice_upcoming_none", null, "The subscription is over; it has no next invoice.");
        }
        if (Docs.flag(details, "cancel_now")) {
            return shown(finalInvoice(id, details));
        }
        ObjectNode immediate = details.isEmpty() ? null : changes.apply(id, Params.of(details));
        return immediate == null ? next(id) : shown(immediate);
    }

    /** The draft of the first invoice of a subscription that these parameters begin; whoever asks undoes it. */
    public ObjectNode first(Params params) {
        return subscriptions.prepare(params);
    }

    /** The next renewal's invoice as an upcoming-invoice event shows it: without an id; null when there is none. Nothing is kept of it. */
    @Nullable ObjectNode upcoming(ObjectNode subscription) {
        ObjectNode shown = find(SubscriptionDocs.id(subscription));
        if (shown != null) {
            shown.remove("id");
        }
        return shown;
    }

    /** The next invoice that time brings a subscription. Nothing is kept of it. */
    public ObjectNode next(String id) {
        ObjectNode found = find(id);
        if (found == null) {
            throw ApiError.invalid(
                    "invoice_upcoming_none", null, "The subscription will be canceled; it has no next invoice.");
        }
        return found;
    }

    private @Nullable ObjectNode find(String id) {
        ObjectNode subscription = world.store().get(SubscriptionDocs.TYPE, id);
        long end = SubscriptionDocs.periodEnd(subscription);
        Long planned = renewals.plan().next(subscription);
        long then = planned == null ? end : Math.min(planned, end);
        return world.simulation()
                .hypothetically(
                        SubscriptionDocs.clock(subscription),
                        then,
                        () -> invoiceOf(world.store().edit(SubscriptionDocs.TYPE, id), then));
    }

    private @Nullable ObjectNode invoiceOf(ObjectNode subscription, long now) {
        String latest = Docs.text(subscription, "latest_invoice");
        renewals.carryOutPlan(subscription);
        String made = Docs.text(subscription, "latest_invoice");
        if (made != null && !made.equals(latest)) {
            return shown(world.store().get(Invoices.TYPE, made));
        }
        Long over = Docs.number(subscription, "cancel_at");
        if (SubscriptionDocs.isEnded(subscription) || (over != null && over <= now)) {
            ObjectNode last = billing.lastDraft(subscription, "upcoming", now);
            return last == null ? null : shown(last);
        }
        if (SubscriptionDocs.periodEnd(subscription) > now) {
            return find(SubscriptionDocs.id(subscription));
        }
        if (SubscriptionDocs.isTrialing(subscription)) {
            subscription.put("status", "active");
        }
        ObjectNode draft = renewals.renew(subscription, "upcoming", now);
        draft.put("next_payment_attempt", now + InvoiceSettlement.DRAFT_SECONDS);
        return shown(draft);
    }

    private ObjectNode finalInvoice(String id, ObjectNode details) {
        ObjectNode subscription = world.store().edit(SubscriptionDocs.TYPE, id);
        boolean prorates = !"none".equals(Docs.text(details, "proration_behavior"));
        if (prorates && !SubscriptionDocs.isTrialing(subscription)) {
            Long date = Docs.number(details, "proration_date");
            prorations.recordCredits(subscription, date == null ? subscriptions.now(subscription) : date);
        }
        ObjectNode last = billing.lastDraft(subscription, "upcoming", subscriptions.now(subscription));
        return last == null
                ? billing.draft(subscription, "upcoming", List.of(), SubscriptionDocs.periodStart(subscription))
                : last;
    }

    private static void copy(Params params, ObjectNode details) {
        String currency = params.text("currency");
        if (currency != null) {
            details.put("currency", currency);
        }
    }

    /** A draft as previews show it. */
    public static ObjectNode shown(ObjectNode draft) {
        return Invoices.asUpcoming(draft);
    }
}
