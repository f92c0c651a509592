package dev.billhook.simulator.engine.subscription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.invoice.InvoiceSettlement;
import dev.billhook.simulator.engine.invoice.Invoices;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;

/**
 * What the next invoice of a subscription will be, also after a change that is not made: the change is carried out for real and
 * undone with the unit of work, so that a preview cannot differ from what is charged later.
 */
public final class Previews {
    private final World world;
    private final Parts parts;

    /** The parts of the engine a preview drives. */
    record Parts(
            SubscriptionItems items,
            Prorations prorations,
            Subscriptions subscriptions,
            SubscriptionChanges changes,
            Billing billing,
            Invoices invoices) {}

    Previews(World world, Parts parts) {
        this.world = world;
        this.parts = parts;
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
            return shown(parts.subscriptions().prepare(Params.of(details)));
        }
        ObjectNode subscription = world.finder().inParam(SubscriptionDocs.TYPE, id, "subscription");
        if (SubscriptionDocs.isEnded(subscription)) {
            throw ApiError.invalid("invoice_upcoming_none", null, "The subscription is over; it has no next invoice.");
        }
        if (Docs.flag(details, "cancel_now")) {
            return shown(finalInvoice(id, details));
        }
        ObjectNode immediate = details.isEmpty() ? null : parts.changes().apply(id, Params.of(details));
        if (immediate != null) {
            return shown(immediate);
        }
        ObjectNode changed = world.store().edit(SubscriptionDocs.TYPE, id);
        Long end = Docs.number(changed, "cancel_at");
        if (end == null || end > SubscriptionDocs.periodEnd(changed)) {
            return shown(nextInvoice(changed));
        }
        ObjectNode last = parts.billing().lastDraft(changed, "upcoming", end);
        if (last == null) {
            throw ApiError.invalid(
                    "invoice_upcoming_none", null, "The subscription will be canceled; it has no next invoice.");
        }
        return shown(last);
    }

    /** The draft of the first invoice of a subscription that these parameters begin; whoever asks undoes it. */
    public ObjectNode first(Params params) {
        return parts.subscriptions().prepare(params);
    }

    /** The next renewal's invoice as an upcoming-invoice event shows it: without an id. Nothing is kept of it. */
    ObjectNode upcoming(ObjectNode subscription) {
        ObjectNode copy = subscription.deepCopy();
        ObjectNode invoice = nextInvoice(copy);
        ObjectNode shown = shown(invoice);
        shown.remove("id");
        parts.invoices().discard(invoice);
        return shown;
    }

    private ObjectNode nextInvoice(ObjectNode subscription) {
        long end = SubscriptionDocs.periodEnd(subscription);
        long start = SubscriptionDocs.periodStart(subscription);
        if (SubscriptionDocs.isTrialing(subscription)) {
            subscription.put("status", "active");
        }
        List<ObjectNode> due = Docs.objects(subscription, "items").stream()
                .filter(item -> Docs.numberOf(item, "current_period_end") == end)
                .toList();
        due.forEach(item -> parts.items().setPeriod(subscription, item, end));
        ObjectNode draft = parts.billing().draft(subscription, "upcoming", due, start);
        draft.put("created", end);
        draft.put("period_end", end);
        draft.put("next_payment_attempt", end + InvoiceSettlement.DRAFT_SECONDS);
        return draft;
    }

    private ObjectNode finalInvoice(String id, ObjectNode details) {
        ObjectNode subscription = world.store().edit(SubscriptionDocs.TYPE, id);
        boolean prorates = !"none".equals(Docs.text(details, "proration_behavior"));
        if (prorates && !SubscriptionDocs.isTrialing(subscription)) {
            Long date = Docs.number(details, "proration_date");
            parts.prorations()
                    .recordCredits(
                            subscription, date == null ? parts.subscriptions().now(subscription) : date);
        }
        ObjectNode last = parts.billing()
                .lastDraft(subscription, "upcoming", parts.subscriptions().now(subscription));
        return last == null
                ? parts.billing().draft(subscription, "upcoming", List.of(), SubscriptionDocs.periodStart(subscription))
                : last;
    }

    private static void copy(Params params, ObjectNode details) {
        String currency = params.text("currency");
        if (currency != null) {
            details.put("currency", currency);
        }
    }

    private static ObjectNode shown(ObjectNode draft) {
        return Invoices.asUpcoming(draft);
    }
}
