package dev.billhook.simulator.engine.invoice;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.discount.InvoiceDiscounts;
import dev.billhook.simulator.engine.invoice.item.InvoiceItems;
import dev.billhook.simulator.engine.invoice.item.InvoiceLines;
import dev.billhook.simulator.engine.payment.CustomerBalance;
import dev.billhook.simulator.engine.payment.CustomerBalance.Settlement;
import dev.billhook.simulator.engine.tax.InvoiceTaxes;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Invoices from draft to open and to their end; the customer's balance is applied when an invoice is finalized. */
public final class Invoices {
    /** The type of their documents. */
    public static final String TYPE = "invoice";

    private static final ObjectNode SHAPE = Docs.shape("""
        {"id":"","object":"invoice","account_country":"US","account_name":"","account_tax_ids":null,
         "amount_due":0,"amount_overpaid":0,"amount_paid":0,"amount_paid_off_stripe":0,"amount_remaining":0,
         "amount_shipping":0,"application":null,"attempt_count":0,"attempted":false,"auto_advance":true,
         "automatic_tax":{"disabled_reason":null,"enabled":false,"liability":null,"provider":null,"status":null},
         "automatically_finalizes_at":null,"billing_reason":"","collection_method":"charge_automatically","created":0,
         "currency":"","custom_fields":null,"customer":"","customer_account":null,"customer_address":null,
         "customer_email":null,"customer_name":null,"customer_phone":null,"customer_shipping":null,
         "customer_tax_exempt":"none","customer_tax_ids":[],"default_payment_method":null,"default_source":null,
         "default_tax_rates":[],"description":null,"discounts":[],"due_date":null,"effective_at":null,
         "ending_balance":null,"footer":null,"from_invoice":null,"hosted_invoice_url":null,"invoice_pdf":null,
         "issuer":{"type":"self"},"last_finalization_error":null,"latest_revision":null,
         "lines":{"object":"list","data":[],"has_more":false,"url":""},"livemode":false,"metadata":{},
         "next_payment_attempt":null,"number":null,"on_behalf_of":null,"parent":null,
         "payment_settings":{"default_mandate":null,"payment_method_options":null,"payment_method_types":null},
         "period_end":0,"period_start":0,"post_payment_credit_notes_amount":0,"pre_payment_credit_notes_amount":0,
         "receipt_number":null,"rendering":null,"shipping_cost":null,"shipping_details":null,"starting_balance":0,
         "statement_descriptor":null,"status":"draft",
         "status_transitions":{"finalized_at":null,"marked_uncollectible_at":null,"paid_at":null,"voided_at":null},
         "subtotal":0,"subtotal_excluding_tax":0,"test_clock":null,"total":0,"total_discount_amounts":[],
         "total_excluding_tax":0,"total_pretax_credit_amounts":[],"total_taxes":[],"webhooks_delivered_at":null}\
        """);

    private final World world;
    private final InvoiceLines lines;
    private final InvoiceItems items;
    private final InvoiceDiscounts discounts;
    private final InvoiceTaxes taxes;
    private final CustomerBalance balance;
    private final List<Consumer<ObjectNode>> voidListeners = new ArrayList<>();

    Invoices(
            World world,
            InvoiceLines lines,
            InvoiceItems items,
            InvoiceDiscounts discounts,
            InvoiceTaxes taxes,
            CustomerBalance balance) {
        this.world = world;
        this.lines = lines;
        this.items = items;
        this.discounts = discounts;
        this.taxes = taxes;
        this.balance = balance;
    }

    /** A new draft that bills pending items and these lines, for the time up to now; no event yet. */
    public ObjectNode draft(Bill bill, String reason, List<ObjectNode> pending, List<ObjectNode> ownLines) {
        ObjectNode invoice = world.create(SHAPE, world.ids().next("in"), bill.clock());
        String id = Docs.textOf(invoice, "id");
        invoice.put("account_name", world.simulation().settings().businessName());
        invoice.put("billing_reason", reason);
        invoice.put("test_clock", bill.clock());
        invoice.put("period_start", Docs.numberOf(invoice, "created"));
        invoice.put("period_end", Docs.numberOf(invoice, "created"));
        invoice.put("currency", bill.currency());
        invoice.put("customer", bill.customer());
        invoice.put("collection_method", bill.terms().collectionMethod());
        invoice.put("description", bill.terms().description());
        setDue(invoice, bill.terms().daysUntilDue());
        copyCustomer(invoice);
        invoice.set("parent", bill.parent());
        bill.taxes().applyTo(invoice);
        addLines(invoice, pending, ownLines);
        bill.discounts().forEach(invoice.withArray("discounts")::add);
        discounts.apply(invoice, !"upcoming".equals(reason));
        total(invoice);
        Docs.child(invoice, "lines").put("url", "/v1/invoices/" + id + "/lines");
        world.store().insert(invoice);
        return invoice;
    }

    /** A draft as a preview shows it: with what the customer's balance leaves to be paid. */
    public static ObjectNode asUpcoming(ObjectNode draft) {
        ObjectNode shown = draft.deepCopy();
        shown.put("id", "upcoming_" + Docs.textOf(draft, "id"));
        Settlement settled = Settlement.of(Docs.numberOf(draft, "total"), Docs.numberOf(draft, "starting_balance"));
        shown.put("amount_due", settled.due());
        shown.put("amount_remaining", settled.due());
        shown.put("ending_balance", settled.endingBalance());
        return shown;
    }

    /** Records the creation of a draft. */
    void announce(ObjectNode invoice) {
        world.events().emit("invoice.created", invoice);
    }

    /** Opens a draft on request; one that stands alone only when its tax can be worked out. */
    public ObjectNode finalizeOnRequest(String id) {
        ObjectNode invoice = editDraft(id, null);
        if (subscriptionOf(invoice) == null) {
            copyCustomer(invoice);
            taxes.requireLocation(invoice);
        }
        return finalizeDraft(id);
    }

    /** Opens a draft: gives it a number and fixes what is due. */
    public ObjectNode finalizeDraft(String id) {
        ObjectNode invoice = editDraft(id, null);
        lines.recount(invoice);
        copyCustomer(invoice);
        taxes.giveUp(invoice);
        rework(invoice);
        long now = now(invoice);
        ObjectNode customer = world.editCustomerOf(invoice);
        setNumber(invoice, customer);
        balance.applyTo(invoice, customer);
        invoice.put("status", "open");
        invoice.putNull("automatically_finalizes_at");
        if (invoice.path("effective_at").isNull()) {
            invoice.put("effective_at", now);
        }
        Docs.child(invoice, "status_transitions").put("finalized_at", now);
        invoice.put("hosted_invoice_url", world.baseUrl() + "/invoice/" + id);
        invoice.put("invoice_pdf", world.baseUrl() + "/invoice/" + id + "/pdf");
        setDue(invoice, Docs.number(invoice, "_days_until_due"));
        Long due = Docs.number(invoice, "due_date");
        if (due != null) {
            world.simulation().schedule(Docs.text(invoice, "test_clock"), due, InvoiceSettlement.DUE, id);
        }
        world.events().emitUpdated("customer.updated", customer);
        world.events().emit("invoice.finalized", invoice);
        discounts.finish(invoice);
        return invoice;
    }

    /** A draft, to be changed; other invoices are refused. */
    ObjectNode editDraft(String id, @Nullable String param) {
        ObjectNode invoice = world.store().edit(TYPE, id);
        if (!"draft".equals(status(invoice))) {
            throw ApiError.invalid(
                    "invoice_not_editable",
                    param,
                    "The invoice is " + status(invoice) + " and can no longer be edited; only drafts can.");
        }
        return invoice;
    }

    private void setDue(ObjectNode invoice, @Nullable Long days) {
        if (days != null) {
            invoice.put("_days_until_due", days);
            invoice.put("due_date", now(invoice) + days * 86_400);
        }
    }

    private static void setNumber(ObjectNode invoice, ObjectNode customer) {
        if (!invoice.path("number").isNull()) {
            return;
        }
        long sequence = Docs.numberOf(customer, "next_invoice_sequence");
        customer.put("next_invoice_sequence", sequence + 1);
        invoice.put(
                "number", Docs.text(customer, "invoice_prefix") + "-" + String.format(Locale.ROOT, "%04d", sequence));
    }

    /** Voids an open invoice. */
    public ObjectNode voidInvoice(String id) {
        ObjectNode invoice = close(id, "void", "voided_at", "invoice.voided");
        voidListeners.forEach(listener -> listener.accept(invoice));
        balance.unapplyFrom(invoice);
        return invoice;
    }

    /** Tells who wants to know that an invoice was voided. */
    void onVoid(Consumer<ObjectNode> listener) {
        voidListeners.add(listener);
    }

    /** Gives up on an open invoice. */
    public ObjectNode markUncollectible(String id) {
        return close(id, "uncollectible", "marked_uncollectible_at", "invoice.marked_uncollectible");
    }

    /** Deletes a draft that stands alone; what it billed is pending again. */
    public ObjectNode delete(String id) {
        ObjectNode invoice = world.finder().inUrl(TYPE, id);
        if (!"draft".equals(status(invoice)) || subscriptionOf(invoice) != null) {
            throw ApiError.invalid(
                    "invoice_not_editable",
                    null,
                    "Only drafts that are not for a subscription can be deleted; void the invoice instead.");
        }
        world.events().emit("invoice.deleted", invoice);
        discounts.giveBack(invoice);
        items.release(id);
        return world.store().delete(TYPE, id);
    }

    /** The subscription an invoice is for, or null. */
    public static @Nullable String subscriptionOf(ObjectNode invoice) {
        return Docs.text(Docs.child(Docs.child(invoice, "parent"), "subscription_details"), "subscription");
    }

    /** The second it is on the invoice's clock. */
    long now(ObjectNode invoice) {
        return world.now(Docs.text(invoice, "test_clock"));
    }

    /** The status. */
    public static String status(ObjectNode invoice) {
        return Docs.textOf(invoice, "status");
    }

    /** Works out discounts, taxes and totals of a draft anew, after its lines or discounts changed. */
    void rework(ObjectNode draft) {
        discounts.apply(draft, true);
        total(draft);
    }

    /** Works out taxes and totals anew from lines and discounts. */
    private void total(ObjectNode invoice) {
        taxes.total(invoice);
        long due = Math.max(0, Docs.numberOf(invoice, "total"));
        invoice.put("amount_due", due);
        invoice.put("amount_remaining", due);
    }

    private ObjectNode close(String id, String status, String transition, String event) {
        ObjectNode invoice = world.store().edit(TYPE, id);
        String present = status(invoice);
        if (!"open".equals(present) && !("void".equals(status) && "uncollectible".equals(present))) {
            throw ApiError.invalid(
                    "invoice_not_editable", null, "An invoice that is " + present + " cannot become " + status + ".");
        }
        invoice.put("status", status);
        Docs.child(invoice, "status_transitions").put(transition, now(invoice));
        invoice.putNull("next_payment_attempt");
        invoice.put("auto_advance", false);
        world.events().emit(event, invoice);
        return invoice;
    }

    private void addLines(ObjectNode invoice, List<ObjectNode> pending, List<ObjectNode> ownLines) {
        ArrayNode data = (ArrayNode) Docs.child(invoice, "lines").get("data");
        String id = Docs.textOf(invoice, "id");
        for (ObjectNode item : pending) {
            data.add(lines.ofInvoiceItem(item));
            world.store().edit(InvoiceItems.TYPE, Docs.textOf(item, "id")).put("invoice", id);
        }
        ownLines.forEach(data::add);
        Docs.objects(invoice, "lines").forEach(line -> line.put("invoice", id));
    }

    /** Until it is final, an invoice shows its customer as it is. */
    private void copyCustomer(ObjectNode invoice) {
        ObjectNode customer = world.customerOf(invoice);
        for (String field : new String[] {"address", "email", "name", "phone", "shipping", "tax_exempt"}) {
            invoice.set("customer_" + field, customer.path(field).deepCopy());
        }
        invoice.put("starting_balance", CustomerBalance.applicable(customer, Docs.textOf(invoice, "currency")));
    }
}
