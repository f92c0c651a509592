package dev.billhook.simulator.engine.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.kernel.Docs;

/** What credit notes do to an invoice: they lower what remains to be paid, and end it when nothing remains. */
public final class InvoiceCredits {
    private final World world;
    private final InvoiceCollection collection;

    InvoiceCredits(World world, InvoiceCollection collection) {
        this.world = world;
        this.collection = collection;
    }

    /**
     * Credits a finalized invoice.
     *
     * @param before what is taken off of what remains to be paid
     * @param after what was paid and goes back
     */
    public void apply(ObjectNode invoice, long before, long after) {
        add(invoice, "post_payment_credit_notes_amount", after);
        lower(invoice, before);
    }

    /** Makes due again what a voided credit note had taken off. */
    public void takeBack(ObjectNode invoice, long before) {
        lower(invoice, -before);
    }

    private void lower(ObjectNode invoice, long amount) {
        add(invoice, "pre_payment_credit_notes_amount", amount);
        add(invoice, "amount_due", -amount);
        add(invoice, "amount_remaining", -amount);
        if (amount != 0) {
            follow(invoice);
        }
        world.events().emitUpdated("invoice.updated", invoice);
    }

    /** Keeps the payment that was asked for in step with what remains. */
    void follow(ObjectNode invoice) {
        long rest = Docs.numberOf(invoice, "amount_remaining");
        if (rest == 0) {
            collection.withdraw(invoice, "automatic");
            collection.prepare(invoice);
            return;
        }
        for (ObjectNode found : collection.paymentsOf(Docs.textOf(invoice, "id"))) {
            if ("open".equals(Docs.text(found, "status"))) {
                ObjectNode asked = world.store().edit("invoice_payment", Docs.textOf(found, "id"));
                String intent = Docs.textOf(Docs.child(asked, "payment"), "payment_intent");
                asked.put("amount_requested", rest);
                world.store().edit("payment_intent", intent).put("amount", rest);
            }
        }
    }

    private static void add(ObjectNode invoice, String field, long amount) {
        invoice.put(field, Docs.numberOf(invoice, field) + amount);
    }
}
