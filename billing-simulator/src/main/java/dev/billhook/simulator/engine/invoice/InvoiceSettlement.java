package dev.billhook.simulator.engine.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** Takes drafts to payment: at once, or after the hour in which they can still be changed. */
public final class InvoiceSettlement {
    /** How long a draft stays open to changes. */
    public static final long DRAFT_SECONDS = 3_600;

    private static final String FINALIZE = "invoice.finalize";
    private static final String DUE = "invoice.due";

    private final World world;
    private final Invoices invoices;
    private final InvoiceCollection collection;
    private @Nullable InvoiceOwner owner;

    InvoiceSettlement(World world, Invoices invoices, InvoiceCollection collection) {
        this.world = world;
        this.invoices = invoices;
        this.collection = collection;
        world.simulation().onTimer(FINALIZE, this::finalizeDue);
        world.simulation().onTimer(DUE, this::overdue);
    }

    void ownedBy(InvoiceOwner who) {
        this.owner = who;
    }

    /** Finalizes a draft at once and collects it as the payment behaviour says; returns why it could not be paid. */
    public @Nullable ApiError settleNow(ObjectNode draft, String paymentBehavior, boolean first) {
        invoices.announce(draft);
        if (!chargesAutomatically(draft) && Docs.numberOf(draft, "total") > 0) {
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
    public void settleLater(ObjectNode draft) {
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
        if (chargesAutomatically(open)) {
            collection.attempt(open, null, true);
        } else if (Docs.numberOf(open, "amount_due") == 0) {
            collection.prepare(open);
        } else {
            world.events().emit("invoice.sent", open);
            long due = Docs.numberOf(open, "due_date");
            world.simulation().schedule(Docs.text(open, "test_clock"), due, DUE, id);
        }
    }

    private @Nullable String pauseBehavior(ObjectNode invoice) {
        return owner == null ? null : owner.pauseBehavior(invoice);
    }

    private void overdue(String id) {
        ObjectNode invoice = world.store().find(Invoices.TYPE, id);
        if (invoice != null && "open".equals(Invoices.status(invoice))) {
            world.events().emit("invoice.overdue", invoice);
            if (owner != null) {
                owner.failed(invoice, false);
            }
        }
    }

    private static boolean chargesAutomatically(ObjectNode invoice) {
        return "charge_automatically".equals(Docs.text(invoice, "collection_method"));
    }
}
