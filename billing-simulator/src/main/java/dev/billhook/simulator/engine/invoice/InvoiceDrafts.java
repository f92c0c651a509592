package dev.billhook.simulator.engine.invoice;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.discount.Discounts;
import dev.billhook.simulator.engine.discount.Holder;
import dev.billhook.simulator.engine.discount.Redemptions.Purchase;
import dev.billhook.simulator.engine.invoice.item.InvoiceItems;
import dev.billhook.simulator.engine.invoice.item.ItemTerms;
import dev.billhook.simulator.engine.tax.TaxEngine;
import dev.billhook.simulator.engine.tax.TaxSettings;
import dev.billhook.simulator.kernel.ApiError;
import dev.billhook.simulator.kernel.Docs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Invoices made by request rather than by a subscription's period, and what requests change of invoices. */
public final class InvoiceDrafts {
    private static final long DAY = 86_400;
    private static final String SEND = "send_invoice";
    private static final String[] FIELDS = {
        "custom_fields", "footer", "description", "number", "effective_at", "statement_descriptor", "shipping_details"
    };
    private static final List<String> OF_DRAFTS = List.of(
            "automatically_finalizes_at",
            "collection_method",
            "custom_fields",
            "days_until_due",
            "default_tax_rates",
            "discounts",
            "due_date",
            "effective_at",
            "number",
            "shipping_cost",
            "shipping_details",
            "account_tax_ids",
            "application_fee_amount",
            "automatic_tax",
            "issuer",
            "on_behalf_of",
            "transfer_data");

    private final World world;
    private final Invoices invoices;
    private final InvoiceItems items;
    private final ItemTerms terms;
    private final InvoiceSettlement settlement;
    private final Adornments adornments;

    /** What else requests hang on invoices. */
    record Adornments(Discounts discounts, TaxEngine taxes) {}

    InvoiceDrafts(
            World world,
            Invoices invoices,
            InvoiceItems items,
            ItemTerms terms,
            InvoiceSettlement settlement,
            Adornments adornments) {
        this.world = world;
        this.invoices = invoices;
        this.items = items;
        this.terms = terms;
        this.settlement = settlement;
        this.adornments = adornments;
    }

    /** A new draft of a customer. */
    public ObjectNode create(Params params) {
        if (params.hasValue("from_invoice")) {
            throw ApiError.invalid(null, "from_invoice", "This simulator does not model revisions of invoices.");
        }
        ObjectNode customer = world.finder().inParam("customer", params.requireText("customer"), "customer");
        ObjectNode invoice = invoices.draft(bill(params, customer), "manual", pending(params, customer), List.of());
        set(invoice, params);
        if (!params.has("auto_advance")) {
            invoice.put("auto_advance", false);
        }
        settlement.plan(invoice, params.number("automatically_finalizes_at"));
        invoices.announce(invoice);
        return invoice;
    }

    /** Changes an invoice; what it costs and how it is collected only while it is a draft. */
    public ObjectNode update(String id, Params params) {
        ObjectNode invoice = world.finder().editInUrl(Invoices.TYPE, id);
        boolean draft = "draft".equals(Invoices.status(invoice));
        for (String name : OF_DRAFTS) {
            if (!draft && params.has(name)) {
                throw ApiError.invalid(
                        "invoice_not_editable", name, "Finalized invoices can't be updated in this way.");
            }
        }
        set(invoice, params);
        if (params.has("auto_advance") || params.has("automatically_finalizes_at")) {
            settlement.plan(invoice, params.number("automatically_finalizes_at"));
        }
        world.events().emitUpdated("invoice.updated", invoice);
        return invoice;
    }

    /** What an invoice of all that waits for a customer would be; for previews, whose unit of work is undone. */
    public ObjectNode upcoming(Params params) {
        ObjectNode customer = world.finder().inParam("customer", params.requireText("customer"), "customer");
        List<ObjectNode> pending = items.allPending(Docs.textOf(customer, "id"), terms.currency(params, customer));
        if (pending.isEmpty()) {
            throw ApiError.invalid("invoice_upcoming_none", null, "Nothing waits to be billed to the customer.");
        }
        ObjectNode draft = invoices.draft(bill(params, customer), "upcoming", pending, List.of());
        set(draft, params);
        return Invoices.asUpcoming(draft);
    }

    private Bill bill(Params params, ObjectNode customer) {
        String method = params.text("collection_method", "charge_automatically");
        String own = Docs.text(customer, "discount");
        String clock = Docs.text(customer, "test_clock");
        boolean due = params.hasValue("due_date") || params.hasValue("days_until_due");
        if (SEND.equals(method) && !due) {
            throw ApiError.missing("days_until_due");
        }
        return new Bill(
                Docs.textOf(customer, "id"),
                terms.currency(params, customer),
                clock,
                new Bill.Terms(method, params.number("days_until_due"), params.text("description")),
                parent(params, customer),
                own == null ? List.of() : adornments.discounts().effective(List.of(own), world.now(clock)),
                TaxSettings.NONE);
    }

    private @Nullable ObjectNode parent(Params params, ObjectNode customer) {
        String quote = params.text("_quote");
        String id = params.text("subscription");
        if (id == null) {
            return quote == null ? null : Bill.ofQuote(quote);
        }
        ObjectNode subscription = world.finder().inParam("subscription", id, "subscription");
        if (!subscription.path("customer").equals(customer.path("id"))) {
            throw ApiError.invalid(null, "subscription", "The subscription is another customer's.");
        }
        return Bill.ofSubscription(id, Docs.child(subscription, "metadata"));
    }

    private List<ObjectNode> pending(Params params, ObjectNode customer) {
        String subscription = params.text("subscription");
        String id = Docs.textOf(customer, "id");
        if (subscription != null) {
            return items.pending(id, subscription);
        }
        return "include".equals(params.text("pending_invoice_items_behavior"))
                ? items.allPending(id, terms.currency(params, customer))
                : List.of();
    }

    private void set(ObjectNode invoice, Params params) {
        params.copyTo(invoice, FIELDS);
        if (Docs.objects(invoice, "custom_fields").size() > 4) {
            throw ApiError.invalid(null, "custom_fields", "An invoice has up to 4 custom fields.");
        }
        params.copyTo(invoice, "collection_method", "auto_advance");
        setDue(invoice, params);
        setMethod(invoice, params);
        params.group("payment_settings")
                .copyTo(Docs.child(invoice, "payment_settings"), "payment_method_types", "default_mandate");
        adornments.taxes().rates().set(invoice, "default_tax_rates", params);
        adornments.taxes().automatic().set(invoice, params);
        params.mergeMetadata(invoice);
        if (params.has("discounts")) {
            long amount = Math.max(0, Docs.numberOf(invoice, "subtotal"));
            Purchase purchase = new Purchase(world.customerOf(invoice), Docs.textOf(invoice, "currency"), amount);
            adornments.discounts().setOn(new Holder(Holder.Kind.INVOICE, invoice, purchase), params);
        }
        if ("draft".equals(Invoices.status(invoice))) {
            invoices.rework(invoice);
        }
    }

    private void setDue(ObjectNode invoice, Params params) {
        Long date = params.number("due_date");
        Long days = params.number("days_until_due");
        boolean sent = SEND.equals(Docs.text(invoice, "collection_method"));
        if ((date != null || days != null) && !sent) {
            throw ApiError.invalid(
                    null,
                    date == null ? "days_until_due" : "due_date",
                    "Only an invoice with collection_method=send_invoice has a due date.");
        }
        if (date != null && days != null) {
            throw ApiError.invalid(null, "due_date", "Give due_date or days_until_due, not both.");
        }
        if (date != null && date <= invoices.now(invoice)) {
            throw ApiError.invalid(null, "due_date", "The due date must be in the future.");
        }
        if (days != null) {
            invoice.put("_days_until_due", days);
            invoice.put("due_date", Docs.numberOf(invoice, "created") + days * DAY);
        } else if (date != null) {
            invoice.remove("_days_until_due");
            invoice.put("due_date", date);
        } else if (!sent) {
            invoice.remove("_days_until_due");
            invoice.putNull("due_date");
        }
    }

    private void setMethod(ObjectNode invoice, Params params) {
        if (params.isUnset("default_payment_method")) {
            invoice.putNull("default_payment_method");
        }
        String id = params.text("default_payment_method");
        if (id == null) {
            return;
        }
        ObjectNode method = world.finder().inParam("payment_method", id, "default_payment_method");
        if (!invoice.path("customer").equals(method.path("customer"))) {
            throw ApiError.invalid(
                    null, "default_payment_method", "The payment method must be attached to the invoice's customer.");
        }
        invoice.put("default_payment_method", id);
    }
}
