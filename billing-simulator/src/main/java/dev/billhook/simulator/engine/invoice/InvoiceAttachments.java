package dev.billhook.simulator.engine.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;

/**
 * Payments of an invoice, or of a part of it, besides the one it asks for by itself. Source: Stripe, "Attach a payment to an
 * Invoice".
 */
public final class InvoiceAttachments {
    private final World world;
    private final InvoiceCollection collection;
    private final InvoiceCredits credits;

    InvoiceAttachments(World world, InvoiceCollection collection, InvoiceCredits credits) {
        this.world = world;
        this.collection = collection;
        this.credits = credits;
    }

    /** Counts an intent that succeeded for the invoice. */
    public ObjectNode attach(String invoiceId, String intentId) {
        ObjectNode invoice = world.store().edit(Invoices.TYPE, invoiceId);
        ObjectNode intent = world.store().get("payment_intent", intentId);
        check(invoice, intent);
        collection.notes().paid(invoice, intent, collection.notes().ask(invoice, intent, false));
        long paid = Docs.numberOf(intent, "amount");
        invoice.put("amount_paid", Docs.numberOf(invoice, "amount_paid") + paid);
        invoice.put("amount_remaining", Docs.numberOf(invoice, "amount_remaining") - paid);
        credits.follow(invoice);
        if ("open".equals(Invoices.status(invoice))) {
            world.events().emitUpdated("invoice.updated", invoice);
        }
        return invoice;
    }

    private void check(ObjectNode invoice, ObjectNode intent) {
        if (!"open".equals(Invoices.status(invoice))) {
            throw ApiError.invalid(null, null, "Payments can be attached to open invoices only.");
        }
        if (!"succeeded".equals(Docs.text(intent, "status"))) {
            throw ApiError.invalid(
                    null, "payment_intent", "Intents that have not succeeded yet are not modelled here.");
        }
        boolean fits = Docs.textOf(intent, "currency").equals(Docs.textOf(invoice, "currency"))
                && Docs.textOf(invoice, "customer").equals(Docs.text(intent, "customer"))
                && Docs.numberOf(intent, "amount") <= Docs.numberOf(invoice, "amount_remaining");
        boolean used = world.store()
                .newestFirst("invoice_payment", "payment_intent", Docs.textOf(intent, "id"))
                .findFirst()
                .isPresent();
        if (!fits || used) {
            throw ApiError.invalid(
                    null,
                    "payment_intent",
                    used
                            ? "The intent pays an invoice already."
                            : "The intent does not fit what remains of the invoice.");
        }
    }
}
