package dev.billhook.simulator.engine.billing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.billing.SubscriptionItems.Span;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the periods of a subscription into invoices, and invoices into payments. */
final class Billing {
    static final String FINALIZE = "invoice.finalize";
    static final long DRAFT_SECONDS = 3_600;

    private final World world;
    private final SubscriptionItems items;
    private final InvoiceLines lines;
    private final Invoices invoices;
    private final InvoiceCollection collection;

    Billing(World world, SubscriptionItems items, InvoiceLines lines, Invoices invoices, InvoiceCollection collection) {
        this.world = world;
        this.items = items;
        this.lines = lines;
        this.invoices = invoices;
        this.collection = collection;
        world.simulation().onTimer(FINALIZE, this::finalizeDue);
    }

    /** A draft that bills the present period of these items, and what is pending. */
    ObjectNode draft(ObjectNode subscription, String reason, List<ObjectNode> billed, long periodStart) {
        boolean free = SubscriptionDocs.isTrialing(subscription);
        List<ObjectNode> made = new ArrayList<>();
        for (ObjectNode item : billed) {
            if (items.isMetered(item)) {
                Span used = SubscriptionItems.usedBefore(subscription, item);
                if (!used.isEmpty()) {
                    made.add(lines.ofUsage(subscription, item, used));
                }
                continue;
            }
            made.add(lines.ofItem(
                    subscription,
                    item,
                    free ? 0 : items.amount(subscription, item),
                    Docs.numberOf(item, "current_period_start"),
                    Docs.numberOf(item, "current_period_end")));
        }
        return draft(subscription, reason, periodStart, made);
    }

    /** A draft of what a subscription that ends now used and has pending; null when there is nothing to bill. */
    @Nullable ObjectNode lastDraft(ObjectNode subscription, String reason, long now) {
        List<ObjectNode> made = new ArrayList<>();
        for (ObjectNode item : Docs.objects(subscription, "items")) {
            if (items.isMetered(item)) {
                ObjectNode line =
                        lines.ofUsage(subscription, item, SubscriptionItems.usedUntil(subscription, item, now));
                if (!"0".equals(Docs.text(line, "quantity_decimal"))) {
                    made.add(line);
                }
            }
        }
        if (made.isEmpty() && !invoices.hasPending(subscription)) {
            return null;
        }
        return draft(subscription, reason, SubscriptionDocs.periodStart(subscription), made);
    }

    private ObjectNode draft(ObjectNode subscription, String reason, long periodStart, List<ObjectNode> made) {
        ObjectNode invoice = invoices.draft(subscription, reason, made, periodStart);
        if (!SubscriptionDocs.chargesAutomatically(subscription)) {
            invoice.put("_days_until_due", Docs.numberOf(subscription, "days_until_due"));
        }
        return invoice;
    }

    /** Finalizes a draft at once and collects it as the payment behaviour says; returns why it could not be paid. */
    @Nullable ApiError settleNow(ObjectNode subscription, ObjectNode draft, String paymentBehavior, boolean first) {
        invoices.announce(draft);
        if (!SubscriptionDocs.chargesAutomatically(subscription) && Docs.numberOf(draft, "total") > 0) {
            finalizeLater(draft);
            return null;
        }
        ObjectNode open = invoices.finalizeDraft(Docs.textOf(draft, "id"));
        if ("default_incomplete".equals(paymentBehavior)) {
            collection.prepare(open);
            return null;
        }
        ApiError error = collection.attempt(open, null, !first);
        if (error != null && "error_if_incomplete".equals(paymentBehavior)) {
            throw error.discardingState();
        }
        return error;
    }

    /** Leaves a draft open to changes for an hour, then finalizes and collects it. */
    void settleLater(ObjectNode draft) {
        finalizeLater(draft);
        invoices.announce(draft);
    }

    private void finalizeLater(ObjectNode draft) {
        long at = Docs.numberOf(draft, "created") + DRAFT_SECONDS;
        draft.put("automatically_finalizes_at", at);
        world.simulation().schedule(Docs.text(draft, "test_clock"), at, FINALIZE, Docs.textOf(draft, "id"));
    }

    private void finalizeDue(String id) {
        ObjectNode draft = world.store().find(Invoices.TYPE, id);
        if (draft == null || !"draft".equals(Invoices.status(draft)) || !Docs.flag(draft, "auto_advance")) {
            return;
        }
        String behavior = pauseBehavior(draft);
        if ("keep_as_draft".equals(behavior)) {
            world.store().edit(Invoices.TYPE, id).put("auto_advance", false);
            return;
        }
        ObjectNode open = invoices.finalizeDraft(id);
        if (behavior != null) {
            if ("void".equals(behavior)) {
                invoices.voidInvoice(id);
            } else {
                invoices.markUncollectible(id);
            }
            return;
        }
        if ("charge_automatically".equals(Docs.text(open, "collection_method"))) {
            collection.attempt(open, null, true);
        } else if (Docs.numberOf(open, "amount_due") == 0) {
            collection.prepare(open);
        } else {
            world.events().emit("invoice.sent", open);
            long due = Docs.numberOf(open, "due_date");
            world.simulation().schedule(Docs.text(open, "test_clock"), due, SubscriptionCycle.DUE, id);
        }
    }

    private @Nullable String pauseBehavior(ObjectNode invoice) {
        String id = Invoices.subscriptionOf(invoice);
        ObjectNode subscription = id == null ? null : world.store().find(SubscriptionDocs.TYPE, id);
        return subscription == null ? null : Docs.text(Docs.child(subscription, "pause_collection"), "behavior");
    }
}
