package dev.billhook.simulator.engine.creditnote;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.creditnote.Repayments.Plan;
import dev.billhook.simulator.engine.invoice.InvoiceCredits;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.invoice.Invoices;
import dev.billhook.simulator.engine.payment.PaymentEngine;
import dev.billhook.simulator.engine.tax.TaxEngine;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Credit notes of finalized invoices. A note first lowers what remains to be paid; what exceeds that was paid and goes back to the
 * customer. Source: Stripe documentation, "Credit notes". Amounts are minor units.
 */
public final class CreditNotes {
    /** The type of their documents. */
    public static final String TYPE = "credit_note";

    private static final Set<String> CREDITABLE = Set.of("open", "paid", "uncollectible");
    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"credit_note","amount":0,"amount_shipping":0,"created":0,"currency":"","customer":"",
         "customer_account":null,"customer_balance_transaction":null,"discount_amount":0,"discount_amounts":[],
         "effective_at":0,"invoice":"","lines":{"object":"list","data":[],"has_more":false,"url":""},"livemode":false,
         "memo":null,"metadata":{},"number":"","out_of_band_amount":null,"pdf":"","post_payment_amount":0,
         "pre_payment_amount":0,"pretax_credit_amounts":[],"reason":null,"refunds":[],"shipping_cost":null,
         "status":"issued","subtotal":0,"subtotal_excluding_tax":0,"total":0,"total_excluding_tax":0,"total_taxes":[],
         "type":"pre_payment","voided_at":null}\
        """);

    private final World world;
    private final CreditLines lines;
    private final Repayments repayments;
    private final InvoiceCredits credits;

    public CreditNotes(World world, PaymentEngine payment, InvoiceEngine invoicing, TaxEngine taxes) {
        this.world = world;
        this.lines = new CreditLines(world, taxes.rules());
        this.repayments = new Repayments(world, payment, invoicing.collection());
        this.credits = invoicing.credits();
    }

    /** Issues a credit note. */
    public ObjectNode create(Params params) {
        ObjectNode invoice = invoiceOf(params);
        List<ObjectNode> issued = issued(world, Docs.textOf(invoice, "id"));
        ObjectNode note = make(invoice, params);
        fill(note, lines.of(invoice, issued, params));
        long amount = Docs.numberOf(note, "total");
        long before = Math.min(amount, Docs.numberOf(invoice, "amount_remaining"));
        long after = amount - before;
        Plan plan = repayments.plan(params, invoice, issued);
        repayments.check(plan, invoice, issued, amount, after);
        note.put("pre_payment_amount", before);
        note.put("post_payment_amount", after);
        note.put("type", after == 0 ? "pre_payment" : before == 0 ? "post_payment" : "mixed");
        repayments.carryOut(plan, invoice, note);
        world.store().insert(note);
        world.events().emit("credit_note.created", note);
        credits.apply(invoice, before, after);
        return note;
    }

    /** What a credit note would be; everything the request did is undone. */
    public ObjectNode preview(Params params) {
        world.simulation().discardUnit();
        return create(params);
    }

    /** Changes memo and metadata. */
    public ObjectNode update(String id, Params params) {
        ObjectNode note = world.finder().editInUrl(TYPE, id);
        params.copyTo(note, "memo");
        params.mergeMetadata(note);
        world.events().emitUpdated("credit_note.updated", note);
        return note;
    }

    /** Voids a note of an open invoice, which is then due again as before. */
    public ObjectNode voidNote(String id) {
        ObjectNode note = world.finder().editInUrl(TYPE, id);
        ObjectNode invoice = world.store().edit(Invoices.TYPE, Docs.textOf(note, "invoice"));
        if ("void".equals(Docs.text(note, "status"))) {
            throw ApiError.invalid(null, null, "The credit note is void already.");
        }
        if (!"open".equals(Invoices.status(invoice)) || Docs.numberOf(note, "post_payment_amount") > 0) {
            throw ApiError.invalid(
                    null, null, "Only credit notes of open invoices that gave no money back can be voided.");
        }
        note.put("status", "void");
        note.put("voided_at", world.now(Docs.text(invoice, "test_clock")));
        world.events().emit("credit_note.voided", note);
        credits.takeBack(invoice, Docs.numberOf(note, "pre_payment_amount"));
        return note;
    }

    /** The notes of an invoice that are not void, newest first. */
    static List<ObjectNode> issued(World world, String invoice) {
        return world.store()
                .newestFirst(TYPE, "invoice", invoice)
                .filter(note -> "issued".equals(Docs.text(note, "status")))
                .toList();
    }

    private ObjectNode invoiceOf(Params params) {
        String id = params.requireText("invoice");
        world.finder().inParam(Invoices.TYPE, id, "invoice");
        ObjectNode invoice = world.store().edit(Invoices.TYPE, id);
        if (!CREDITABLE.contains(Invoices.status(invoice))) {
            throw ApiError.invalid(
                    null,
                    "invoice",
                    "Credit notes are for finalized invoices; this one is " + Invoices.status(invoice) + ".");
        }
        return invoice;
    }

    private ObjectNode make(ObjectNode invoice, Params params) {
        String id = world.ids().next("cn");
        ObjectNode note = world.create(SHAPE, id, Docs.text(invoice, "test_clock"));
        note.set("currency", invoice.path("currency"));
        note.set("customer", invoice.path("customer"));
        note.set("invoice", invoice.path("id"));
        note.put("effective_at", params.number("effective_at", Docs.numberOf(note, "created")));
        long count = world.store()
                .newestFirst(TYPE, "invoice", Docs.textOf(invoice, "id"))
                .count();
        note.put("number", Docs.text(invoice, "number") + String.format(Locale.ROOT, "-CN-%02d", count + 1));
        note.put("pdf", world.baseUrl() + "/credit_note/" + id + "/pdf");
        Docs.child(note, "lines").put("url", "/v1/credit_notes/" + id + "/lines");
        params.copyTo(note, "memo", "reason");
        params.mergeMetadata(note);
        return note;
    }

    private static void fill(ObjectNode note, List<ObjectNode> made) {
        Docs.child(note, "lines").withArray("data").addAll(made);
        CreditTotals.set(note, made);
    }
}
