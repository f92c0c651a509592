package dev.billhook.simulator.engine.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes drafts to payment: at once, or after the hour in which they can still be changed. */
public final class InvoiceSettlement {
    /** How long a draft stays open to changes. */
    public static final long DRAFT_SECONDS = 3_600;

    private static final long MOST_AHEAD = 5 * 366 * 86_400L;
    private static final String FINALIZE = "invoice.finalize";
    static final String DUE = "invoice.due";

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

    /** Leaves a draft as it is until somebody finalizes it. */
    public void keepAsDraft(ObjectNode draft) {
        draft.put("auto_advance", false);
        invoices.announce(draft);
    }

    /** Lets a draft go on by itself at its time, or not; lets an open invoice be collected by itself, or not. */
    void plan(ObjectNode invoice, @Nullable Long at) {
        boolean advances = Docs.flag(invoice, "auto_advance");
        if (advances || at != null) {
            // Of a deleted customer nothing goes on by itself.
            world.customerOf(invoice);
        }
        if ("draft".equals(Invoices.status(invoice))) {
            invoice.putNull("automatically_finalizes_at");
            invoice.putNull("next_payment_attempt");
            if (at != null) {
                check(at, invoices.now(invoice));
                finalizeAt(invoice, at);
            } else if (advances) {
                long hour = Docs.numberOf(invoice, "created") + DRAFT_SECONDS;
                finalizeAt(invoice, hour > invoices.now(invoice) ? hour : invoices.now(invoice) + DRAFT_SECONDS);
            }
        } else if (advances) {
            collection.tryAt(invoice, invoices.now(invoice) + DRAFT_SECONDS);
        } else {
            invoice.putNull("next_payment_attempt");
        }
    }

    private static void check(long at, long now) {
        if (at <= now || at > now + MOST_AHEAD) {
            throw ApiError.invalid(
                    null, "automatically_finalizes_at", "An invoice is finalized in the future, within five years.");
        }
    }

    /** Lets what a deleted customer was billed rest: drafts stay drafts, and nothing is tried again by itself. */
    public void abandon(String customer) {
        List<String> unfinished = world.store()
                .newestFirst(Invoices.TYPE, "customer", customer)
                .filter(invoice -> "draft".equals(Invoices.status(invoice)) || "open".equals(Invoices.status(invoice)))
                .map(invoice -> Docs.textOf(invoice, "id"))
                .toList();
        for (String id : unfinished) {
            ObjectNode invoice = world.store().edit(Invoices.TYPE, id);
            invoice.put("auto_advance", false);
            invoice.putNull("automatically_finalizes_at");
            invoice.putNull("next_payment_attempt");
            world.events().emitUpdated("invoice.updated", invoice);
        }
    }

    /** Finalizes a draft on request. */
    public ObjectNode finalizeNow(String id, @Nullable Boolean advances) {
        ObjectNode open = invoices.finalizeOnRequest(id);
        if (advances != null) {
            open.put("auto_advance", advances);
        }
        open.putNull("next_payment_attempt");
        collection.prepare(open);
        if (Docs.flag(open, "auto_advance")) {
            collection.tryAt(open, Math.max(invoices.now(open), Docs.numberOf(open, "created") + DRAFT_SECONDS));
        }
        world.events().emitUpdated("invoice.updated", open);
        return open;
    }

    /** Tells a customer of an invoice; a draft is finalized first. */
    public ObjectNode send(String id) {
        ObjectNode invoice = world.store().edit(Invoices.TYPE, id);
        if ("draft".equals(Invoices.status(invoice))) {
            invoice = finalizeNow(id, null);
        }
        if ("void".equals(Invoices.status(invoice))) {
            throw ApiError.invalid("invoice_not_editable", null, "A void invoice cannot be sent.");
        }
        world.events().emit("invoice.sent", invoice);
        return invoice;
    }

    private void finalizeLater(ObjectNode draft) {
        finalizeAt(draft, Docs.numberOf(draft, "created") + DRAFT_SECONDS);
    }

    private void finalizeAt(ObjectNode draft, long at) {
        draft.put("automatically_finalizes_at", at);
        if (chargesAutomatically(draft)) {
            draft.put("next_payment_attempt", at);
        }
        world.simulation().schedule(Docs.text(draft, "test_clock"), at, FINALIZE, Docs.textOf(draft, "id"));
    }

    private void finalizeDue(String id) {
        ObjectNode draft = world.store().find(Invoices.TYPE, id);
        Long at = draft == null ? null : Docs.number(draft, "automatically_finalizes_at");
        if (draft == null || at == null || !"draft".equals(Invoices.status(draft)) || at > invoices.now(draft)) {
            return;
        }
        if (world.store().find("customer", Docs.textOf(draft, "customer")) == null) {
            return;
        }
        String behavior = pauseBehavior(draft);
        if ("keep_as_draft".equals(behavior)) {
            ObjectNode kept = world.store().edit(Invoices.TYPE, id);
            kept.put("auto_advance", false);
            kept.putNull("automatically_finalizes_at");
            kept.putNull("next_payment_attempt");
            return;
        }
        ObjectNode open = invoices.finalizeDraft(id);
        if (behavior != null) {
            if ("void".equals(behavior)) {
                invoices.voidInvoice(id);
            } else {
                invoices.markUncollectible(id);
            }
        } else if (Docs.numberOf(open, "amount_due") == 0 || !Docs.flag(open, "auto_advance")) {
            collection.prepare(open);
        } else if (chargesAutomatically(open)) {
            collection.attempt(open, null, true);
        } else {
            world.events().emit("invoice.sent", open);
        }
    }

    private @Nullable String pauseBehavior(ObjectNode invoice) {
        return owner == null ? null : owner.pauseBehavior(invoice);
    }

    private void overdue(String id) {
        ObjectNode invoice = world.store().find(Invoices.TYPE, id);
        Long due = invoice == null ? null : Docs.number(invoice, "due_date");
        if (invoice == null || due == null || due > invoices.now(invoice)) {
            return;
        }
        if ("open".equals(Invoices.status(invoice))) {
            world.events().emit("invoice.overdue", invoice);
            if (owner != null) {
                owner.failed(invoice);
            }
        }
    }

    private static boolean chargesAutomatically(ObjectNode invoice) {
        return "charge_automatically".equals(Docs.text(invoice, "collection_method"));
    }
}
