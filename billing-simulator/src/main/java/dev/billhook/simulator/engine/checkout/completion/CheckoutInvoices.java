package dev.billhook.simulator.engine.checkout.completion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billhook.simulator.api.Params;
import dev.billhook.simulator.engine.World;
import dev.billhook.simulator.engine.checkout.CheckoutDiscounts;
import dev.billhook.simulator.engine.invoice.InvoiceEngine;
import dev.billhook.simulator.engine.tax.AutomaticTax;
import dev.billhook.simulator.kernel.Docs;
import org.jspecify.annotations.Nullable;

/** The invoice of a one-time payment, where a session asks for one. Source: Stripe documentation, "Post-payment invoices". */
final class CheckoutInvoices {
    private final World world;
    private final InvoiceEngine invoicing;
    private final CheckoutDiscounts discounts;

    CheckoutInvoices(World world, InvoiceEngine invoicing, CheckoutDiscounts discounts) {
        this.world = world;
        this.invoicing = invoicing;
        this.discounts = discounts;
    }

    /** Whether a session is to make an invoice. */
    static boolean isWanted(ObjectNode session) {
        return Docs.flag(Docs.child(session, "invoice_creation"), "enabled");
    }

    /** Makes the invoice and pays it; returns the payment intent, null when nothing was to be paid. */
    @Nullable ObjectNode pay(ObjectNode session, String customer, @Nullable String methodId) {
        String id = Docs.textOf(invoicing.drafts().create(Params.of(terms(session, customer))), "id");
        ObjectNode lines = Docs.object();
        ArrayNode list = lines.putArray("lines");
        for (ObjectNode line : Docs.objects(session, "_line_items")) {
            ObjectNode added = list.addObject();
            added.putObject("pricing").put("price", Docs.textOf(line, "price"));
            added.put("quantity", Docs.numberOf(line, "quantity"));
            added.set("tax_rates", line.withArray("_tax_rates").deepCopy());
            added.put("_agreed", true);
        }
        invoicing.editing().addLines(id, Params.of(lines));
        ObjectNode reduced = Docs.object();
        discounts.copyTo(session, reduced);
        if (!reduced.isEmpty()) {
            invoicing.drafts().update(id, Params.of(reduced));
        }
        invoicing.collection().pay(id, methodId, false);
        session.put("invoice", id);
        ObjectNode intent = invoicing.collection().intentOf(world.store().get("invoice", id));
        return intent == null ? null : world.store().edit("payment_intent", Docs.textOf(intent, "id"));
    }

    private static ObjectNode terms(ObjectNode session, String customer) {
        ObjectNode request = Docs.object();
        request.put("customer", customer);
        request.put("currency", Docs.textOf(session, "currency"));
        ObjectNode data = Docs.child(Docs.child(session, "invoice_creation"), "invoice_data");
        for (String field : new String[] {"description", "footer", "custom_fields", "metadata"}) {
            if (data.hasNonNull(field)) {
                request.set(field, data.path(field).deepCopy());
            }
        }
        if (AutomaticTax.isOn(session)) {
            request.putObject("automatic_tax").put("enabled", true);
        }
        return request;
    }
}
